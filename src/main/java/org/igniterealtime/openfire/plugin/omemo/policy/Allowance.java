package org.igniterealtime.openfire.plugin.omemo.policy;

/**
 * How much the free values of one stanza, such as identifiers, addresses and prefixes, may hold taken together: each is
 * bounded, but a stanza has room for many.
 */
final class Allowance {

    /** Characters; ids of 36 and addresses of 60 leave plenty of room. */
    static final int MOST = 1_024;

    private int left = MOST;

    /** Takes some of it; false when that is more than is left. */
    boolean take(int characters) {
        left -= characters;
        return left >= 0;
    }
}

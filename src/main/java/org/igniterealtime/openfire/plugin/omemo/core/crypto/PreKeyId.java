package org.igniterealtime.openfire.plugin.omemo.core.crypto;

/** What an id of a prekey has to be. */
final class PreKeyId {

    private PreKeyId() {
    }

    /** 0.4's examples use 0, and no version goes beyond 2^31-1. */
    static int check(int id) {
        if (id < 0) {
            throw new IllegalArgumentException("the id of a prekey is between 0 and 2^31-1");
        }
        return id;
    }
}

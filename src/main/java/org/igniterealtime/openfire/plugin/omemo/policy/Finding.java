package org.igniterealtime.openfire.plugin.omemo.policy;

import java.util.OptionalInt;

/**
 * One thing found wrong.
 *
 * @param code what it is
 * @param where names and positions inside the stanza, such as {@code encrypted/header/keys[2]}; never its content
 * @param value the number found, where a number decided
 * @param limit the number that was exceeded, where there is one
 */
public record Finding(FindingCode code, String where, OptionalInt value, OptionalInt limit) {

    /** A finding without numbers. */
    public static Finding of(FindingCode code, String where) {
        return new Finding(code, where, OptionalInt.empty(), OptionalInt.empty());
    }

    /** A count or size beyond its bound. */
    public static Finding exceeded(FindingCode code, String where, int value, int limit) {
        return new Finding(code, where, OptionalInt.of(value), OptionalInt.of(limit));
    }
}

package org.igniterealtime.openfire.plugin.omemo.policy;

import java.util.List;
import java.util.OptionalInt;
import org.igniterealtime.openfire.plugin.omemo.protocol.BareJid;

/**
 * One thing found wrong.
 *
 * @param code what it is
 * @param where names and positions inside the stanza, such as {@code encrypted/header/keys[2]}; never its content
 * @param value the number found, where a number decided
 * @param limit the number that was exceeded, where there is one
 * @param about members of the room whom it concerns; few, if there are many
 */
public record Finding(FindingCode code, String where, OptionalInt value, OptionalInt limit,
                      List<BareJid> about) {

    /** More than a person can act upon at once. */
    private static final int MOST_NAMED = 5;

    public Finding {
        about = about.stream().limit(MOST_NAMED).toList();
    }

    /** A finding without numbers. */
    public static Finding of(FindingCode code, String where) {
        return new Finding(code, where, OptionalInt.empty(), OptionalInt.empty(), List.of());
    }

    /** A count or size beyond its bound. */
    public static Finding exceeded(FindingCode code, String where, int value, int limit) {
        return new Finding(code, where, OptionalInt.of(value), OptionalInt.of(limit), List.of());
    }

    /** The same of these members. */
    Finding about(List<BareJid> members) {
        return new Finding(code, where, value, limit, members);
    }
}

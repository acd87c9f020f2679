package org.igniterealtime.openfire.plugin.omemo.policy;

import java.util.ArrayList;
import java.util.List;

/** What XEP-0384 0.4 (§4.6) asks of a room in which OMEMO is used. */
public final class RoomRequirement {

    private RoomRequirement() {
    }

    /** What an operator should know of an enforced room; empty when it is non-anonymous and members-only. */
    public static List<Finding> findings(boolean nonAnonymous, boolean membersOnly) {
        List<Finding> findings = new ArrayList<>();
        if (!nonAnonymous) {
            findings.add(Finding.of(FindingCode.ROOM_SEMI_ANONYMOUS, "muc#roomconfig_whois"));
        }
        if (!membersOnly) {
            findings.add(Finding.of(FindingCode.ROOM_OPEN, "muc#roomconfig_membersonly"));
        }
        return findings;
    }
}

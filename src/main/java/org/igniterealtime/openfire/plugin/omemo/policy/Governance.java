package org.igniterealtime.openfire.plugin.omemo.policy;

import java.util.List;

/**
 * What becomes of enforced rooms whose configuration breaks OMEMO (XEP-0384 0.4, §4.6). It binds those rooms alone.
 *
 * @param semiAnonymous of rooms that hide their occupants' addresses, which is a MUST NOT
 * @param open of rooms that anybody may enter, which is a SHOULD NOT
 * @param preparesRooms whether new rooms start as OMEMO would have them, unless their owner says otherwise
 */
public record Governance(Response semiAnonymous, Response open, boolean preparesRooms) {

    /** Nobody is told, the operator is told, or owners may not have it so. */
    public enum Response { OFF, TELL, FORBID }

    /** What holds where nobody has said anything. */
    public static final Governance DEFAULT = new Governance(Response.TELL, Response.TELL, false);

    /** Whether anything is forbidden. */
    public boolean forbids() {
        return semiAnonymous == Response.FORBID || open == Response.FORBID;
    }

    /** Whether a new room has to wait for what its owner says about its configuration. */
    public boolean concernsNewRooms() {
        return forbids() || preparesRooms;
    }

    /** What a room may not be. */
    public List<Finding> forbidden(boolean nonAnonymous, boolean membersOnly) {
        return RoomRequirement.findings(nonAnonymous, membersOnly).stream()
            .filter(finding -> response(finding) == Response.FORBID).toList();
    }

    /** Of what was found about a room that which the operator wants to know. */
    public List<Finding> told(List<Finding> findings) {
        return findings.stream().filter(finding -> response(finding) != Response.OFF).toList();
    }

    private Response response(Finding finding) {
        return finding.code() == FindingCode.ROOM_SEMI_ANONYMOUS ? semiAnonymous : open;
    }
}

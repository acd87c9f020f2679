package org.igniterealtime.openfire.plugin.omemo.server;

import org.igniterealtime.openfire.plugin.omemo.policy.Governance;
import org.igniterealtime.openfire.plugin.omemo.policy.Governance.Response;
import org.igniterealtime.openfire.plugin.omemo.policy.OwnerBounds;

/**
 * What the operator has set about rooms and their owners, read from the server's properties whenever it is needed. What
 * cannot be understood is taken for what binds owners most.
 */
public final class RoomSettings {

    /** What becomes of rooms that hide addresses. */
    public static final Setting.Choice<Response> SEMI_ANONYMOUS = new Setting.Choice<>(
        "plugin.omemo.rooms.semi-anonymous", Governance.DEFAULT.semiAnonymous(), Response.FORBID);

    /** What becomes of rooms that anybody may enter. */
    public static final Setting.Choice<Response> OPEN =
        new Setting.Choice<>("plugin.omemo.rooms.open", Governance.DEFAULT.open(), Response.FORBID);

    /** Whether new rooms in which encryption is enforced start non-anonymous and for members only. */
    public static final Setting.Switch NEW =
        new Setting.Switch("plugin.omemo.rooms.new", Governance.DEFAULT.preparesRooms());

    /** How far owners may choose the policies of their rooms. */
    public static final Setting.Choice<OwnerBounds> OWNERS =
        new Setting.Choice<>("plugin.omemo.owners", OwnerBounds.DEFAULT, OwnerBounds.NOTHING);

    private RoomSettings() {
    }

    /** What becomes of rooms whose configuration breaks OMEMO. */
    static Governance governance() {
        return new Governance(SEMI_ANONYMOUS.value(), OPEN.value(), NEW.value());
    }
}

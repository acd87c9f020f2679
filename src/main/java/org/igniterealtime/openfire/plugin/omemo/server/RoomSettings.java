package org.igniterealtime.openfire.plugin.omemo.server;

import java.util.Locale;
import org.igniterealtime.openfire.plugin.omemo.policy.Governance;
import org.igniterealtime.openfire.plugin.omemo.policy.Governance.Response;
import org.igniterealtime.openfire.plugin.omemo.policy.OwnerBounds;
import org.jivesoftware.util.JiveGlobals;

/**
 * What the operator has set about rooms and their owners, read from the server's properties whenever it is needed. A value
 * that cannot be read counts as the one that binds owners most.
 */
public final class RoomSettings {

    /** {@code off}, {@code tell} or {@code forbid}. */
    public static final String SEMI_ANONYMOUS = "plugin.omemo.rooms.semi-anonymous";

    /** The same. */
    public static final String OPEN = "plugin.omemo.rooms.open";

    /** Whether new rooms in which encryption is enforced start non-anonymous and for members only. */
    public static final String NEW = "plugin.omemo.rooms.new";

    /** {@code nothing}, {@code stricter} or {@code freely}. */
    public static final String OWNERS = "plugin.omemo.owners";

    private RoomSettings() {
    }

    /** What becomes of rooms whose configuration breaks OMEMO. */
    static Governance governance() {
        return new Governance(
            word(Response.class, SEMI_ANONYMOUS, Governance.DEFAULT.semiAnonymous(), Response.FORBID),
            word(Response.class, OPEN, Governance.DEFAULT.open(), Response.FORBID),
            JiveGlobals.getBooleanProperty(NEW, Governance.DEFAULT.preparesRooms()));
    }

    /** How far owners may choose their room's policy. */
    static OwnerBounds ownerBounds() {
        return word(OwnerBounds.class, OWNERS, OwnerBounds.DEFAULT, OwnerBounds.NOTHING);
    }

    private static <E extends Enum<E>> E word(Class<E> type, String property, E usual, E unreadable) {
        String value = JiveGlobals.getProperty(property);
        if (value == null) {
            return usual;
        }
        for (E constant : type.getEnumConstants()) {
            if (constant.name().toLowerCase(Locale.ROOT).equals(value.strip())) {
                return constant;
            }
        }
        return unreadable;
    }
}

package org.igniterealtime.openfire.plugin.omemo.server;

import org.jivesoftware.util.JiveGlobals;

/** What the operator has set about published keys, read from the server's properties whenever it is needed. */
final class KeySettings {

    /** {@code strict} or, the default, {@code lenient}. */
    static final String VALIDATION = "plugin.omemo.keys.validation";

    /** Whether those in a room for members only may read its members' keys even in nodes that are not open. */
    static final String COMMON_ROOMS = "plugin.omemo.keys.common-rooms";

    private static final String MOST_ITEMS_READ = "xmpp.pubsub.fetch.max";
    private static final int MOST_ITEMS_READ_DEFAULT = 2_000;

    private KeySettings() {
    }

    /** Whether a publication that has faults is refused; otherwise it is stored, and counted. */
    static boolean refusesFaults() {
        return "strict".equals(JiveGlobals.getProperty(VALIDATION, "lenient"));
    }

    /** See {@link #COMMON_ROOMS}. */
    static boolean commonRoomsOpenNodes() {
        return JiveGlobals.getBooleanProperty(COMMON_ROOMS, false);
    }

    /** How many items a node can keep: as many as Openfire reads of one. It stands for {@code max}. */
    static int mostItems() {
        return Math.max(1, JiveGlobals.getIntProperty(MOST_ITEMS_READ, MOST_ITEMS_READ_DEFAULT));
    }
}

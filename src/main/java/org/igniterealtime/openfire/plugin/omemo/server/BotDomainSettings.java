package org.igniterealtime.openfire.plugin.omemo.server;

import org.jivesoftware.util.JiveGlobals;

/** What the operator has set about bots, read from the server's properties whenever it is needed. */
public final class BotDomainSettings {

    /** What the names of all these properties begin with. */
    public static final String PREFIX = "plugin.omemo.bots.";

    /** Whether there are bots at all. */
    public static final String ENABLED = PREFIX + "enabled";

    /** The first part of the bots' domain. */
    public static final String NAME = PREFIX + "name";

    public static final String DEFAULT_NAME = "omemo-bots";

    private BotDomainSettings() {
    }

    /** See {@link #ENABLED}. */
    static boolean enabled() {
        return JiveGlobals.getBooleanProperty(ENABLED, true);
    }

    /** See {@link #NAME}; it may be anything. */
    static String name() {
        return JiveGlobals.getProperty(NAME, DEFAULT_NAME).strip();
    }
}

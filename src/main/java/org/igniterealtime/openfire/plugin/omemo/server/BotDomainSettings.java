package org.igniterealtime.openfire.plugin.omemo.server;

/** What the operator has set about bots. */
public final class BotDomainSettings {

    /** What the names of all these properties begin with. */
    static final String PREFIX = "plugin.omemo.bots.";

    /** Whether there are bots at all. */
    public static final Setting.Switch ENABLED = new Setting.Switch("plugin.omemo.bots.enabled", true);

    /** The first part of the bots' domain. */
    public static final Setting.Label NAME = new Setting.Label("plugin.omemo.bots.name", "omemo-bots");

    private BotDomainSettings() {
    }
}

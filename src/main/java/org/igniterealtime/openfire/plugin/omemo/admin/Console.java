package org.igniterealtime.openfire.plugin.omemo.admin;

import org.igniterealtime.openfire.plugin.omemo.server.BotService;

/**
 * The parts of the running plugin that the pages show and act on. Openfire makes the pages by itself, so that nothing can be
 * handed to them.
 */
public final class Console {

    private static volatile Console running;

    private final BotService bots;

    private Console(BotService bots) {
        this.bots = bots;
    }

    /** From now on there is something to be shown. */
    public static void open(BotService bots) {
        running = new Console(bots);
    }

    /** And no longer. */
    public static void close() {
        running = null;
    }

    /** @throws IllegalStateException if the plugin does not run, or not yet */
    static Console running() {
        Console now = running;
        if (now == null) {
            throw new IllegalStateException("The plugin does not run");
        }
        return now;
    }

    BotService bots() {
        return bots;
    }
}

package org.igniterealtime.openfire.plugin.omemo.admin;

import org.igniterealtime.openfire.plugin.omemo.server.BotService;
import org.igniterealtime.openfire.plugin.omemo.server.KeyDesk;
import org.igniterealtime.openfire.plugin.omemo.server.RoomDirectory;
import org.igniterealtime.openfire.plugin.omemo.store.SelfTestTable;

/**
 * The parts of the running plugin that the pages show and act on. Openfire makes the pages by itself, so that nothing can be
 * handed to them.
 */
public final class Console {

    private static volatile Console running;

    private final BotService bots;
    private final SelfTestTable selfTests;
    private final KeyDesk keys;
    private final RoomDirectory rooms;

    private Console(BotService bots, SelfTestTable selfTests, KeyDesk keys, RoomDirectory rooms) {
        this.bots = bots;
        this.selfTests = selfTests;
        this.keys = keys;
        this.rooms = rooms;
    }

    /** From now on there is something to be shown. */
    public static void open(BotService bots, SelfTestTable selfTests, KeyDesk keys, RoomDirectory rooms) {
        running = new Console(bots, selfTests, keys, rooms);
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

    /** What came of self-tests before. */
    SelfTestTable selfTests() {
        return selfTests;
    }

    KeyDesk keys() {
        return keys;
    }

    RoomDirectory rooms() {
        return rooms;
    }
}

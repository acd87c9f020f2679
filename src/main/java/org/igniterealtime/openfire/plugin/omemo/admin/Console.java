package org.igniterealtime.openfire.plugin.omemo.admin;

import org.igniterealtime.openfire.plugin.omemo.server.BotService;
import org.igniterealtime.openfire.plugin.omemo.server.KeyDesk;
import org.igniterealtime.openfire.plugin.omemo.server.RoomDirectory;
import org.igniterealtime.openfire.plugin.omemo.server.StatisticsService;
import org.igniterealtime.openfire.plugin.omemo.store.CountTable;
import org.igniterealtime.openfire.plugin.omemo.store.SelfTestTable;
import org.igniterealtime.openfire.plugin.omemo.store.ViolationTable;

/**
 * The parts of the running plugin that the pages show and act on. Openfire makes the pages by itself, so that nothing can be
 * handed to them.
 */
public final class Console {

    private static volatile Console running;

    private final BotService bots;
    private final StatisticsService records;
    private final KeyDesk keys;
    private final RoomDirectory rooms;

    private Console(BotService bots, StatisticsService records, KeyDesk keys, RoomDirectory rooms) {
        this.bots = bots;
        this.records = records;
        this.keys = keys;
        this.rooms = rooms;
    }

    /** From now on there is something to be shown. */
    public static void open(BotService bots, StatisticsService records, KeyDesk keys, RoomDirectory rooms) {
        running = new Console(bots, records, keys, rooms);
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
        return records.selfTests();
    }

    /** What was counted. */
    CountTable counts() {
        return records.counts();
    }

    /** The violations that were noted. */
    ViolationTable violations() {
        return records.violations();
    }

    KeyDesk keys() {
        return keys;
    }

    RoomDirectory rooms() {
        return rooms;
    }
}

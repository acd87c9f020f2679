package org.igniterealtime.openfire.plugin.omemo.admin;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.igniterealtime.openfire.plugin.omemo.server.BotService;
import org.igniterealtime.openfire.plugin.omemo.server.KeyDesk;
import org.igniterealtime.openfire.plugin.omemo.server.RoomDirectory;
import org.igniterealtime.openfire.plugin.omemo.server.StatisticsService;
import org.igniterealtime.openfire.plugin.omemo.store.CountTable;
import org.igniterealtime.openfire.plugin.omemo.store.RoomTable;
import org.igniterealtime.openfire.plugin.omemo.store.SelfTestTable;
import org.igniterealtime.openfire.plugin.omemo.store.ViolationTable;

/**
 * The parts of the running plugin that the pages show and act on. Openfire makes the pages by itself, so that nothing can be
 * handed to them.
 */
public final class Console {

    /** Pages that may wait at once for a database that does not answer; more are told so at once. */
    private static final int MOST_WAITING = 16;
    private static final int IDLE_SECONDS = 30;

    private static volatile Console running;

    private final BotService bots;
    private final StatisticsService records;
    private final KeyDesk keys;
    private final RoomDirectory rooms;
    private final ExecutorService readers = new ThreadPoolExecutor(0, MOST_WAITING, IDLE_SECONDS, TimeUnit.SECONDS,
        new SynchronousQueue<>(), task -> {
            Thread thread = new Thread(task, "omemo-console");
            thread.setDaemon(true);
            return thread;
        });

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
        Console last = running;
        running = null;
        if (last != null) {
            last.readers.shutdown();
        }
    }

    static boolean isRunning() {
        return running != null;
    }

    /** @throws IllegalStateException if the plugin does not run, or not yet */
    static Console running() {
        Console now = running;
        if (now == null) {
            throw new IllegalStateException("The plugin does not run");
        }
        return now;
    }

    /** Where a page reads from. */
    static Reading reading() {
        return new Reading(running().readers, Reading.LONGEST);
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

    /** What is kept of rooms. */
    RoomTable roomRecords() {
        return records.rooms();
    }

    /** When a violation occurred last in each room, as far as this node has it in memory. */
    Map<String, Instant> latestViolations() {
        return records.latestViolations();
    }

    /**
     * The addresses of all rooms, see {@link RoomDirectory#addresses()}. Openfire does not say when it cannot read them, so
     * the database is tried before.
     *
     * @throws IOException if the database cannot be used
     */
    SortedSet<String> roomAddresses() throws IOException {
        isStorageThere();
        return rooms.addresses();
    }

    /**
     * Always true.
     *
     * @throws IOException if the database cannot be used
     */
    boolean isStorageThere() throws IOException {
        records.rooms().lastViolations(List.of(""));
        return true;
    }

    KeyDesk keys() {
        return keys;
    }

    RoomDirectory rooms() {
        return rooms;
    }
}

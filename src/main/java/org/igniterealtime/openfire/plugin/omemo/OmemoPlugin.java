package org.igniterealtime.openfire.plugin.omemo;

import java.io.File;
import org.igniterealtime.openfire.plugin.omemo.admin.Console;
import org.igniterealtime.openfire.plugin.omemo.admin.RoomCommands;
import org.igniterealtime.openfire.plugin.omemo.server.BotOperations;
import org.igniterealtime.openfire.plugin.omemo.server.BotService;
import org.igniterealtime.openfire.plugin.omemo.server.CounterStatistics;
import org.igniterealtime.openfire.plugin.omemo.server.KeyService;
import org.igniterealtime.openfire.plugin.omemo.server.RoomDirectory;
import org.igniterealtime.openfire.plugin.omemo.server.RoomGuard;
import org.igniterealtime.openfire.plugin.omemo.server.StartAlarm;
import org.igniterealtime.openfire.plugin.omemo.server.StartedParts;
import org.igniterealtime.openfire.plugin.omemo.server.StatisticsService;
import org.igniterealtime.openfire.plugin.omemo.stats.Counters;
import org.igniterealtime.openfire.plugin.omemo.stats.KeyCounters;
import org.jivesoftware.openfire.XMPPServer;
import org.jivesoftware.openfire.container.Plugin;
import org.jivesoftware.openfire.container.PluginManager;

/** The plugin as Openfire sees it: builds the parts in order, registers them, undoes it in reverse. */
public final class OmemoPlugin implements Plugin {

    private final StartedParts parts = new StartedParts();

    /**
     * Rooms are guarded before anything else begins. When something else cannot start, they still are: then the plugin counts
     * as loaded, the operator is told, and the console says that nothing more is there.
     */
    @Override
    public void initializePlugin(PluginManager manager, File pluginDirectory) {
        XMPPServer server = XMPPServer.getInstance();
        boolean areRoomsGuarded = false;
        try {
            Counters counters = new Counters();
            StatisticsService records = new StatisticsService(server);
            RoomGuard guard = new RoomGuard(server, counters, records);
            parts.start(guard::start, guard::stop);
            areRoomsGuarded = true;
            startTheRest(server, manager, counters, records, guard);
        } catch (RuntimeException | LinkageError e) {
            parts.stopAllBut(areRoomsGuarded ? 1 : 0);
            StartAlarm.raise(server, areRoomsGuarded, e);
            if (!areRoomsGuarded) {
                throw e;
            }
        }
    }

    private void startTheRest(XMPPServer server, PluginManager manager, Counters counters, StatisticsService records,
                              RoomGuard guard) {
        KeyCounters keyCounters = new KeyCounters();
        KeyService keys = new KeyService(server, guard, keyCounters, records);
        BotService bots = new BotService(server, guard, manager.getMetadata("omemo").getVersion().getVersionString());
        BotOperations operations = new BotOperations(server, bots);
        CounterStatistics statistics = new CounterStatistics(counters, keyCounters);
        RoomDirectory rooms = new RoomDirectory(server, guard, keys);
        RoomCommands commands = new RoomCommands(server, rooms);
        records.follow(bots.selfTests());
        parts.start(records::start, records::stop);
        parts.start(keys::start, keys::stop);
        parts.start(bots::start, bots::stop);
        parts.start(operations::start, operations::stop);
        parts.start(statistics::register, statistics::unregister);
        parts.start(() -> Console.open(bots, records, keys.desk(), rooms), Console::close);
        parts.start(commands::start, commands::stop);
    }

    @Override
    public void destroyPlugin() {
        parts.stopAllBut(0);
    }
}

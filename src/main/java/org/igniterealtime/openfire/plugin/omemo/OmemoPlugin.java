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
import org.igniterealtime.openfire.plugin.omemo.server.StatisticsService;
import org.igniterealtime.openfire.plugin.omemo.stats.Counters;
import org.igniterealtime.openfire.plugin.omemo.stats.KeyCounters;
import org.jivesoftware.openfire.XMPPServer;
import org.jivesoftware.openfire.container.Plugin;
import org.jivesoftware.openfire.container.PluginManager;

/** The plugin as Openfire sees it: builds the parts in order, registers them, undoes it in reverse. */
public final class OmemoPlugin implements Plugin {

    private StatisticsService records;
    private RoomGuard guard;
    private KeyService keys;
    private BotService bots;
    private BotOperations operations;
    private CounterStatistics statistics;
    private RoomCommands commands;

    @Override
    public void initializePlugin(PluginManager manager, File pluginDirectory) {
        XMPPServer server = XMPPServer.getInstance();
        Counters counters = new Counters();
        KeyCounters keyCounters = new KeyCounters();
        records = new StatisticsService(server);
        guard = new RoomGuard(server, counters, records);
        // Before anything else that might fail: without the rest rooms are still guarded.
        guard.start();
        keys = new KeyService(server, guard, keyCounters, records);
        bots = new BotService(server, guard, manager.getMetadata("omemo").getVersion().getVersionString());
        operations = new BotOperations(server, bots);
        statistics = new CounterStatistics(counters, keyCounters);
        records.follow(bots.selfTests());
        records.start();
        keys.start();
        bots.start();
        operations.start();
        statistics.register();
        RoomDirectory rooms = new RoomDirectory(server, guard, keys);
        commands = new RoomCommands(server, rooms);
        Console.open(bots, records, keys.desk(), rooms);
        commands.start();
    }

    @Override
    public void destroyPlugin() {
        commands.stop();
        Console.close();
        statistics.unregister();
        operations.stop();
        bots.stop();
        keys.stop();
        records.stop();
        guard.stop();
    }
}

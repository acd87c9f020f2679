package org.igniterealtime.openfire.plugin.omemo.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.igniterealtime.openfire.plugin.omemo.embedded.EmbeddedOpenfire;
import org.igniterealtime.openfire.plugin.omemo.keys.KeyDirectory;
import org.igniterealtime.openfire.plugin.omemo.stats.Counters;
import org.igniterealtime.openfire.plugin.omemo.stats.KeyCounters;
import org.jivesoftware.database.DbConnectionManager;
import org.jivesoftware.openfire.XMPPServer;
import org.jivesoftware.openfire.event.UserEventDispatcher;
import org.xmpp.packet.IQ;

/**
 * The parts of the plugin in a real server, put together as the plugin does, where tests can reach them: what guards rooms,
 * what serves keys to single questions, and the bots.
 */
public final class PluginParts {

    private static final int PATIENCE_SECONDS = 10;

    private final EmbeddedOpenfire server;
    private final Counters counters = new Counters();
    private final RoomGuard guard = new RoomGuard(XMPPServer.getInstance(), counters,
        new StatisticsService(XMPPServer.getInstance()));
    private final PepNodes nodes = new PepNodes(XMPPServer.getInstance());
    private final KeyDirectory directory = new KeyDirectory(nodes, 1 << 24);
    private final KeyCluster cluster = new KeyCluster(directory);
    private final AccountDeletions deletions =
        new AccountDeletions(XMPPServer.getInstance(), directory, nodes, cluster, account -> { });
    private final PubSubHandler pubSub = pubSub();
    private final BotService bots = new BotService(XMPPServer.getInstance(), guard, "test");

    public PluginParts(EmbeddedOpenfire server) {
        this.server = server;
    }

    private PubSubHandler pubSub() {
        XMPPServer openfire = XMPPServer.getInstance();
        KeyCounters keyCounters = new KeyCounters();
        Consumer<IQ> route = openfire.getPacketRouter()::route;
        return new PubSubHandler(PubSubHandler.PUBSUB, openfire, new KeyReader(directory, nodes, (owner, asker) -> false,
            keyCounters, route, request -> route.accept(PubSubHandler.openfire(openfire, request))),
            new KeyWriter(directory, nodes, cluster, keyCounters, route, (owner, node, items) -> { }), keyCounters);
    }

    public EmbeddedOpenfire server() {
        return server;
    }

    public BotService bots() {
        return bots;
    }

    public RoomGuard guard() {
        return guard;
    }

    /** When this returns, bots live here. */
    public void start() {
        startWithoutBots();
        bots.start();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (bots.domainState() != BotDomain.State.RUNNING) {
            assertThat(System.nanoTime()).as("bots live here").isLessThan(end);
            Thread.onSpinWait();
        }
    }

    /** Rooms are guarded, and keys served. */
    public void startWithoutBots() {
        createTables();
        guard.start();
        UserEventDispatcher.addListener(deletions);
        XMPPServer.getInstance().getIQRouter().addHandler(pubSub);
    }

    public void stop() {
        bots.stop();
        stopWithoutBots();
    }

    /** The end of {@link #startWithoutBots}. */
    public void stopWithoutBots() {
        XMPPServer.getInstance().getIQRouter().removeHandler(pubSub);
        UserEventDispatcher.removeListener(deletions);
        directory.close();
        guard.stop();
    }

    /** The server does so when it loads the plugin from its jar. */
    private static void createTables() {
        try (Connection connection = DbConnectionManager.getConnection(); Statement statement = connection.createStatement()) {
            if (connection.getMetaData().getTables(null, null, "OFOMEMOBOT", null).next()) {
                return;
            }
            String script = Files.readString(Path.of("src/main/database/omemo_hsqldb.sql"), StandardCharsets.UTF_8);
            for (String line : List.of(script.replaceAll("(?m)^//.*$|^--.*$", "").split(";"))) {
                if (!line.isBlank()) {
                    statement.execute(line);
                }
            }
        } catch (Exception e) {
            throw new IllegalStateException("The tables cannot be made", e);
        }
    }
}

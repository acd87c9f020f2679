package org.igniterealtime.openfire.plugin.omemo.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.igniterealtime.openfire.plugin.omemo.embedded.EmbeddedOpenfire;
import org.igniterealtime.openfire.plugin.omemo.stats.Counters;
import org.igniterealtime.openfire.plugin.omemo.stats.KeyCounters;
import org.jivesoftware.database.DbConnectionManager;
import org.jivesoftware.openfire.XMPPServer;

/** The parts of the plugin in a real server, put together as the plugin does, where tests can reach them. */
final class PluginParts {

    private static final int PATIENCE_SECONDS = 10;

    private final EmbeddedOpenfire server;
    private final Counters counters = new Counters();
    private final RoomGuard guard = new RoomGuard(XMPPServer.getInstance(), counters);
    private final KeyService keys = new KeyService(XMPPServer.getInstance(), guard::policies, new KeyCounters());
    private final BotService bots = new BotService(XMPPServer.getInstance(), guard, "test");

    PluginParts(EmbeddedOpenfire server) {
        this.server = server;
    }

    EmbeddedOpenfire server() {
        return server;
    }

    BotService bots() {
        return bots;
    }

    RoomGuard guard() {
        return guard;
    }

    /** When this returns, bots live here. */
    void start() {
        createTables();
        guard.start();
        keys.start();
        bots.start();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (bots.domainState() != BotDomain.State.RUNNING) {
            assertThat(System.nanoTime()).as("bots live here").isLessThan(end);
            Thread.onSpinWait();
        }
    }

    void stop() {
        bots.stop();
        keys.stop();
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

package org.igniterealtime.openfire.plugin.omemo.bot;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.igniterealtime.openfire.plugin.omemo.core.crypto.SealingKey;
import org.igniterealtime.openfire.plugin.omemo.embedded.EmbeddedOpenfire;
import org.igniterealtime.openfire.plugin.omemo.protocol.BareJid;
import org.igniterealtime.openfire.plugin.omemo.server.BotDomain;
import org.igniterealtime.openfire.plugin.omemo.server.BotHosting;
import org.igniterealtime.openfire.plugin.omemo.server.PluginParts;
import org.igniterealtime.openfire.plugin.omemo.server.TemporaryAccounts;
import org.igniterealtime.openfire.plugin.omemo.store.BotTable;
import org.igniterealtime.openfire.plugin.omemo.store.OpenfireConnectionSource;
import org.jivesoftware.openfire.XMPPServer;

/** Bots in a real server, with a timer that is fast and a clock that can be set; and people who meet them. */
final class BotHouse implements BotHosting, AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final SecureRandom RANDOM = new SecureRandom();

    private static int houses;

    private final EmbeddedOpenfire server;
    private final PluginParts plugin;
    private final TestClock clock = new TestClock();
    private final SealingKey key = SealingKey.generate(RANDOM);
    private final Map<String, String> wanted = new HashMap<>();
    private final TemporaryAccounts accounts = new TemporaryAccounts(XMPPServer.getInstance());
    private final ExecutorService threads = Executors.newFixedThreadPool(2);
    private final FastTimer timer = new FastTimer();
    private final String name = "house" + ++houses;
    private BotDomain domain;
    private volatile BotHost host;

    BotHouse(EmbeddedOpenfire server) {
        this.server = server;
        plugin = new PluginParts(server);
    }

    void start() {
        plugin.startWithoutBots();
        server.setProperty("plugin.omemo.bots.name", name);
        move();
    }

    /** The bots come to life. */
    void move() {
        domain = new BotDomain(XMPPServer.getInstance(), this);
        domain.start();
        if (host != null) {
            host.want(wanted);
        }
    }

    /** The bots leave, as when the plugin or the server stops. */
    void stopBots() {
        domain.stop();
    }

    @Override
    public StanzaReceiver open(String at, StanzaConnection connection) {
        host = new BotHost(at, connection, new Server(), table(), RANDOM, clock, "test", new FastTimer());
        return host;
    }

    BotTable table() {
        return new BotTable(new OpenfireConnectionSource(), key, RANDOM);
    }

    @Override
    public void close() {
        // Of the bots; see end.
        if (host != null) {
            host.close();
            host = null;
        }
    }

    void end() {
        if (domain != null) {
            wanted.clear();
            if (host != null) {
                host.want(wanted);
            }
            domain.stop();
        }
        server.deleteProperty("plugin.omemo.bots.name");
        plugin.stopWithoutBots();
        threads.shutdownNow();
        timer.shutdownNow();
    }

    BotHost host() {
        return host;
    }

    EmbeddedOpenfire server() {
        return server;
    }

    PluginParts plugin() {
        return plugin;
    }

    TestClock clock() {
        return clock;
    }

    TemporaryAccounts accounts() {
        return accounts;
    }

    /** What people live on, who are no bots. */
    Surroundings outside(StanzaConnection connection) {
        return new Surroundings(connection, threads, timer, clock, RANDOM);
    }

    BareJid jid(String bot) {
        return BareJid.of(bot + "@" + name + "." + server.domain()).orElseThrow();
    }

    BareJid bot(String bot, String settings) {
        wanted.put(bot, settings);
        host.want(wanted);
        return jid(bot);
    }

    BotState state(String bot) {
        return host.states().stream().filter(state -> state.name().equals(bot)).findFirst().orElseThrow();
    }

    /** Waits until the bot is inside of the room, or outside. */
    void awaitInside(String bot, BareJid room, boolean inside) {
        await(bot + (inside ? " is in " : " is not in ") + room,
            () -> state(bot).rooms().getOrDefault(room, false) == inside);
    }

    /** Waits until the bot does not want to be in the room. */
    void awaitGone(String bot, BareJid room) {
        await(bot + " has left " + room, () -> !state(bot).rooms().containsKey(room));
    }

    Problem awaitProblem(String bot, String text) {
        await("problem '" + text + "'", () -> state(bot).problems().stream().anyMatch(one -> one.text().contains(text)));
        return state(bot).problems().stream().filter(one -> one.text().contains(text)).findFirst().orElseThrow();
    }

    void await(String what, Callable<Boolean> condition) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        try {
            while (!condition.call()) {
                assertThat(System.nanoTime()).as(() -> what + "; but " + (host == null ? "" : host.states()))
                    .isLessThan(end);
                Thread.sleep(10);
            }
        } catch (Exception e) {
            throw new IllegalStateException(what, e);
        }
    }

    private final class Server implements BotServer {

        @Override
        public boolean isLocalDomain(String local) {
            return server.domain().equals(local);
        }

        @Override
        public boolean hasRoomsAt(String rooms) {
            return plugin.guard().serves(rooms);
        }

        @Override
        public boolean isOwner(BareJid room, BareJid account) {
            return plugin.guard().isOwner(room, account);
        }
    }
}

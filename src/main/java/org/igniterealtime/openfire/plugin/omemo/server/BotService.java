package org.igniterealtime.openfire.plugin.omemo.server;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import org.igniterealtime.openfire.plugin.omemo.bot.BotHost;
import org.igniterealtime.openfire.plugin.omemo.bot.BotServer;
import org.igniterealtime.openfire.plugin.omemo.bot.SelfTest;
import org.igniterealtime.openfire.plugin.omemo.bot.StanzaConnection;
import org.igniterealtime.openfire.plugin.omemo.bot.StanzaReceiver;
import org.igniterealtime.openfire.plugin.omemo.protocol.BareJid;
import org.igniterealtime.openfire.plugin.omemo.store.BotTable;
import org.igniterealtime.openfire.plugin.omemo.store.OpenfireConnectionSource;
import org.jivesoftware.openfire.XMPPServer;
import org.jivesoftware.util.LocaleUtils;

/**
 * The bots of this server, put together: on one node of a cluster, at a domain of their own, each as the operator has
 * written it into a property {@code plugin.omemo.bot.<name>}.
 */
public final class BotService implements BotHosting {

    /** Of a self-test, for each thing that is to happen. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final XMPPServer server;
    private final RoomGuard guard;
    private final String version;
    private final TemporaryAccounts accounts;
    private final SecureRandom random = new SecureRandom();
    private final BotDomain domain;
    private final BotSeat seat;
    /** Whoever waits sees all changes, so that one waits at most. */
    private final ExecutorService worker = Workers.of("omemo-bot-settings", 1, 1);
    private final BotProperties properties = new BotProperties(this::lookSoon);
    private final SelfTestRuns selfTests = new SelfTestRuns(this::play, InstantSource.system(),
        key -> LocaleUtils.getLocalizedString(key, "omemo"));
    private final SelfTestSchedule schedule = new SelfTestSchedule(selfTests);
    private volatile BotHost host;

    /** @param version of the plugin */
    public BotService(XMPPServer server, RoomGuard guard, String version) {
        this.server = server;
        this.guard = guard;
        this.version = version;
        accounts = new TemporaryAccounts(server);
        domain = new BotDomain(server, this);
        seat = new BotSeat(domain::start, domain::stop);
    }

    /** Bots live here as soon as this is the node for them. */
    public void start() {
        properties.start();
        seat.start();
        schedule.start();
    }

    /** They leave. */
    public void stop() {
        schedule.stop();
        selfTests.close();
        worker.shutdownNow();
        seat.stop();
        properties.stop();
    }

    /** The bots' house; empty where none live. */
    public Optional<BotHost> host() {
        return Optional.ofNullable(host);
    }

    /** A self-test of this server; empty where no bots live. */
    public Optional<SelfTest> selfTest() {
        return host().map(here -> new SelfTest(here, new SelfTestSite(server, guard, accounts), PATIENCE));
    }

    private Optional<SelfTestRuns.Play> play() {
        return selfTest().map(test -> progress -> {
            accounts.sweep();
            return test.run(progress);
        });
    }

    /** The self-tests of this server. */
    public SelfTestRuns selfTests() {
        return selfTests;
    }

    /** The bots' settings as the operator has written them, by the bots' names. */
    public Map<String, String> settings() {
        return properties.bots();
    }

    /** What has become of the bots' domain. */
    public BotDomain.State domainState() {
        return domain.state();
    }

    @Override
    public StanzaReceiver open(String name, StanzaConnection connection) {
        BotTable table = new BotTable(new OpenfireConnectionSource(), StorageKey.read(random), random);
        BotHost opened = new BotHost(
            name, connection, new Surrounding(), table, random, InstantSource.system(), version);
        host = opened;
        accounts.sweep();
        // They speak as soon as they are there; the domain is registered by then, for this worker waits for it.
        lookSoon();
        return opened;
    }

    @Override
    public void close() {
        BotHost closing = host;
        host = null;
        if (closing != null) {
            closing.close();
        }
    }

    private void look() {
        BotHost wanting = host;
        if (wanting != null && domain.awaitRegistered()) {
            wanting.want(properties.bots());
        }
    }

    private void lookSoon() {
        try {
            worker.execute(this::look);
        } catch (RejectedExecutionException e) {
            // One waits already, or the bots are leaving.
        }
    }

    /** This server, as its bots see it. */
    private final class Surrounding implements BotServer {

        @Override
        public boolean isLocalDomain(String name) {
            return server.getServerInfo().getXMPPDomain().equals(name);
        }

        @Override
        public boolean hasRoomsAt(String name) {
            return guard.serves(name);
        }

        @Override
        public boolean isOwner(BareJid room, BareJid account) {
            return guard.isOwner(room, account);
        }
    }
}

package org.igniterealtime.openfire.plugin.omemo.server;

import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
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
import org.jivesoftware.util.JiveGlobals;
import org.jivesoftware.util.PropertyEventDispatcher;
import org.jivesoftware.util.PropertyEventListener;

/**
 * The bots of this server, put together: on one node of a cluster, at a domain of their own, each as the operator has
 * written it into a property {@code plugin.omemo.bot.<name>}.
 */
public final class BotService implements BotHosting, PropertyEventListener {

    /** Before a bot's name. */
    static final String BOT = "plugin.omemo.bot.";

    private final XMPPServer server;
    private final RoomGuard guard;
    private final String version;
    private final TemporaryAccounts accounts;
    private final SecureRandom random = new SecureRandom();
    private final BotDomain domain;
    private final BotSeat seat;
    private final ExecutorService worker = Executors.newSingleThreadExecutor(task -> {
        Thread thread = new Thread(task, "omemo-bot-settings");
        thread.setDaemon(true);
        return thread;
    });
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
        PropertyEventDispatcher.addListener(this);
        seat.start();
    }

    /** They leave. */
    public void stop() {
        PropertyEventDispatcher.removeListener(this);
        worker.shutdownNow();
        seat.stop();
    }

    /** The bots' house; empty where none live. */
    public Optional<BotHost> host() {
        return Optional.ofNullable(host);
    }

    /** A self-test of this server; empty where no bots live. */
    public Optional<SelfTest> selfTest() {
        return host().map(here -> new SelfTest(here, new SelfTestSite(server, guard, accounts)));
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
            wanting.want(wanted());
        }
    }

    private static Map<String, String> wanted() {
        Map<String, String> wanted = new HashMap<>();
        for (String property : JiveGlobals.getPropertyNames()) {
            String value = property.startsWith(BOT) ? JiveGlobals.getProperty(property) : null;
            if (value != null) {
                wanted.put(property.substring(BOT.length()), value);
            }
        }
        return wanted;
    }

    private void lookSoon() {
        try {
            worker.execute(this::look);
        } catch (RejectedExecutionException e) {
            // The bots are leaving.
        }
    }

    /** Openfire 4.2 deletes what begins with a deleted property's name without a word. */
    private void changed(String property) {
        if (property.startsWith(BOT) || BOT.startsWith(property)) {
            lookSoon();
        }
    }

    @Override
    public void propertySet(String property, Map<String, Object> parameters) {
        changed(property);
    }

    @Override
    public void propertyDeleted(String property, Map<String, Object> parameters) {
        changed(property);
    }

    @Override
    public void xmlPropertySet(String property, Map<String, Object> parameters) {
        // Nothing about bots is in the configuration file.
    }

    @Override
    public void xmlPropertyDeleted(String property, Map<String, Object> parameters) {
        // Nothing about bots is in the configuration file.
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

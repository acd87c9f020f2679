package org.igniterealtime.openfire.plugin.omemo.embedded;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jivesoftware.database.DbConnectionManager;
import org.jivesoftware.openfire.XMPPServer;
import org.jivesoftware.openfire.muc.MUCRoom;
import org.jivesoftware.openfire.muc.MultiUserChatService;
import org.jivesoftware.openfire.user.UserAlreadyExistsException;
import org.jivesoftware.openfire.user.UserManager;
import org.jivesoftware.util.JiveGlobals;
import org.xmpp.packet.Packet;

/**
 * A real Openfire 4.2.0 in this JVM, with chat rooms, publish-subscribe, the client and the component port and the
 * admin console's web server, all on 127.0.0.1. TLS and everything that reaches outside is off.
 *
 * <p>Openfire keeps its state in statics: one class loader can start one server, once. {@link Isolated} gives a server
 * a fresh set of classes, which is also how one home is started twice.
 */
public final class EmbeddedOpenfire implements AutoCloseable {

    /** The domain that is served. */
    public static final String DOMAIN = "openfire.example";
    /** The password of {@code admin}, the account that may use the admin console. */
    public static final String ADMIN_PASSWORD = "admin";

    private static final String MUC_SERVICE = "conference";

    private final Home home;
    private final boolean keepHome;
    private final Ports ports;
    private final ServerLog log;
    private final ServerTraces traces;
    private final Thread shutdownHook = new Thread(this::stop, "stop embedded Openfire");
    private final Duration startTime;
    private ServerPlugins plugins;
    private boolean stopped;

    EmbeddedOpenfire(OpenfireBuilder builder) throws IOException {
        long begin = System.nanoTime();
        if (XMPPServer.getInstance() != null) {
            throw new IllegalStateException("These classes have started a server before; see Isolated");
        }
        ports = Ports.free();
        keepHome = builder.home() != null;
        home = keepHome ? Home.at(builder.home()) : Home.temporary();
        traces = new ServerTraces(home.folder().toString());
        log = new ServerLog();
        log.open();
        Runtime.getRuntime().addShutdownHook(shutdownHook);
        // If the JVM is told to end now, the hook waits until there is a server to be stopped.
        synchronized (this) {
            try {
                home.prepare(ports.admin());
                JiveGlobals.setHomeDirectory(home.folder().toString());
                // The server reads some of them but once, when it starts.
                builder.settings(ports).forEach(JiveGlobals::setProperty);
                run();
            } catch (Throwable e) {
                try {
                    stop();
                } catch (RuntimeException second) {
                    e.addSuppressed(second);
                }
                throw new IllegalStateException("Openfire did not start. It said:\n" + log.text(0), e);
            }
        }
        startTime = Duration.ofNanos(System.nanoTime() - begin);
    }

    /**
     * Starts a server with a fresh home in the temporary folder.
     *
     * @return the running server: ports open, plugins loaded
     * @throws IOException if the home cannot be written or no port is free
     * @throws IllegalStateException if the server does not come up; nothing of it is left then
     */
    public static EmbeddedOpenfire start() throws IOException {
        return builder().start();
    }

    /** A server to be started with other settings than the usual. */
    public static OpenfireBuilder builder() {
        return new OpenfireBuilder();
    }

    /** The XMPP domain, without host or port. */
    public String domain() {
        return DOMAIN;
    }

    /** The domain of the chat rooms. */
    public String mucDomain() {
        return MUC_SERVICE + "." + DOMAIN;
    }

    /** The TCP port for clients. */
    public int c2sPort() {
        return ports.c2s();
    }

    /** The TCP port of the admin console's web server (plain HTTP). */
    public int adminPort() {
        return ports.admin();
    }

    /** The TCP port for external components. */
    public int componentPort() {
        return ports.component();
    }

    /** The secret with which any component may connect. */
    public String componentSecret() {
        return OpenfireBuilder.COMPONENT_SECRET;
    }

    /** Openfire's home folder. */
    public Path home() {
        return home.folder();
    }

    /** How long it took from nothing to open ports. */
    public Duration startTime() {
        return startTime;
    }

    /** Openfire's plugin manager, as tests need it. */
    public ServerPlugins plugins() {
        return plugins;
    }

    /**
     * Creates an account.
     *
     * @throws IllegalArgumentException if there is one of that name already
     */
    public void createUser(String name, String password) {
        try {
            UserManager.getInstance().createUser(name, password, null, null);
        } catch (UserAlreadyExistsException e) {
            throw new IllegalArgumentException("There is an account " + name + " already", e);
        }
    }

    /** A chat room to be created; see {@link RoomBuilder#create()}. */
    public RoomBuilder room(String name) {
        return new RoomBuilder(mucService(), name);
    }

    /** Destroys a chat room as its owner would, if it exists. */
    public void destroyRoom(String name) {
        MUCRoom room = mucService().getChatRoom(name);
        if (room != null) {
            room.destroyRoom(null, null);
        }
    }

    /** Sets one of Openfire's properties as the admin console does: stored, and listeners are told. */
    public void setProperty(String name, String value) {
        JiveGlobals.setProperty(name, value);
    }

    /** Deletes one of Openfire's properties, and those below it, as the admin console does. */
    public void deleteProperty(String name) {
        JiveGlobals.deleteProperty(name);
    }

    /** One of Openfire's properties, or null. */
    public String property(String name) {
        return JiveGlobals.getProperty(name);
    }

    /**
     * Routes a stanza as if it had come in from another server: its sender is whoever it says, and has no session here.
     * Returns when the server has processed it.
     *
     * @param stanza a message, presence or IQ with a {@code from} of a foreign domain
     * @throws IllegalArgumentException if it is none of these or not well-formed
     */
    public void receiveFromRemote(String stanza) {
        Packet packet = Stanzas.parse(stanza);
        if (packet.getFrom() == null || packet.getFrom().getDomain().endsWith(DOMAIN)) {
            throw new IllegalArgumentException("Not from a remote sender: " + stanza);
        }
        route(stanza);
    }

    /** Routes a stanza of whatever sender and size, as a part of the server can do it. */
    public void route(String stanza) {
        XMPPServer.getInstance().getPacketRouter().route(Stanzas.parse(stanza));
    }

    /** Everything that was logged, from level INFO on, or printed by the server since it was started. */
    public String logText() {
        return log.text(0);
    }

    /** A place in the log, for {@link #logText(int)} and {@link #stackTraces(int)}. */
    public int logMark() {
        return log.size();
    }

    /** What was logged or printed since the mark. */
    public String logText(int mark) {
        return log.text(mark);
    }

    /** Waits until the log has said something since the mark. */
    public void awaitLog(int mark, String text) {
        log.await(mark, text);
    }

    /** The log entries with a stack trace since the server was started; empty on a good day. */
    public List<String> stackTraces() {
        return log.stackTraces(0);
    }

    /** The log entries with a stack trace since the mark. */
    public List<String> stackTraces(int mark) {
        return log.stackTraces(mark);
    }

    /**
     * Stops the server: when this returns, its ports and threads are gone, and so is its home, unless the builder was
     * given one. May be called twice.
     *
     * @throws IllegalStateException if something of it cannot be got rid of
     */
    public synchronized void stop() {
        if (stopped) {
            return;
        }
        stopped = true;
        XMPPServer server = XMPPServer.getInstance();
        try {
            if (server == null) {
                DbConnectionManager.destroyConnectionProvider();
            } else {
                traces.collect(server);
                server.stop();
            }
        } finally {
            log.close();
            try {
                traces.erase();
            } finally {
                if (!keepHome) {
                    home.delete();
                }
                forgetShutdownHook();
            }
        }
    }

    /** Same as {@link #stop()}. */
    @Override
    public void close() {
        stop();
    }

    private void run() {
        XMPPServer server = new XMPPServer();
        if (!server.isStarted()) {
            throw new IllegalStateException("XMPPServer did not start");
        }
        plugins = new ServerPlugins(server.getPluginManager(), home.folder().resolve("plugins"), log);
        // The client port opens when all plugins have been seen.
        plugins.await();
        Ports.requireOpen(ports.c2s());
        Ports.requireOpen(ports.component());
        Ports.requireOpen(ports.admin());
        if (!UserManager.getInstance().isRegisteredUser("admin")) {
            createUser("admin", ADMIN_PASSWORD);
        }
    }

    private void forgetShutdownHook() {
        try {
            Runtime.getRuntime().removeShutdownHook(shutdownHook);
        } catch (IllegalStateException e) {
            // The JVM is ending already: this may be the hook itself.
        }
    }

    private MultiUserChatService mucService() {
        return XMPPServer.getInstance().getMultiUserChatManager().getMultiUserChatService(MUC_SERVICE);
    }
}

package org.igniterealtime.openfire.plugin.omemo.server;

import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.igniterealtime.openfire.plugin.omemo.bot.StanzaReceiver;
import org.jivesoftware.openfire.XMPPServer;
import org.jivesoftware.util.PropertyEventDispatcher;
import org.jivesoftware.util.PropertyEventListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xmpp.component.ComponentException;

/**
 * Gives bots a domain of the server, as the operator has set it (see {@link BotDomainSettings}), and follows what is set. When
 * the domain cannot be had, it says so once, and tries again.
 */
public final class BotDomain implements PropertyEventListener {

    private static final Logger LOG = LoggerFactory.getLogger(BotDomain.class);
    private static final int TRY_EVERY_SECONDS = 60;

    /** What has become of the domain. */
    public enum State {
        /** Not started, or stopped. */
        STOPPED,
        /** The operator wants no bots. */
        DISABLED,
        /** Bots live there. */
        RUNNING,
        /** The name is not one label of a domain. */
        NAME_INVALID,
        /** Somebody else lives there. */
        NAME_TAKEN,
        /** The bots or Openfire failed. */
        FAILED
    }

    private final XMPPServer server;
    private final BotHosting hosting;
    private final int tryEverySeconds;
    private volatile ScheduledExecutorService clock;
    private BotComponent component;
    private BotName registered;
    private String said = "";
    private volatile State state = State.STOPPED;

    public BotDomain(XMPPServer server, BotHosting hosting) {
        this(server, hosting, TRY_EVERY_SECONDS);
    }

    BotDomain(XMPPServer server, BotHosting hosting, int tryEverySeconds) {
        this.server = server;
        this.hosting = hosting;
        this.tryEverySeconds = tryEverySeconds;
    }

    /** How it stands. */
    public State state() {
        return state;
    }

    /** Registers the domain, if bots are wanted, and from now on follows the properties. */
    public synchronized State start() {
        clock = Workers.clock("omemo-bot-domain");
        PropertyEventDispatcher.addListener(this);
        look();
        clock.scheduleWithFixedDelay(this::look, tryEverySeconds, tryEverySeconds, TimeUnit.SECONDS);
        return state;
    }

    /** Leaves the domain, and nothing behind. */
    public synchronized void stop() {
        if (clock == null) {
            return;
        }
        PropertyEventDispatcher.removeListener(this);
        clock.shutdownNow();
        clock = null;
        leave();
        state = State.STOPPED;
    }

    /** Waits while the domain is being taken or left; tells whether bots live there then. */
    synchronized boolean awaitRegistered() {
        return component != null;
    }

    private synchronized void look() {
        if (clock == null) {
            return;
        }
        BotName wanted = BotDomainSettings.ENABLED.value() ? new BotName(BotDomainSettings.NAME.value()) : null;
        if (component != null && registered.equals(wanted)) {
            return;
        }
        leave();
        if (wanted == null) {
            said = "";
            state = State.DISABLED;
        } else {
            state = tryToEnter(wanted);
        }
    }

    /** Whatever fails, it is tried again. */
    private State tryToEnter(BotName name) {
        try {
            return enter(name);
        } catch (ComponentException | RuntimeException e) {
            sayOnce(name.text() + " could not be registered: " + e);
            return State.FAILED;
        }
    }

    private State enter(BotName name) throws ComponentException {
        if (!name.isValid()) {
            sayOnce(BotDomainSettings.NAME.property() + " is not one label of a domain, of small letters, digits and hyphens");
            return State.NAME_INVALID;
        }
        String domain = name.domainOf(server);
        if (name.isTaken(server)) {
            sayOnce(domain + " is taken by something else; " + BotDomainSettings.NAME.property() + " can be set to another name");
            return State.NAME_TAKEN;
        }
        BotComponent entering = new BotComponent(name.text());
        StanzaReceiver receiver = hosting.open(domain, entering);
        try {
            entering.register(receiver);
        } catch (ComponentException | RuntimeException e) {
            hosting.close();
            throw e;
        }
        component = entering;
        registered = name;
        said = "";
        LOG.info("Bots live at {}", domain);
        return State.RUNNING;
    }

    private void leave() {
        if (component == null) {
            return;
        }
        BotComponent leaving = component;
        component = null;
        registered = null;
        try {
            hosting.close();
        } catch (RuntimeException e) {
            LOG.warn("Bots did not leave in order: {}", e.toString());
        } finally {
            leaving.unregister();
        }
    }

    private void sayOnce(String why) {
        if (!said.equals(why)) {
            said = why;
            LOG.error("There are no bots: {}. It is tried again every {} seconds.", why, tryEverySeconds);
        }
    }

    /** Not on the thread of whoever sets a property. */
    private void lookSoon(String property) {
        // Openfire deletes what begins with a deleted property's name without a word.
        if (!property.startsWith(BotDomainSettings.PREFIX) && !BotDomainSettings.PREFIX.startsWith(property)) {
            return;
        }
        ScheduledExecutorService running = clock;
        if (running != null) {
            try {
                running.execute(this::look);
            } catch (RejectedExecutionException e) {
                // It has just been stopped.
            }
        }
    }

    @Override
    public void propertySet(String name, Map<String, Object> parameters) {
        lookSoon(name);
    }

    @Override
    public void propertyDeleted(String name, Map<String, Object> parameters) {
        lookSoon(name);
    }

    @Override
    public void xmlPropertySet(String name, Map<String, Object> parameters) {
        // Nothing about bots is in the configuration file.
    }

    @Override
    public void xmlPropertyDeleted(String name, Map<String, Object> parameters) {
        // Nothing about bots is in the configuration file.
    }
}

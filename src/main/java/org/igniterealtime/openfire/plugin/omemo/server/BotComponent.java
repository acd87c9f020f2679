package org.igniterealtime.openfire.plugin.omemo.server;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.dom4j.Element;
import org.igniterealtime.openfire.plugin.omemo.bot.StanzaConnection;
import org.igniterealtime.openfire.plugin.omemo.bot.StanzaReceiver;
import org.jivesoftware.openfire.component.InternalComponentManager;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xmpp.component.Component;
import org.xmpp.component.ComponentException;
import org.xmpp.component.ComponentManager;
import org.xmpp.packet.JID;
import org.xmpp.packet.Packet;

/** A domain of this server, as an internal component: between Openfire's packets and the bots' stanzas. */
final class BotComponent implements Component, StanzaConnection {

    private static final Logger LOG = LoggerFactory.getLogger(BotComponent.class);
    private static final int LONGEST_SEND_SECONDS = 5;

    private final String name;
    private final InternalComponentManager manager = InternalComponentManager.getInstance();
    /** Those that send share it. */
    private final ReadWriteLock sending = new ReentrantReadWriteLock();
    private volatile StanzaReceiver receiver;
    private volatile boolean registered;

    /** @param name the domain without that of the server */
    BotComponent(String name) {
        this.name = name;
    }

    /**
     * Takes the domain. Openfire asks at once what is there.
     *
     * @throws ComponentException when Openfire does not let it
     */
    void register(StanzaReceiver receiver) throws ComponentException {
        this.receiver = receiver;
        registered = true;
        try {
            manager.addComponent(name, this);
        } catch (ComponentException | RuntimeException e) {
            registered = false;
            throw e;
        }
    }

    /** Leaves the domain. Nothing is sent after that: a late answer would have Openfire list the domain again. */
    void unregister() {
        registered = false;
        awaitSenders();
        try {
            manager.removeComponent(name, this);
        } catch (RuntimeException e) {
            LOG.warn("The component {} could not be removed: {}", name, e.toString());
        }
    }

    private void awaitSenders() {
        try {
            if (sending.writeLock().tryLock(LONGEST_SEND_SECONDS, TimeUnit.SECONDS)) {
                sending.writeLock().unlock();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void send(Element stanza) {
        sending.readLock().lock();
        try {
            if (registered) {
                manager.sendPacket(this, StanzaPacket.of(stanza));
            }
        } catch (RuntimeException e) {
            // Neither the failure's message nor the stanza may end up in a log.
            LOG.warn("A bot's {} could not be sent: {}", stanza.getName(), e.getClass().getName());
        } finally {
            sending.readLock().unlock();
        }
    }

    /** Openfire goes on to use the packet, and may be in the midst of a room's message to all its occupants. */
    @Override
    public void processPacket(Packet packet) {
        try {
            receiver.receive(packet.getElement().createCopy());
        } catch (RuntimeException e) {
            LOG.error("A stanza to a bot could not be taken in: {}", e.getClass().getName());
        }
    }

    @Override
    public String getName() {
        return "OMEMO bots";
    }

    @Override
    public String getDescription() {
        return "Test bots that speak OMEMO";
    }

    @Override
    public void initialize(JID address, ComponentManager itsManager) {
        // There is but one manager, and the address is known.
    }

    @Override
    public void start() {
        // Stanzas may come at any time.
    }

    @Override
    public void shutdown() {
        // Whoever unregisters it sees to the rest.
    }
}

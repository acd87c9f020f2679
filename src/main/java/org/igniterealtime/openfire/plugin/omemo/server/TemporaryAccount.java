package org.igniterealtime.openfire.plugin.omemo.server;

import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.dom4j.Element;
import org.igniterealtime.openfire.plugin.omemo.bot.StanzaConnection;
import org.igniterealtime.openfire.plugin.omemo.bot.StanzaReceiver;
import org.jivesoftware.openfire.SessionManager;
import org.jivesoftware.openfire.XMPPServer;
import org.jivesoftware.openfire.auth.AuthToken;
import org.jivesoftware.openfire.session.LocalClientSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xmpp.packet.JID;

/**
 * An account of this server, with a client that is logged in without a network: what it sends takes the way of any
 * client's stanzas, through all interceptors, and what it is sent is delivered as to any client.
 */
public final class TemporaryAccount implements StanzaConnection, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(TemporaryAccount.class);
    private static final String RESOURCE = "omemo-selftest";
    private static final int LONGEST_CLOSING_SECONDS = 5;
    private static final int PAUSE_MILLIS = 10;

    /** Whoever has it is logged in: there is no need for the password. */
    private static final class Login extends AuthToken {
        Login(String user) {
            super(user);
        }
    }

    private final XMPPServer server;
    private final JID jid;
    private final LocalClientSession session;
    private final Runnable deletion;
    private final AtomicBoolean closed = new AtomicBoolean();

    /**
     * Logs in to an account that exists.
     *
     * @param deletion deletes the account
     */
    TemporaryAccount(XMPPServer server, String user, Locale language, StanzaReceiver receiver, Runnable deletion) {
        this.server = server;
        this.deletion = deletion;
        session = SessionManager.getInstance().createClientSession(new VirtualClient(receiver), language);
        try {
            session.setAuthToken(new Login(user), RESOURCE);
        } catch (RuntimeException e) {
            session.close();
            throw e;
        }
        jid = session.getAddress();
    }

    /** The full JID. */
    public String jid() {
        return jid.toString();
    }

    /**
     * Sends a stanza as its client. {@code from} need not be set, and an IQ without {@code to} goes to the account, as from
     * any client. It is not available until it says so.
     */
    @Override
    public void send(Element stanza) {
        if (closed.get()) {
            return;
        }
        try {
            stanza.addAttribute("from", jid.toString());
            if (stanza.getName().equals("iq") && stanza.attribute("to") == null) {
                stanza.addAttribute("to", jid.toBareJID());
            }
            server.getPacketRouter().route(StanzaPacket.of(stanza));
        } catch (RuntimeException e) {
            // Neither the failure's message nor the stanza may end up in a log.
            LOG.warn("The {} of a temporary account could not be sent: {}", stanza.getName(), e.getClass().getName());
        }
    }

    /** Logs out, which rooms and contacts are told of, and deletes the account. */
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        try {
            session.close();
            awaitLogout();
        } finally {
            deletion.run();
        }
    }

    /** From 5.0 on Openfire closes sessions on other threads. */
    private void awaitLogout() {
        long begin = System.nanoTime();
        while (server.getRoutingTable().hasClientRoute(jid)) {
            if (System.nanoTime() - begin > TimeUnit.SECONDS.toNanos(LONGEST_CLOSING_SECONDS)) {
                LOG.warn("The session {} was not closed within {} s", jid, LONGEST_CLOSING_SECONDS);
                return;
            }
            try {
                Thread.sleep(PAUSE_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }
}

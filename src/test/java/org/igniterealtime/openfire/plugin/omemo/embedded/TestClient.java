package org.igniterealtime.openfire.plugin.omemo.embedded;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.function.Predicate;
import org.jivesoftware.smack.ConnectionConfiguration;
import org.jivesoftware.smack.XMPPConnection;
import org.jivesoftware.smack.packet.Nonza;
import org.jivesoftware.smack.packet.XmlEnvironment;
import org.jivesoftware.smack.tcp.XMPPTCPConnection;
import org.jivesoftware.smack.tcp.XMPPTCPConnectionConfiguration;

/** A user's client: Smack over TCP, with a record of all that came in as it was on the wire. */
public final class TestClient implements AutoCloseable {

    private final EmbeddedOpenfire server;
    private final Inbox inbox;
    private final XMPPTCPConnection connection;

    private TestClient(EmbeddedOpenfire server, String user, String password, String resource) {
        this.server = server;
        inbox = new Inbox(user, "jabber:client");
        try {
            connection = new XMPPTCPConnection(XMPPTCPConnectionConfiguration.builder()
                .setXmppDomain(server.domain())
                .setHost("127.0.0.1")
                .setPort(server.c2sPort())
                .setUsernameAndPassword(user, password)
                .setResource(resource)
                .setSecurityMode(ConnectionConfiguration.SecurityMode.disabled)
                .setSocketFactory(new TappedSockets(inbox))
                .build());
            // Smack would count what it sends as stanzas, and not know of those that sendRaw passes by it.
            connection.setUseStreamManagement(false);
            connection.connect().login();
        } catch (Exception e) {
            throw new IllegalStateException(user + " cannot log in", e);
        }
    }

    /**
     * Connects and logs in, with resource {@code test}, and becomes available.
     *
     * @throws IllegalStateException if that fails
     */
    public static TestClient login(EmbeddedOpenfire server, String user, String password) {
        return login(server, user, password, "test");
    }

    /** Same with a resource of the caller's choice, as for a user's second device. */
    public static TestClient login(EmbeddedOpenfire server, String user, String password, String resource) {
        return new TestClient(server, user, password, resource);
    }

    /** Smack's connection, for whatever Smack can do better. */
    public XMPPConnection connection() {
        return connection;
    }

    /** The full JID. */
    public String jid() {
        return connection.getUser().toString();
    }

    /** The bare JID. */
    public String bareJid() {
        return connection.getUser().asBareJid().toString();
    }

    /**
     * Enters a room with full history and waits for the presence that says so.
     *
     * @param room the room's bare JID
     * @return the occupant's own JID in the room
     * @throws AssertionError if the room refuses
     */
    public String joinRoom(String room, String nick) {
        String occupant = room + "/" + nick;
        String id = newId();
        sendRaw("<presence id='" + id + "' to='" + occupant + "'><x xmlns='http://jabber.org/protocol/muc'/></presence>");
        Received answer = await(received -> received.isPresence() && received.from().startsWith(room)
            && (received.type().equals("error") && received.id().equals(id) || received.xml().contains("code=\"110\"")));
        if (answer.type().equals("error")) {
            throw new AssertionError(bareJid() + " may not enter " + room + ": " + answer.xml());
        }
        return occupant;
    }

    /** Sends a stanza, or anything else, exactly as given. */
    public void sendRaw(String xml) {
        try {
            connection.sendNonza(new RawXml(xml));
        } catch (Exception e) {
            throw new IllegalStateException("Cannot send " + xml, e);
        }
    }

    /** Sends a message with a body to a room. */
    public void sendToRoom(String room, String body) {
        sendRaw("<message type='groupchat' to='" + room + "' id='" + newId() + "'><body>" + body + "</body></message>");
    }

    /**
     * Sends an IQ and waits for the answer, which may be an error.
     *
     * @param attributes the attributes of the IQ without its id, such as {@code type='get' to='...'}
     * @param payload the child element, as text
     */
    public Received request(String attributes, String payload) {
        String id = newId();
        sendRaw("<iq id='" + id + "' " + attributes + ">" + payload + "</iq>");
        return await(received -> received.isIq() && received.id().equals(id));
    }

    /**
     * Waits until the server has processed everything that was sent before. As Openfire 4.2 delivers a message before
     * it looks at the next stanza of its sender, whatever the sent stanzas have caused is on its way by then; a barrier
     * of the receiving client then tells that it has arrived, or never will.
     */
    public void barrier() {
        request("type='get' to='" + server.domain() + "'", "<ping xmlns='urn:xmpp:ping'/>");
    }

    /**
     * The first stanza that fits, among those that are here and those that come in within ten seconds.
     *
     * @throws AssertionError if none does; it tells what came instead
     */
    public Received await(Predicate<Received> wanted) {
        return await(wanted, Inbox.PATIENCE);
    }

    /** Same with another patience. */
    public Received await(Predicate<Received> wanted, Duration timeout) {
        return inbox.await(wanted, timeout);
    }

    /** The first message that fits; see {@link #await(Predicate)}. */
    public Received awaitMessage(Predicate<Received> wanted) {
        return await(received -> received.isMessage() && wanted.test(received));
    }

    /** Everything that fits and has come in so far, in order. */
    public List<Received> received(Predicate<Received> wanted) {
        return inbox.list(wanted);
    }

    /** All messages that have come in so far, in order. */
    public List<Received> messages() {
        return received(Received::isMessage);
    }

    /** Everything that has come in so far, as it was on the wire, one line for each stanza. */
    public String receivedXml() {
        return inbox.xml();
    }

    /** Starts the record anew. */
    public void forget() {
        inbox.forget();
    }

    /** Leaves all rooms, logs out and closes the connection. */
    @Override
    public void close() {
        if (connection.isConnected()) {
            try {
                sendRaw("<presence type='unavailable'/>");
                barrier();
            } finally {
                // Openfire 4.2 closes the connection without the end tag for which Smack would otherwise wait.
                connection.instantShutdown();
            }
        }
    }

    private static String newId() {
        return UUID.randomUUID().toString();
    }

    /** Text that Smack writes as it is. */
    private record RawXml(String xml) implements Nonza {

        @Override
        public String getElementName() {
            return "raw";
        }

        @Override
        public String getNamespace() {
            return "jabber:client";
        }

        @Override
        public CharSequence toXML(XmlEnvironment enclosing) {
            return xml;
        }
    }
}

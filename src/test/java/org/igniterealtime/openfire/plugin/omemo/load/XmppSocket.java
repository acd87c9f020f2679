package org.igniterealtime.openfire.plugin.omemo.load;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.concurrent.atomic.AtomicInteger;

/** A client's connection, logged in, without TLS: bytes out, stanzas in. */
final class XmppSocket implements AutoCloseable {

    /** Never the same again: where a session ends late, its end takes a new one with the same JID with it. */
    private static final AtomicInteger RESOURCES = new AtomicInteger();

    private static final int CONNECT_MILLIS = 5_000;
    private static final int PATIENCE_MILLIS = 20_000;

    private final Socket socket;
    private final OutputStream out;
    private final StanzaReader reader;
    private int ids;

    /** @param socket connected, and of a stream that is open */
    XmppSocket(Socket socket) throws IOException {
        this.socket = socket;
        out = socket.getOutputStream();
        reader = new StanzaReader(socket.getInputStream());
    }

    /**
     * Connects, logs in with SASL PLAIN and binds a resource, whose name is always of the same length.
     *
     * @throws IOException if the server cannot be reached or refuses
     */
    static XmppSocket login(Place place, String account, String password) throws IOException {
        Socket socket = new Socket();
        try {
            socket.connect(new InetSocketAddress(place.address(), place.port()), CONNECT_MILLIS);
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(PATIENCE_MILLIS);
            XmppSocket client = new XmppSocket(socket);
            client.openStream(place.domain());
            client.authenticate(account, password);
            client.openStream(place.domain());
            client.request("set", "", "<bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'><resource>load-"
                + id(RESOURCES.incrementAndGet()) + "</resource></bind>");
            return client;
        } catch (IOException | RuntimeException e) {
            socket.close();
            throw e;
        }
    }

    private void openStream(String domain) throws IOException {
        send("<stream:stream to='" + domain + "' version='1.0' xmlns='jabber:client'"
            + " xmlns:stream='http://etherx.jabber.org/streams'>");
        reader.through("</stream:features>");
    }

    private void authenticate(String account, String password) throws IOException {
        String response = Base64.getEncoder().encodeToString(("\0" + account + "\0" + password)
            .getBytes(StandardCharsets.UTF_8));
        send("<auth xmlns='urn:ietf:params:xml:ns:xmpp-sasl' mechanism='PLAIN'>" + response + "</auth>");
        String answer = reader.stanza();
        if (!answer.startsWith("<success")) {
            throw new IOException(account + " cannot log in: " + answer);
        }
    }

    /**
     * Sends an IQ and waits for its result; other stanzas are dropped meanwhile.
     *
     * @param to a JID, or empty for the server
     * @throws Refused if the answer is an error
     */
    String request(String type, String to, String payload) throws IOException {
        String id = id(ids++);
        send("<iq type='" + type + "' id='" + id + "'" + (to.isEmpty() ? "" : " to='" + to + "'") + ">" + payload
            + "</iq>");
        while (true) {
            String stanza = reader.stanza();
            String tag = stanza.substring(0, stanza.indexOf('>') + 1);
            if (tag.startsWith("<iq ") && tag.contains(id)) {
                if (!isResult(tag)) {
                    throw new Refused(stanza);
                }
                return stanza;
            }
        }
    }

    /** The id of a request, always of the same length. */
    static String id(int number) {
        String digits = Integer.toString(number);
        return "00000000".substring(digits.length()) + digits;
    }

    static boolean isResult(String startTag) {
        return startTag.startsWith("<iq ") && startTag.contains(" type=\"result\"");
    }

    void send(String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        send(bytes, bytes.length);
    }

    void send(byte[] bytes, int length) throws IOException {
        out.write(bytes, 0, length);
    }

    StanzaReader reader() {
        return reader;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    /** The answer is an error. */
    static final class Refused extends IOException {
        private static final long serialVersionUID = 1L;

        Refused(String stanza) {
            super(stanza);
        }
    }
}

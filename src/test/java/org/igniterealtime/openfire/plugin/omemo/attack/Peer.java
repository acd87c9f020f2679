package org.igniterealtime.openfire.plugin.omemo.attack;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** A client over TCP without TLS, as light as can be: text goes out as it is given, elements come in as they are read. */
final class Peer implements AutoCloseable {

    /** The JDK's parser, which has nothing in common with those of the server and of the plugin. */
    private static final XMLInputFactory PARSERS = XMLInputFactory.newDefaultFactory();
    /** Never the same again: where a session ends late, its end takes a new one with the same JID with it. */
    private static final AtomicInteger RESOURCES = new AtomicInteger();
    private static final int CONNECT_MILLIS = 10_000;
    private static final int BUFFER = 64 * 1024;

    static {
        PARSERS.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    }

    private final String domain;
    private final Socket socket;
    private final OutputStream out;
    private XMLStreamReader reader;

    private Peer(int port, String domain) throws IOException {
        this.domain = domain;
        socket = new Socket();
        socket.setTcpNoDelay(true);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), CONNECT_MILLIS);
        out = new BufferedOutputStream(socket.getOutputStream(), BUFFER);
    }

    /**
     * Connects, logs in with SASL PLAIN, binds a resource and becomes available.
     *
     * @throws IOException if the server refuses
     */
    static Peer login(int port, String domain, String account, String password) throws IOException {
        Peer peer = new Peer(port, domain);
        try {
            peer.openStream();
            String response = Base64.getEncoder().encodeToString(("\0" + account + "\0" + password)
                .getBytes(StandardCharsets.UTF_8));
            peer.send("<auth xmlns='urn:ietf:params:xml:ns:xmpp-sasl' mechanism='PLAIN'>" + response + "</auth>");
            peer.flush();
            if (!peer.next().name().equals("success")) {
                throw new IOException(account + " cannot log in");
            }
            peer.openStream();
            peer.send("<iq type='set' id='bind'><bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'><resource>attack"
                + RESOURCES.incrementAndGet() + "</resource></bind></iq><presence/>");
            peer.flush();
            Seen bound = peer.next();
            if (!bound.attribute("type").equals("result")) {
                throw new IOException(account + " cannot bind a resource: " + bound);
            }
            return peer;
        } catch (IOException | RuntimeException e) {
            peer.close();
            throw e;
        }
    }

    private void openStream() throws IOException {
        send("<stream:stream to='" + domain + "' version='1.0' xmlns='jabber:client'"
            + " xmlns:stream='http://etherx.jabber.org/streams'>");
        flush();
        try {
            reader = PARSERS.createXMLStreamReader(socket.getInputStream(), "UTF-8");
            while (reader.next() != XMLStreamConstants.START_ELEMENT) {
                // Nothing but a declaration may stand before.
            }
        } catch (XMLStreamException e) {
            throw new IOException(e);
        }
        if (!next().name().equals("features")) {
            throw new IOException("No features");
        }
    }

    void send(String xml) throws IOException {
        out.write(xml.getBytes(StandardCharsets.UTF_8));
    }

    void flush() throws IOException {
        out.flush();
    }

    /** Whether an answer with that id comes in time, before the stream ends. */
    boolean answers(String id, int millis) {
        try {
            socket.setSoTimeout(millis);
            while (!next().attribute("id").equals(id)) {
                // Something else.
            }
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /**
     * The next element of the stream.
     *
     * @throws Closed        when the stream has ended
     * @throws IOException   when what comes is no XML
     */
    Seen next() throws IOException {
        try {
            while (true) {
                switch (reader.next()) {
                    case XMLStreamConstants.START_ELEMENT -> {
                        return Seen.read(reader);
                    }
                    case XMLStreamConstants.END_ELEMENT, XMLStreamConstants.END_DOCUMENT -> throw new Closed("ended");
                    default -> {
                        // White space between stanzas.
                    }
                }
            }
        } catch (XMLStreamException e) {
            String message = String.valueOf(e.getMessage());
            if (e.getNestedException() instanceof IOException || message.contains("must start and end within the same")
                || message.contains("Premature") || message.contains("end of file")) {
                throw new Closed(message);
            }
            throw new IOException(message, e);
        }
    }

    /** Gives every element that comes to somebody, until the stream ends. */
    void deliverTo(Consumer<Seen> receiver) throws IOException {
        try {
            while (true) {
                receiver.accept(next());
            }
        } catch (Closed e) {
            // That is how it ends.
        }
    }

    /** The question whose answer tells that everything sent before was dealt with. */
    void ping(String id) throws IOException {
        send("<iq type='get' id='" + id + "' to='" + domain + "'><ping xmlns='urn:xmpp:ping'/></iq>");
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    /** The other side has ended the stream. */
    static final class Closed extends IOException {
        private static final long serialVersionUID = 1L;

        Closed(String message) {
            super(message);
        }
    }
}

package org.igniterealtime.openfire.plugin.omemo.embedded;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An external component (XEP-0114) over TCP: it may send from any JID of its domain and answers nothing by itself. */
public final class TestComponent implements AutoCloseable {

    private static final String NAMESPACE = "jabber:component:accept";
    private static final Pattern STREAM_ID = Pattern.compile("<stream:stream [^>]*\\bid=['\"]([^'\"]+)['\"][^>]*>");

    private final EmbeddedOpenfire server;
    private final String domain;
    private final Socket socket;
    private final Inbox inbox;
    private final Thread reader;

    private TestComponent(EmbeddedOpenfire server, String subdomain) throws IOException {
        this.server = server;
        domain = subdomain + "." + server.domain();
        inbox = new Inbox(domain, NAMESPACE);
        socket = new Socket(Ports.loopback(), server.componentPort());
        reader = new Thread(this::read, "component " + domain);
        reader.setDaemon(true);
        try {
            send("<stream:stream xmlns='" + NAMESPACE + "' xmlns:stream='http://etherx.jabber.org/streams' to='" + domain
                + "'>");
            send("<handshake>" + sha1(readStreamId() + server.componentSecret()) + "</handshake>");
            reader.start();
            await(received -> received.element().getName().equals("handshake"));
        } catch (IOException | AssertionError e) {
            socket.close();
            throw e;
        }
    }

    /**
     * Connects a component as {@code subdomain} of the server's domain.
     *
     * @throws IOException if the server closes the connection instead
     * @throws AssertionError if the server does not accept the handshake
     */
    public static TestComponent connect(EmbeddedOpenfire server, String subdomain) throws IOException {
        return new TestComponent(server, subdomain);
    }

    /** The component's domain. */
    public String domain() {
        return domain;
    }

    /** Sends a stanza exactly as given; it must have a {@code from} of the component's domain. */
    public void sendRaw(String xml) {
        try {
            send(xml);
        } catch (IOException e) {
            throw new IllegalStateException("Cannot send " + xml, e);
        }
    }

    /** Waits until the server has processed everything that was sent before; see {@link TestClient#barrier()}. */
    public void barrier() {
        String id = UUID.randomUUID().toString();
        sendRaw("<iq type='get' from='" + domain + "' to='" + server.domain() + "' id='" + id
            + "'><ping xmlns='urn:xmpp:ping'/></iq>");
        await(received -> received.isIq() && received.id().equals(id));
    }

    /** The first stanza that fits, among those that are here and those that come in within ten seconds. */
    public Received await(Predicate<Received> wanted) {
        return await(wanted, Inbox.PATIENCE);
    }

    /** Same with another patience. */
    public Received await(Predicate<Received> wanted, Duration timeout) {
        return inbox.await(wanted, timeout);
    }

    /** Everything that fits and has come in so far, in order. */
    public List<Received> received(Predicate<Received> wanted) {
        return inbox.list(wanted);
    }

    /** Starts the record anew. */
    public void forget() {
        inbox.forget();
    }

    /** Closes the connection and waits until the server has closed its end too. */
    @Override
    public void close() throws IOException {
        send("</stream:stream>");
        socket.shutdownOutput();
        try {
            reader.join(Inbox.PATIENCE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        socket.close();
    }

    private void send(String xml) throws IOException {
        socket.getOutputStream().write(xml.getBytes(StandardCharsets.UTF_8));
    }

    private String readStreamId() throws IOException {
        InputStream in = socket.getInputStream();
        StringBuilder head = new StringBuilder();
        while (true) {
            int c = in.read();
            if (c < 0) {
                throw new IOException("The server refuses " + domain + ": " + head);
            }
            head.append((char) c);
            Matcher stream = STREAM_ID.matcher(head);
            if (c == '>' && stream.find()) {
                return stream.group(1);
            }
        }
    }

    private void read() {
        byte[] buffer = new byte[8192];
        try {
            InputStream in = socket.getInputStream();
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                inbox.feed(buffer, 0, count);
            }
        } catch (IOException e) {
            // Closed; whoever still waits for something will be told that it has not come.
        }
    }

    private static String sha1(String text) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-1").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}

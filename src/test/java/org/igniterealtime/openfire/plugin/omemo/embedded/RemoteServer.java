package org.igniterealtime.openfire.plugin.omemo.embedded;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.Predicate;
import org.dom4j.Document;
import org.dom4j.io.XMPPPacketReader;
import org.jivesoftware.openfire.XMPPServer;
import org.jivesoftware.openfire.net.VirtualConnection;
import org.jivesoftware.openfire.server.OutgoingServerSocketReader;
import org.jivesoftware.openfire.session.DomainPair;
import org.jivesoftware.openfire.session.LocalOutgoingServerSession;
import org.jivesoftware.openfire.spi.BasicStreamIDFactory;
import org.jivesoftware.openfire.spi.ConnectionConfiguration;
import org.xmpp.packet.Packet;

/**
 * Another server to the eyes of the embedded one, without a network between them: what its users send is routed as
 * inbound s2s traffic is, and what is sent to them goes through a server session and is recorded.
 */
public final class RemoteServer implements AutoCloseable {

    private final EmbeddedOpenfire server;
    private final String domain;
    private final Inbox inbox;
    private final Session session;

    private RemoteServer(EmbeddedOpenfire server, String domain) {
        this.server = server;
        this.domain = domain;
        inbox = new Inbox(domain, "jabber:server");
        session = new Session(server.domain(), new Line(), new NothingToRead());
        session.addOutgoingDomainPair(server.domain(), domain);
        session.addOutgoingDomainPair(server.mucDomain(), domain);
    }

    /**
     * Federates with a server.
     *
     * @param domain the domain of the made-up server, not within the embedded one's
     */
    public static RemoteServer connect(EmbeddedOpenfire server, String domain) {
        return new RemoteServer(server, domain);
    }

    /** Federates with one more domain of the embedded server. */
    public RemoteServer with(String localDomain) {
        session.addOutgoingDomainPair(localDomain, domain);
        return this;
    }

    /** The domain. */
    public String domain() {
        return domain;
    }

    /**
     * Sends a stanza and returns when it has been processed: all it has caused has been sent by then.
     *
     * @param xml a message, presence or IQ, with a {@code from} of this domain
     * @throws IllegalArgumentException if it is anything else
     */
    public void sendRaw(String xml) {
        server.receiveFromRemote(xml);
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

    /** Ends the federation; the server finds nobody at the domain from now on. */
    @Override
    public void close() {
        for (DomainPair pair : session.getOutgoingDomainPairs()) {
            XMPPServer.getInstance().getRoutingTable().removeServerRoute(pair);
        }
        session.close();
    }

    private static final class Session extends LocalOutgoingServerSession {

        Session(String localDomain, Line line, NothingToRead reader) {
            super(localDomain, line, new OutgoingServerSocketReader(reader), new BasicStreamIDFactory().createStreamID());
            line.reader = reader;
            line.init(this);
        }

        @Override
        public boolean authenticateSubdomain(String localDomain, String remoteDomain) {
            addOutgoingDomainPair(localDomain, remoteDomain);
            return true;
        }
    }

    /** An outgoing session reads for the sake of dialback only. */
    private static final class NothingToRead extends XMPPPacketReader {

        private final CountDownLatch end = new CountDownLatch(1);

        @Override
        public Document parseDocument() throws IOException {
            try {
                end.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            throw new IOException("The end of the stream");
        }
    }

    private final class Line extends VirtualConnection {

        private NothingToRead reader;

        @Override
        public void deliver(Packet packet) {
            deliverRawText(packet.toXML());
        }

        @Override
        public void deliverRawText(String text) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            synchronized (this) {
                inbox.feed(bytes, 0, bytes.length);
            }
        }

        @Override
        public void closeVirtualConnection() {
            reader.end.countDown();
        }

        @Override
        public void systemShutdown() {
            close();
        }

        @Override
        public byte[] getAddress() {
            return new byte[] {127, 0, 0, 1};
        }

        @Override
        public String getHostAddress() {
            return "127.0.0.1";
        }

        @Override
        public String getHostName() {
            return domain;
        }

        @Override
        public ConnectionConfiguration getConfiguration() {
            throw new UnsupportedOperationException("There is no socket");
        }
    }
}

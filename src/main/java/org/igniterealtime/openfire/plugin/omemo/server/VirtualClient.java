package org.igniterealtime.openfire.plugin.omemo.server;

import java.net.InetAddress;
import java.util.Optional;
import org.igniterealtime.openfire.plugin.omemo.bot.StanzaReceiver;
import org.jivesoftware.openfire.net.VirtualConnection;
import org.jivesoftware.openfire.spi.ConnectionConfiguration;
import org.xmpp.packet.Packet;
import org.xmpp.packet.StreamError;

/**
 * The connection of a client inside the server. The class is compiled as 4.2 has it; the methods without
 * {@code @Override} are those of later releases.
 */
final class VirtualClient extends VirtualConnection {

    private final StanzaReceiver receiver;

    VirtualClient(StanzaReceiver receiver) {
        this.receiver = receiver;
    }

    /** Openfire may go on to change the packet. */
    @Override
    public void deliver(Packet packet) {
        receiver.receive(packet.getElement().createCopy());
    }

    @Override
    public void deliverRawText(String text) {
        // It is part of the stream, which there is none of here: stanzas are always delivered as such.
    }

    @Override
    public void closeVirtualConnection() {
        // Nothing is held open.
    }

    /** Since 4.8. */
    public void closeVirtualConnection(StreamError error) {
        // Nothing is held open.
    }

    @Override
    public void systemShutdown() {
        close();
    }

    @Override
    public byte[] getAddress() {
        return InetAddress.getLoopbackAddress().getAddress();
    }

    @Override
    public String getHostAddress() {
        return InetAddress.getLoopbackAddress().getHostAddress();
    }

    @Override
    public String getHostName() {
        return InetAddress.getLoopbackAddress().getHostAddress();
    }

    /** Only asked for while a stream is negotiated. */
    @Override
    public ConnectionConfiguration getConfiguration() {
        return null;
    }

    /** Since 4.8. */
    public Optional<String> getTLSProtocolName() {
        return Optional.empty();
    }

    /** Since 4.8. */
    public Optional<String> getCipherSuiteName() {
        return Optional.empty();
    }
}

package org.igniterealtime.openfire.plugin.omemo.embedded;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** The three ports of an embedded server, all on 127.0.0.1. */
record Ports(int c2s, int admin, int component) {

    /** Three different ports that were free a moment ago. */
    static Ports free() throws IOException {
        try (ServerSocket c2s = new ServerSocket(0, 1, loopback());
             ServerSocket admin = new ServerSocket(0, 1, loopback());
             ServerSocket component = new ServerSocket(0, 1, loopback())) {
            return new Ports(c2s.getLocalPort(), admin.getLocalPort(), component.getLocalPort());
        }
    }

    static boolean isOpen(int port) {
        try (Socket socket = new Socket(loopback(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    /** @throws IllegalStateException if nobody listens there */
    static void requireOpen(int port) {
        if (!isOpen(port)) {
            throw new IllegalStateException("Port " + port + " did not open");
        }
    }

    static InetAddress loopback() throws IOException {
        return InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
    }
}

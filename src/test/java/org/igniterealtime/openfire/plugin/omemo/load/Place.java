package org.igniterealtime.openfire.plugin.omemo.load;

import java.io.IOException;
import java.net.InetAddress;

/**
 * Where a server listens for clients: on this machine, and nowhere else.
 *
 * @param domain the XMPP domain that it serves
 */
record Place(InetAddress address, int port, String domain) {

    /** @throws IllegalArgumentException if the address is not of the loopback interface */
    Place {
        if (!address.isLoopbackAddress()) {
            throw new IllegalArgumentException("Load is put on servers of this machine only, not on " + address);
        }
    }

    static Place of(String host, int port, String domain) throws IOException {
        return new Place(InetAddress.getByName(host), port, domain);
    }

    /** The bare JID of an account. */
    String jid(String account) {
        return account + "@" + domain;
    }
}

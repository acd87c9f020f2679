package org.igniterealtime.openfire.plugin.omemo.server;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.dom4j.Element;
import org.igniterealtime.openfire.plugin.omemo.keys.AccountKeys;
import org.igniterealtime.openfire.plugin.omemo.keys.KeySource;
import org.igniterealtime.openfire.plugin.omemo.keys.NodeConfiguration;
import org.igniterealtime.openfire.plugin.omemo.protocol.BareJid;
import org.jivesoftware.openfire.XMPPServer;
import org.xmpp.packet.JID;

/**
 * The OMEMO nodes in the personal eventing service (PEP, XEP-0163) of the Openfire that runs, whatever its release.
 * When a method that changes something returns, the next reading shows it; whatever concerns one account is asked for
 * by one thread at a time.
 */
final class PepNodes implements KeySource {

    PepNodes(XMPPServer server) {
    }

    @Override
    public AccountKeys read(BareJid owner) {
        throw new UnsupportedOperationException();
    }

    /** The configuration of one OMEMO node, empty when there is no such node. Nothing is created. */
    Optional<NodeConfiguration> configuration(BareJid owner, String node) {
        throw new UnsupportedOperationException();
    }

    /**
     * Makes a node exist, and changes its configuration; its items stay.
     *
     * @param fields the fields to change by their names, such as {@code pubsub#access_model}, with values that every
     *               Openfire reads alike; may be empty
     * @throws IllegalStateException when there is no such account on this server, or it cannot be done
     */
    void configure(BareJid owner, String node, Map<String, String> fields) {
        throw new UnsupportedOperationException();
    }

    /**
     * Stores items in a node that exists and notifies its subscribers.
     *
     * @param items {@code <item/>} elements, each with its id and its payload
     * @throws IllegalStateException when there is no such node, or it cannot be done
     */
    void publish(JID publisher, BareJid owner, String node, List<Element> items) {
        throw new UnsupportedOperationException();
    }

    /** Removes items, those that exist, and notifies the node's subscribers as the node is set to. */
    void retract(BareJid owner, String node, List<String> itemIds) {
        throw new UnsupportedOperationException();
    }

    /** Removes a node with all that is in it, if it exists. */
    void delete(BareJid owner, String node) {
        throw new UnsupportedOperationException();
    }

    /**
     * The accounts of this server that have an OMEMO node, in the order of their addresses.
     *
     * @param after where to go on; null to begin at the first
     * @param most  how many at most
     */
    List<BareJid> owners(BareJid after, int most) {
        throw new UnsupportedOperationException();
    }
}

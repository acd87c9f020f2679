package org.igniterealtime.openfire.plugin.omemo.server;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.dom4j.Element;
import org.igniterealtime.openfire.plugin.omemo.keys.PublishedDevices;
import org.igniterealtime.openfire.plugin.omemo.protocol.BareJid;
import org.igniterealtime.openfire.plugin.omemo.protocol.Family;
import org.igniterealtime.openfire.plugin.omemo.protocol.OmemoNode;
import org.jivesoftware.openfire.interceptor.PacketInterceptor;
import org.jivesoftware.openfire.session.Session;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xmpp.packet.IQ;
import org.xmpp.packet.JID;
import org.xmpp.packet.Message;
import org.xmpp.packet.Packet;

/**
 * The device lists of other servers' accounts, as they pass on their way to users of this server. Whatever a local user
 * knows of such an account has passed here, so that a device which is on none of the lists seen lately is one that nobody
 * here can know.
 */
final class RemoteLists implements PacketInterceptor {

    private static final Logger LOG = LoggerFactory.getLogger(RemoteLists.class);

    /** After so long it is no longer known what a local user may know. */
    private static final Duration TRUST = Duration.ofHours(24);

    private static final int MOST_LISTS = 20_000;
    private static final int MOST_DEVICES = 1_000;
    private static final String PUBSUB = "http://jabber.org/protocol/pubsub";

    private record Owner(BareJid account, Family family) {
    }

    private final String domain;
    private final Cache<Owner, Set<Integer>> lists = Caffeine.newBuilder()
        .maximumSize(MOST_LISTS).expireAfterWrite(TRUST).executor(Runnable::run).build();

    /** @param domain the server's own */
    RemoteLists(String domain) {
        this.domain = domain;
    }

    /** The devices on the lists of an account that were seen lately; empty if none was. */
    Optional<Set<Integer>> listed(BareJid account, Family family) {
        return Optional.ofNullable(lists.getIfPresent(new Owner(account, family)));
    }

    @Override
    public void interceptPacket(Packet packet, Session session, boolean incoming, boolean processed) {
        if (!incoming || processed || packet.getFrom() == null || packet.getFrom().getNode() == null
            || packet.getFrom().getDomain().equals(domain)) {
            return;
        }
        try {
            items(packet).ifPresent(items -> note(packet.getFrom(), items));
        } catch (RuntimeException e) {
            // The stanza is for somebody else; what cannot be read is not known.
            LOG.debug("A device list cannot be read: {}", e.getClass().getName());
        }
    }

    private static Optional<Element> items(Packet packet) {
        Element container = null;
        if (packet instanceof IQ iq && iq.getType() == IQ.Type.result) {
            container = child(iq.getElement(), "pubsub", PUBSUB);
        } else if (packet instanceof Message message) {
            container = child(message.getElement(), "event", PUBSUB + "#event");
        }
        return Optional.ofNullable(container).map(element -> element.element("items"));
    }

    private static Element child(Element stanza, String name, String namespace) {
        for (int i = 0; i < stanza.nodeCount() && i < 2; i++) {
            if (stanza.node(i) instanceof Element child && child.getName().equals(name)
                && child.getNamespaceURI().equals(namespace)) {
                return child;
            }
        }
        return null;
    }

    private void note(JID from, Element items) {
        String name = items.attributeValue("node");
        List<Element> published = items.elements("item");
        if (name == null || published.isEmpty()) {
            return;
        }
        Optional<OmemoNode> node = Family.ofNode(name).filter(known -> known.content() == OmemoNode.Content.DEVICE_LIST);
        Optional<BareJid> account = BareJid.of(from.toBareJID());
        if (node.isPresent() && account.isPresent()) {
            Set<Integer> devices = PublishedDevices.of(published);
            if (devices.size() <= MOST_DEVICES) {
                lists.asMap().merge(new Owner(account.get(), node.get().family()), devices, RemoteLists::union);
            }
        }
    }

    /** What was on a list earlier may still be written to; who has had too many devices is known by the last list alone. */
    private static Set<Integer> union(Set<Integer> before, Set<Integer> now) {
        if (before.size() + now.size() > MOST_DEVICES) {
            return now;
        }
        Set<Integer> both = new HashSet<>(before);
        both.addAll(now);
        return both;
    }
}

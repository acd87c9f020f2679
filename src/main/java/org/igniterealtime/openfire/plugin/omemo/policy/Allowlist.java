package org.igniterealtime.openfire.plugin.omemo.policy;

import static org.igniterealtime.openfire.plugin.omemo.policy.Context.PRIVATE;
import static org.igniterealtime.openfire.plugin.omemo.policy.Context.PUBLIC;

import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.dom4j.Element;
import org.dom4j.QName;
import org.igniterealtime.openfire.plugin.omemo.protocol.Family;

/**
 * The elements that may stand in the clear in an encrypted room, as POLICY.md's table has them. Body, subject,
 * invitations and voice requests have rules of their own in {@link MessageJudge}.
 */
final class Allowlist {

    private static final String HINTS = "urn:xmpp:hints";
    static final String REACTIONS = "urn:xmpp:reactions:0";
    static final QName RETRACT = QName.get("retract", "urn:xmpp:message-retract:1");
    /** The one listed element that may stand in a message more than once: one for each thing it falls back from. */
    static final QName FALLBACK = QName.get("fallback", "urn:xmpp:fallback:0");
    static final String MUC_USER = "http://jabber.org/protocol/muc#user";
    static final String DATA_FORM = "jabber:x:data";
    static final String DIRECT_INVITATION = "jabber:x:conference";

    private static final Set<Context> CONVERSATION = EnumSet.of(PUBLIC, PRIVATE);
    private static final Map<QName, Shape> SHAPES = new HashMap<>();
    private static final Set<String> NAMESPACES = new HashSet<>();

    static {
        list("urn:xmpp:receipts", "request");
        list("urn:xmpp:receipts", "received").attribute("id", Value.ID);
        list("urn:xmpp:chat-markers:0", "markable");
        for (String marker : new String[] {"received", "displayed", "acknowledged"}) {
            // sender: what Conversations writes where messages have no stable id.
            list("urn:xmpp:chat-markers:0", marker).attribute("id", Value.ID).optional("sender", Value.JID);
        }
        for (String state : new String[] {"active", "composing", "paused", "inactive", "gone"}) {
            list("http://jabber.org/protocol/chatstates", state);
        }
        // no-storage: a relic that Conversations still sends.
        for (String hint : new String[] {"store", "no-store", "no-copy", "no-permanent-store", "no-storage"}) {
            list(HINTS, hint);
        }
        list("urn:xmpp:eme:0", "encryption").attribute("namespace", Value.ENCRYPTION)
            .optional("name", Value.ENCRYPTION_NAME);
        list("urn:xmpp:sid:0", "origin-id").attribute("id", Value.ID);
        list("urn:xmpp:sid:0", "stanza-id").attribute("id", Value.ID).attribute("by", Value.JID);
        list("urn:xmpp:message-correct:0", "replace").attribute("id", Value.ID);
        list("urn:xmpp:reply:0", "reply").optional("to", Value.JID).attribute("id", Value.ID);
        Shape fallback = list(FALLBACK.getNamespaceURI(), FALLBACK.getName()).optional("for", Value.NAMESPACE);
        for (String part : new String[] {"body", "subject"}) {
            fallback.child(part).optional("start", Value.NUMBER).optional("end", Value.NUMBER);
        }
        list("urn:xmpp:delay", "delay").attribute("stamp", Value.TIMESTAMP).optional("from", Value.JID);
        list("http://jabber.org/protocol/address", "addresses").child("address")
            .attribute("type", Value.ADDRESS_TYPE).optional("jid", Value.JID).optional("delivered", Value.BOOLEAN);
        list(REACTIONS, "reactions").attribute("id", Value.ID).child("reaction").text(Value.EMOJI);
        list(RETRACT.getNamespaceURI(), RETRACT.getName(), EnumSet.of(PUBLIC)).attribute("id", Value.ID);
        list("urn:xmpp:carbons:2", "private");
        // Clients mark a message as a private one with an empty element (XEP-0045, §7.5).
        list(MUC_USER, "x", EnumSet.of(PRIVATE));
        for (Family family : Family.values()) {
            NAMESPACES.add(family.namespace());
        }
        NAMESPACES.add(DATA_FORM);
        NAMESPACES.add(DIRECT_INVITATION);
    }

    private Allowlist() {
    }

    private static Shape list(String namespace, String name) {
        return list(namespace, name, CONVERSATION);
    }

    private static Shape list(String namespace, String name, Set<Context> contexts) {
        Shape shape = Shape.of(namespace, name, contexts);
        SHAPES.put(shape.name(), shape);
        NAMESPACES.add(namespace);
        return shape;
    }

    /** The shape in which this element is listed, if it is. */
    static Optional<Shape> shapeOf(Element element) {
        return Optional.ofNullable(SHAPES.get(element.getQName()));
    }

    /** Whether this element means something to a room under another type or address than where it was found. */
    static boolean isTypeBound(Element element) {
        return switch (element.getNamespaceURI()) {
            case MUC_USER, DATA_FORM, DIRECT_INVITATION -> true;
            default -> false;
        };
    }

    /**
     * Whether this hint (XEP-0334) keeps a message out of a room's history. {@code no-permanent-store} does too, since
     * Openfire writes to the room's log what it keeps in its history.
     */
    static boolean forbidsStorage(Element element) {
        return element.getNamespaceURI().equals(HINTS) && switch (element.getName()) {
            case "no-store", "no-permanent-store", "no-storage" -> true;
            default -> false;
        };
    }

    /** Whether a declaration of this namespace says nothing but that a listed element may follow. */
    static boolean isKnownNamespace(String namespace) {
        return NAMESPACES.contains(namespace) || Nodes.isStreamNamespace(namespace);
    }
}

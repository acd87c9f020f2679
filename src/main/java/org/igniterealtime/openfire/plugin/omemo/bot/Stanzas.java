package org.igniterealtime.openfire.plugin.omemo.bot;

import java.util.List;
import java.util.Optional;
import org.dom4j.DocumentHelper;
import org.dom4j.Element;
import org.dom4j.QName;

/** Stanzas as XML elements: what bots write, and how they look into what they get. */
final class Stanzas {

    static final String PUBSUB = "http://jabber.org/protocol/pubsub";
    static final String MUC = "http://jabber.org/protocol/muc";
    static final String MUC_USER = MUC + "#user";
    static final String MUC_ADMIN = MUC + "#admin";
    static final String MUC_OWNER = MUC + "#owner";
    static final String DISCO_INFO = "http://jabber.org/protocol/disco#info";
    static final String DISCO_ITEMS = "http://jabber.org/protocol/disco#items";
    static final String PING = "urn:xmpp:ping";
    static final String VERSION = "jabber:iq:version";
    static final String DELAY = "urn:xmpp:delay";
    static final String ERRORS = "urn:ietf:params:xml:ns:xmpp-stanzas";

    private Stanzas() {
    }

    /** A stanza without children. */
    static Element stanza(String name, String type, String from, String to, String id) {
        // In no namespace, as the server's own: what leaves it takes on that of the stream.
        Element stanza = DocumentHelper.createElement(name);
        if (!type.isEmpty()) {
            stanza.addAttribute("type", type);
        }
        stanza.addAttribute("from", from).addAttribute("to", to);
        if (!id.isEmpty()) {
            stanza.addAttribute("id", id);
        }
        return stanza;
    }

    /** An element that stands alone. */
    static Element element(String name, String namespace) {
        return DocumentHelper.createElement(QName.get(name, namespace));
    }

    /** The first child of this name, in this namespace. */
    static Optional<Element> child(Element parent, String name, String namespace) {
        return Optional.ofNullable(parent.element(QName.get(name, namespace)));
    }

    /**
     * What a room says of itself and its occupants; empty if there is not exactly one such element. Openfire passes on what
     * occupants have put there, and puts its own words behind it.
     */
    static Optional<Element> roomsWord(Element stanza) {
        List<Element> words = stanza.elements(QName.get("x", MUC_USER));
        return words.size() == 1 ? Optional.of(words.get(0)) : Optional.empty();
    }

    /** An attribute; empty text if it is missing. */
    static String attribute(Element element, String name) {
        String value = element.attributeValue(name);
        return value == null ? "" : value;
    }

    /** The condition of an error stanza (RFC 6120, 8.3.3). */
    static String condition(Element stanza) {
        for (Element error : stanza.elements("error")) {
            for (Element condition : error.elements()) {
                if (condition.getNamespaceURI().equals(ERRORS) && !condition.getName().equals("text")) {
                    return condition.getName();
                }
            }
        }
        return "undefined-condition";
    }

    /** An answer without children to an IQ. */
    static Element result(Element request) {
        return stanza("iq", "result", attribute(request, "to"), attribute(request, "from"), attribute(request, "id"));
    }

    /** A refusal of an IQ. */
    static Element error(Element request, String type, String condition) {
        Element reply = result(request).addAttribute("type", "error");
        reply.addElement("error").addAttribute("type", type).addElement(QName.get(condition, ERRORS));
        return reply;
    }
}

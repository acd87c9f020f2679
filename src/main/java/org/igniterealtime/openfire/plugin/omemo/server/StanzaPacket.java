package org.igniterealtime.openfire.plugin.omemo.server;

import org.dom4j.Element;
import org.xmpp.packet.IQ;
import org.xmpp.packet.Message;
import org.xmpp.packet.Packet;
import org.xmpp.packet.Presence;
import org.xmpp.packet.Roster;

/** A stanza as Openfire routes it. */
final class StanzaPacket {

    private StanzaPacket() {
    }

    /**
     * @param stanza a message, a presence or an IQ; it becomes part of the packet, its addresses as they are: whoever
     *     answers an address is not to fail at how it is spelt
     * @throws IllegalArgumentException when it is none of these, or has an address without a domain
     */
    static Packet of(Element stanza) {
        return switch (stanza.getName()) {
            case "message" -> new Message(stanza, true);
            case "presence" -> new Presence(stanza, true);
            case "iq" -> isRoster(stanza) ? new Roster(stanza) : new IQ(stanza, true);
            default -> throw new IllegalArgumentException("No stanza: " + stanza.getName());
        };
    }

    /** Openfire expects these to be of a type of their own. */
    private static boolean isRoster(Element iq) {
        Element query = iq.element("query");
        return query != null && "jabber:iq:roster".equals(query.getNamespaceURI());
    }
}

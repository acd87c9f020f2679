package org.igniterealtime.openfire.plugin.omemo.embedded;

import org.dom4j.DocumentException;
import org.dom4j.DocumentHelper;
import org.dom4j.Element;
import org.xmpp.packet.IQ;
import org.xmpp.packet.Message;
import org.xmpp.packet.Packet;
import org.xmpp.packet.Presence;

/** Stanzas as text. */
final class Stanzas {

    private Stanzas() {
    }

    /** @throws IllegalArgumentException if the text is not a message, presence or IQ */
    static Packet parse(String text) {
        Element element;
        try {
            element = DocumentHelper.parseText(text).getRootElement();
        } catch (DocumentException e) {
            throw new IllegalArgumentException("Not well-formed: " + text, e);
        }
        return switch (element.getName()) {
            case "message" -> new Message(element, true);
            case "presence" -> new Presence(element, true);
            case "iq" -> new IQ(element, true);
            default -> throw new IllegalArgumentException("Not a stanza: " + text);
        };
    }
}

package org.igniterealtime.openfire.plugin.omemo.embedded;

import org.dom4j.Element;

/**
 * A stanza, or another child of a stream, as it came in.
 *
 * @param xml the text as it was on the wire; its default namespace is the stream's
 * @param element the same, parsed
 */
public record Received(String xml, Element element) {

    /** Whether this is a message, also one of type error. */
    public boolean isMessage() {
        return element.getName().equals("message");
    }

    /** Whether this is a presence stanza, of whatever type. */
    public boolean isPresence() {
        return element.getName().equals("presence");
    }

    /** Whether this is an IQ stanza, of whatever type. */
    public boolean isIq() {
        return element.getName().equals("iq");
    }

    /** The sender's JID, or an empty string. */
    public String from() {
        return element.attributeValue("from", "");
    }

    /** The id, or an empty string. */
    public String id() {
        return element.attributeValue("id", "");
    }

    /** The type, or an empty string. */
    public String type() {
        return element.attributeValue("type", "");
    }

    /** The text of the body, or null where there is none. */
    public String body() {
        return element.elementText("body");
    }
}

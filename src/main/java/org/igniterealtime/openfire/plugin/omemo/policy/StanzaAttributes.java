package org.igniterealtime.openfire.plugin.omemo.policy;

import org.dom4j.Attribute;

/** The attributes that XMPP gives a message or a presence (RFC 6120, §8.1); all others carry something of the sender's. */
final class StanzaAttributes {

    private static final int LONGEST_ID = 128;

    private StanzaAttributes() {
    }

    static boolean isListed(Attribute attribute) {
        return switch (attribute.getQualifiedName()) {
            case "to", "from", "type" -> true;
            case "id" -> attribute.getValue().length() <= LONGEST_ID;
            default -> isLanguage(attribute);
        };
    }

    static boolean isLanguage(Attribute attribute) {
        return attribute.getQualifiedName().equals("xml:lang") && Value.LANGUAGE.admits(attribute.getValue());
    }
}

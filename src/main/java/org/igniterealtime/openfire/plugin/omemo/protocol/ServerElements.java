package org.igniterealtime.openfire.plugin.omemo.protocol;

import java.util.Set;

/**
 * Elements that servers have to read, and that therefore never stand in an encrypted content: who finds one there drops
 * it (XEP-0420, "Server-processed Elements").
 */
final class ServerElements {

    private static final String STABLE_IDS = "urn:xmpp:sid:0";
    private static final String STANZA_ID = "stanza-id";

    /** Processing hints (XEP-0334), addresses (XEP-0033) and the name of the encryption (XEP-0380). */
    private static final Set<String> NAMESPACES =
            Set.of("urn:xmpp:hints", "http://jabber.org/protocol/address", "urn:xmpp:eme:0");

    private ServerElements() {
    }

    /** Of the stable ids (XEP-0359) only that of the server is one: the origin's may be encrypted. */
    static boolean include(ContentElement element) {
        return NAMESPACES.contains(element.namespace())
                || element.namespace().equals(STABLE_IDS) && element.name().equals(STANZA_ID);
    }
}

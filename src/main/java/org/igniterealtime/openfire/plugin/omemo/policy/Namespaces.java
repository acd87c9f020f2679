package org.igniterealtime.openfire.plugin.omemo.policy;

import org.dom4j.Element;

/** The namespaces in which stanzas themselves are written, between which servers translate. */
final class Namespaces {

    private Namespaces() {
    }

    /** Openfire drops the stream's namespace while parsing, so that it is mostly the empty one. */
    static boolean isStream(String namespace) {
        return switch (namespace) {
            case "", "jabber:client", "jabber:server", "jabber:component:accept" -> true;
            default -> false;
        };
    }

    /** Whether this is a child that stands in the stanza's own namespace, such as {@code <body>}. */
    static boolean isOwn(Element child, String name) {
        return child.getName().equals(name) && isStream(child.getNamespaceURI());
    }
}

package org.igniterealtime.openfire.plugin.omemo.policy;

import java.util.ArrayList;
import java.util.List;
import org.dom4j.Element;
import org.dom4j.Node;

/** Questions about the nodes of a stanza that several rules ask. */
final class Nodes {

    private Nodes() {
    }

    /** The nodes of an element, in a list that does not change with it. */
    static List<Node> of(Element element) {
        List<Node> nodes = new ArrayList<>(element.nodeCount());
        for (int i = 0; i < element.nodeCount(); i++) {
            nodes.add(element.node(i));
        }
        return nodes;
    }

    /**
     * Whether this is a namespace of stanzas themselves, between which servers translate. Openfire drops the stream's
     * while parsing, so that it is mostly the empty one.
     */
    static boolean isStreamNamespace(String namespace) {
        return switch (namespace) {
            case "", "jabber:client", "jabber:server", "jabber:component:accept" -> true;
            default -> false;
        };
    }

    /** Whether this is a child that stands in the stanza's own namespace, such as {@code <body>}. */
    static boolean isOwn(Element child, String name) {
        return child.getName().equals(name) && isStreamNamespace(child.getNamespaceURI());
    }

    /** Whether an element holds text and nothing else, not even a comment. */
    static boolean isText(Element element) {
        for (int i = 0; i < element.nodeCount(); i++) {
            short type = element.node(i).getNodeType();
            if (type != Node.TEXT_NODE && type != Node.CDATA_SECTION_NODE) {
                return false;
            }
        }
        return true;
    }

    /** Whether a node says nothing: white space between elements, or the declaration of the parent's own namespace. */
    static boolean isLayout(Element parent, Node node) {
        return switch (node.getNodeType()) {
            case Node.TEXT_NODE -> node.getText().isBlank();
            case Node.NAMESPACE_NODE -> parent.getNamespace().equals(node);
            default -> false;
        };
    }
}

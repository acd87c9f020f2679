package org.igniterealtime.openfire.plugin.omemo.protocol;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.dom4j.Attribute;
import org.dom4j.DocumentHelper;
import org.dom4j.Element;
import org.dom4j.Namespace;
import org.dom4j.Node;
import org.dom4j.QName;

/** From dom4j's trees to XML and back, in loops: neither needs more stack for deeper elements. */
final class ElementTree {

    private ElementTree() {
    }

    /** An element and how much of it is written. */
    private static final class Cursor {

        private final Element element;
        private int next;

        Cursor(Element element) {
            this.element = element;
        }

        boolean atEnd() {
            return next == element.nodeCount();
        }

        Node advance() {
            return element.node(next++);
        }
    }

    /** @throws IllegalArgumentException if it holds something besides elements, attributes and text */
    static String write(Element root) {
        SelfContainedXml xml = new SelfContainedXml();
        Deque<Cursor> open = new ArrayDeque<>();
        xml.start(startTag(root));
        open.push(new Cursor(root));
        while (!open.isEmpty()) {
            Cursor cursor = open.peek();
            if (cursor.atEnd()) {
                xml.end();
                open.pop();
                continue;
            }
            Node node = cursor.advance();
            switch (node.getNodeType()) {
                case Node.ELEMENT_NODE -> {
                    xml.start(startTag((Element) node));
                    open.push(new Cursor((Element) node));
                }
                case Node.TEXT_NODE, Node.CDATA_SECTION_NODE -> xml.text(node.getText());
                case Node.NAMESPACE_NODE -> {
                    // Part of the start tag.
                }
                default -> throw new IllegalArgumentException(Flaw.UNEXPECTED_NODE.phrase());
            }
        }
        return xml.toString();
    }

    private static StartTag startTag(Element element) {
        Map<String, String> declarations = new HashMap<>();
        for (int i = 0; i < element.nodeCount(); i++) {
            if (element.node(i) instanceof Namespace namespace) {
                declarations.put(namespace.getPrefix(), namespace.getURI());
            }
        }
        List<StartTag.Attribute> attributes = new ArrayList<>(element.attributeCount());
        for (int i = 0; i < element.attributeCount(); i++) {
            Attribute attribute = element.attribute(i);
            Check.that(attribute.getNamespacePrefix().isEmpty() == attribute.getNamespaceURI().isEmpty(),
                    "an attribute in a namespace has a prefix");
            attributes.add(new StartTag.Attribute(attribute.getNamespacePrefix(), attribute.getNamespaceURI(),
                    attribute.getName(), attribute.getValue()));
        }
        return new StartTag(element.getNamespacePrefix(), element.getNamespaceURI(), element.getName(), declarations,
                attributes);
    }

    /** The one element of a document that has not been touched yet. */
    static Element read(RestrictedXml xml) throws MalformedElementException {
        Element root = null;
        Element current = null;
        for (;;) {
            switch (xml.next()) {
                case START -> {
                    Element begun = element(xml.startTag());
                    if (current == null) {
                        root = begun;
                    } else {
                        current.add(begun);
                    }
                    current = begun;
                }
                case TEXT -> current.addText(xml.text());
                case END -> current = current.getParent();
                case DONE -> {
                    return root;
                }
            }
        }
    }

    private static Element element(StartTag tag) {
        Element element = DocumentHelper.createElement(name(tag.prefix(), tag.namespace(), tag.name()));
        tag.declarations().forEach((prefix, namespace) -> {
            if (!prefix.equals(tag.prefix())) {
                element.add(namespace(prefix, namespace));
            }
        });
        for (StartTag.Attribute attribute : tag.attributes()) {
            element.addAttribute(name(attribute.prefix(), attribute.namespace(), attribute.name()),
                    attribute.value());
        }
        return element;
    }

    /** Not from dom4j's caches: they never forget a name, and these are chosen by others. */
    private static QName name(String prefix, String namespace, String name) {
        return new QName(name, namespace(prefix, namespace));
    }

    private static Namespace namespace(String prefix, String namespace) {
        return prefix.isEmpty() && namespace.isEmpty() ? Namespace.NO_NAMESPACE : new Namespace(prefix, namespace);
    }
}

package org.igniterealtime.openfire.plugin.omemo.policy;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.dom4j.Attribute;
import org.dom4j.Element;
import org.dom4j.Node;
import org.dom4j.QName;

/**
 * What a listed element may look like: its attributes, its text and its children, and nothing else. Built once, then
 * only read.
 */
final class Shape {

    /** More child nodes than any listed element needs. */
    private static final int MOST_NODES = 64;
    private final QName name;
    private final Set<Context> contexts;
    private final Map<String, Value> attributes = new HashMap<>();
    private final Map<String, Shape> children = new HashMap<>();
    private Value text;

    private Shape(QName name, Set<Context> contexts) {
        this.name = name;
        this.contexts = contexts;
    }

    static Shape of(String namespace, String name, Set<Context> contexts) {
        return new Shape(QName.get(name, namespace), Set.copyOf(contexts));
    }

    Shape attribute(String attribute, Value value) {
        attributes.put(attribute, value);
        return this;
    }

    Shape text(Value value) {
        text = value;
        return this;
    }

    /** A child in this element's namespace; returns the child. */
    Shape child(String childName) {
        Shape child = new Shape(QName.get(childName, name.getNamespace()), contexts);
        children.put(childName, child);
        return child;
    }

    QName name() {
        return name;
    }

    boolean isListedFor(Context context) {
        return contexts.contains(context);
    }

    /** The first thing in an element of this name that does not belong there. */
    Optional<Finding> finding(Element element, String where, Allowance allowance) {
        if (!allowance.take(element.getNamespacePrefix().length())) {
            return oversized(where);
        }
        for (int i = 0; i < element.attributeCount(); i++) {
            Attribute attribute = element.attribute(i);
            Value value = attribute.getNamespaceURI().isEmpty() ? attributes.get(attribute.getName()) : null;
            if (value == null || !value.admits(attribute.getValue())) {
                return unexpected(where + "/@[" + (i + 1) + "]");
            }
            if (value.isFree() && !allowance.take(attribute.getValue().length())) {
                return oversized(where + "/@[" + (i + 1) + "]");
            }
        }
        if (element.nodeCount() > MOST_NODES) {
            return Optional.of(Finding.exceeded(FindingCode.TOO_MANY_ELEMENTS, where, element.nodeCount(), MOST_NODES));
        }
        for (int i = 0; i < element.nodeCount(); i++) {
            Optional<Finding> finding = nodeFinding(element, element.node(i),
                where + "/[" + (i + 1) + "]", allowance);
            if (finding.isPresent()) {
                return finding;
            }
        }
        if (text == null) {
            return Optional.empty();
        }
        String written = element.getText().strip();
        if (!text.admits(written)) {
            return unexpected(where);
        }
        return text.isFree() && !allowance.take(written.length()) ? oversized(where) : Optional.empty();
    }

    private Optional<Finding> nodeFinding(Element parent, Node node, String where, Allowance allowance) {
        switch (node.getNodeType()) {
            case Node.ELEMENT_NODE -> {
                Element child = (Element) node;
                Shape shape = child.getNamespaceURI().equals(name.getNamespaceURI())
                    ? children.get(child.getName()) : null;
                return shape == null ? unexpected(where) : shape.finding(child, where, allowance);
            }
            case Node.TEXT_NODE, Node.CDATA_SECTION_NODE -> {
                return text != null || node.getText().isBlank() ? Optional.empty() : unexpected(where);
            }
            case Node.NAMESPACE_NODE -> {
                return parent.getNamespace().equals(node) ? Optional.empty() : unexpected(where);
            }
            default -> {
                return unexpected(where);
            }
        }
    }

    private static Optional<Finding> unexpected(String where) {
        return Optional.of(Finding.of(FindingCode.UNEXPECTED_CONTENT, where));
    }

    private static Optional<Finding> oversized(String where) {
        return Optional.of(Finding.of(FindingCode.OVERSIZED_VALUES, where));
    }
}

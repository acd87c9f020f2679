package org.igniterealtime.openfire.plugin.omemo.protocol;

import java.util.Optional;
import java.util.Set;
import org.dom4j.Attribute;
import org.dom4j.Element;
import org.dom4j.Namespace;
import org.dom4j.Node;

/**
 * Reads an element of one family's and refuses whatever the family's schema does not name. Every reader of this package
 * goes through it, so "strict" means the same for all.
 *
 * <p>Nodes and attributes are fetched by index, which dom4j answers without building lists and without changing the
 * element. Places are put into words only when something is wrong.
 */
final class StrictReader {

    /** Elements that come in numbers: their position is always told. */
    private static final Set<String> REPEATED = Set.of("keys", "key", "device", "pk", "preKeyPublic");

    /** Characters; enough for what libraries make up. */
    private static final int LONGEST_PREFIX = 16;

    private final Element root;
    private final Family family;

    private StrictReader(Element root, Family family) {
        this.root = root;
        this.family = family;
    }

    /**
     * A reader of this element.
     *
     * @param name what an element of this family must be called to be what the caller wants
     */
    static StrictReader of(Element root, Family family, String name) throws MalformedElementException {
        if (!root.getName().equals(name)) {
            throw new MalformedElementException(Flaw.WRONG_ELEMENT, name);
        }
        if (root.getNamespacePrefix().length() > LONGEST_PREFIX) {
            throw new MalformedElementException(Flaw.UNEXPECTED_NAMESPACE, name);
        }
        return new StrictReader(root, family);
    }

    /** The family whose namespace the element is in. */
    static Family familyOf(Element root, String name) throws MalformedElementException {
        Optional<Family> family = Family.ofNamespace(root.getNamespaceURI());
        if (family.isEmpty()) {
            throw new MalformedElementException(Flaw.UNKNOWN_NAMESPACE, name);
        }
        return family.get();
    }

    /**
     * The child element at this index among the parent's nodes, or null where a node says nothing (white space, the
     * declaration of the parent's own namespace). The caller judges its name.
     */
    Element child(Element parent, int index) throws MalformedElementException {
        Node node = parent.node(index);
        switch (node.getNodeType()) {
            case Node.ELEMENT_NODE:
                Element child = (Element) node;
                requireOwnNamespace(child);
                return child;
            case Node.TEXT_NODE, Node.CDATA_SECTION_NODE:
                if (!isWhiteSpace(node.getText())) {
                    throw flaw(Flaw.UNEXPECTED_TEXT, parent, "/text()");
                }
                return null;
            default:
                requireOwnNamespace(parent, node);
                return null;
        }
    }

    /** The attribute at this index, which must be in no namespace. The caller judges its name. */
    Attribute attribute(Element element, int index) throws MalformedElementException {
        Attribute attribute = element.attribute(index);
        if (!attribute.getNamespaceURI().isEmpty()) {
            throw unexpectedAttribute(element, index);
        }
        return attribute;
    }

    /** The value of the one attribute that the element may have, or null. */
    String onlyAttribute(Element element, String name) throws MalformedElementException {
        String value = null;
        int attributes = element.attributeCount();
        for (int i = 0; i < attributes; i++) {
            Attribute attribute = attribute(element, i);
            if (!attribute.getName().equals(name)) {
                throw unexpectedAttribute(element, i);
            }
            value = attribute.getValue();
        }
        return value;
    }

    void requireNoAttributes(Element element) throws MalformedElementException {
        if (element.attributeCount() > 0) {
            throw unexpectedAttribute(element, 0);
        }
    }

    void requireEmpty(Element element) throws MalformedElementException {
        for (int i = 0; i < element.nodeCount(); i++) {
            Element child = child(element, i);
            if (child != null) {
                throw unexpected(child);
            }
        }
    }

    /** The child that was met now, if it was not met before. */
    Element only(Element before, Element now) throws MalformedElementException {
        if (before != null) {
            throw flaw(Flaw.DUPLICATE_ELEMENT, now);
        }
        return now;
    }

    /**
     * The id in an attribute's value.
     *
     * @param value null if there was no such attribute
     */
    int id(Element element, String attribute, String value, IdRule rule) throws MalformedElementException {
        if (value == null) {
            throw flaw(rule.missing, element, "@" + attribute);
        }
        int id = Decimal.parse(value);
        if (id < rule.least) {
            throw flaw(id == Decimal.MALFORMED ? rule.notDecimal : rule.outOfRange, element, "@" + attribute);
        }
        return id;
    }

    /** The base64 in an element that holds nothing else, of a length within these bounds in bytes. */
    Base64Text base64(Element element, int minBytes, int maxBytes) throws MalformedElementException {
        return base64(element, "", text(element), minBytes, maxBytes);
    }

    /** The base64 in an attribute, given by its place and value, of a length within these bounds in bytes. */
    Base64Text base64(Element element, String place, String text, int minBytes, int maxBytes)
            throws MalformedElementException {
        int bytes = Base64Text.byteLength(text);
        if (bytes < minBytes || bytes > maxBytes) {
            throw flaw(Flaw.IMPLAUSIBLE_LENGTH, element, place, bytes, bytes < minBytes ? minBytes : maxBytes);
        }
        Optional<Base64Text> data = Base64Text.of(text);
        if (data.isEmpty()) {
            throw flaw(Flaw.INVALID_BASE64, element, place);
        }
        return data.get();
    }

    /** The text of an element that has no child elements. */
    String text(Element element) throws MalformedElementException {
        int nodes = element.nodeCount();
        if (nodes == 1) {
            Node only = element.node(0);
            if (isText(only)) {
                return only.getText();
            }
        }
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < nodes; i++) {
            Node node = element.node(i);
            if (isText(node)) {
                text.append(node.getText());
            } else if (node instanceof Element child) {
                throw unexpected(child);
            } else {
                requireOwnNamespace(element, node);
            }
        }
        return text.toString();
    }

    private static boolean isText(Node node) {
        int type = node.getNodeType();
        return type == Node.TEXT_NODE || type == Node.CDATA_SECTION_NODE;
    }

    static boolean isWhiteSpace(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (!isWhiteSpace(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    static boolean isWhiteSpace(char c) {
        return c == ' ' || c == '\n' || c == '\t' || c == '\r';
    }

    /** dom4j keeps declarations among the nodes, Openfire's parser even that of the element's own prefix. */
    private void requireOwnNamespace(Element parent, Node node) throws MalformedElementException {
        if (!(node instanceof Namespace namespace)) {
            throw flaw(Flaw.UNEXPECTED_NODE, parent, "/node()");
        }
        if (!namespace.getPrefix().equals(parent.getNamespacePrefix())
                || !namespace.getURI().equals(family.namespace())) {
            throw flaw(Flaw.UNEXPECTED_NAMESPACE, parent, "@xmlns:*");
        }
    }

    /** One prefix serves an element and all that is in it: prefixes are the sender's to choose, and carry text. */
    private void requireOwnNamespace(Element child) throws MalformedElementException {
        if (child.getNamespace().equals(root.getNamespace())) {
            return;
        }
        throw family.namespace().equals(child.getNamespaceURI())
            ? atPosition(Flaw.UNEXPECTED_NAMESPACE, child) : unexpected(child);
    }

    MalformedElementException unexpected(Element child) {
        return atPosition(Flaw.UNEXPECTED_ELEMENT, child);
    }

    /** The name of the child is the sender's, so that only its position can be told. */
    private MalformedElementException atPosition(Flaw flaw, Element child) {
        return flaw(flaw, child.getParent(), "/*[" + position(child, false) + "]");
    }

    MalformedElementException unexpectedAttribute(Element element, int index) {
        return flaw(Flaw.UNEXPECTED_ATTRIBUTE, element, "@*[" + (index + 1) + "]");
    }

    MalformedElementException flaw(Flaw flaw, Element element) {
        return flaw(flaw, element, "");
    }

    /** A flaw at a place inside the element, such as {@code @rid}. */
    MalformedElementException flaw(Flaw flaw, Element element, String place) {
        return new MalformedElementException(flaw, path(element) + place);
    }

    MalformedElementException flaw(Flaw flaw, Element element, String place, int value, int limit) {
        return new MalformedElementException(flaw, path(element) + place, value, limit);
    }

    /** Only elements that were read get here, so every name in it is one of the schema's. */
    private String path(Element element) {
        if (element == root) {
            return element.getName();
        }
        String step = path(element.getParent()) + "/" + element.getName();
        int position = position(element, true);
        return position > 1 || REPEATED.contains(element.getName()) ? step + "[" + position + "]" : step;
    }

    private static int position(Element element, boolean amongItsName) {
        Element parent = element.getParent();
        int position = 0;
        for (int i = 0; i < parent.nodeCount(); i++) {
            Node node = parent.node(i);
            if (node instanceof Element sibling
                    && (!amongItsName || sibling.getName().equals(element.getName()))) {
                position++;
            }
            if (node == element) {
                break;
            }
        }
        return position;
    }

    /** What an id is called when it is wrong, and where its range begins. */
    enum IdRule {
        SID(Flaw.MISSING_SID, Flaw.SID_NOT_DECIMAL, Flaw.SID_OUT_OF_RANGE, 1),
        RID(Flaw.MISSING_RID, Flaw.RID_NOT_DECIMAL, Flaw.RID_OUT_OF_RANGE, 1),
        DEVICE(Flaw.MISSING_ID, Flaw.ID_NOT_DECIMAL, Flaw.ID_OUT_OF_RANGE, 1),
        PREKEY(Flaw.MISSING_ID, Flaw.ID_NOT_DECIMAL, Flaw.ID_OUT_OF_RANGE, 0);

        private final Flaw missing;
        private final Flaw notDecimal;
        private final Flaw outOfRange;
        private final int least;

        IdRule(Flaw missing, Flaw notDecimal, Flaw outOfRange, int least) {
            this.missing = missing;
            this.notDecimal = notDecimal;
            this.outOfRange = outOfRange;
            this.least = least;
        }
    }
}

package org.igniterealtime.openfire.plugin.omemo.attack;

import java.util.ArrayList;
import java.util.List;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * An element as a receiver's parser, which is the JDK's and none of the server's, sees it.
 *
 * @param prefix       empty for none
 * @param declarations prefixes that are declared here, with their namespaces
 * @param text         what stands between its children, put together
 * @param comments     comments and processing instructions in it
 */
record Seen(String prefix, String namespace, String name, List<Attribute> attributes, List<Declaration> declarations,
            List<Seen> children, StringBuilder text, List<String> comments) {

    record Attribute(String prefix, String namespace, String name, String value) {
    }

    record Declaration(String prefix, String namespace) {
    }

    /** Reads the element whose start tag the reader is at; afterwards the reader is at its end tag. */
    static Seen read(XMLStreamReader reader) throws XMLStreamException {
        Seen seen = start(reader);
        while (true) {
            switch (reader.next()) {
                case XMLStreamConstants.START_ELEMENT -> seen.children.add(read(reader));
                case XMLStreamConstants.END_ELEMENT -> {
                    return seen;
                }
                case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA, XMLStreamConstants.SPACE ->
                    seen.text.append(reader.getText());
                case XMLStreamConstants.COMMENT -> seen.comments.add(reader.getText());
                case XMLStreamConstants.PROCESSING_INSTRUCTION ->
                    seen.comments.add(reader.getPITarget() + " " + reader.getPIData());
                default -> seen.comments.add("event " + reader.getEventType());
            }
        }
    }

    private static Seen start(XMLStreamReader reader) {
        List<Attribute> attributes = new ArrayList<>(reader.getAttributeCount());
        for (int i = 0; i < reader.getAttributeCount(); i++) {
            attributes.add(new Attribute(text(reader.getAttributePrefix(i)), text(reader.getAttributeNamespace(i)),
                reader.getAttributeLocalName(i), reader.getAttributeValue(i)));
        }
        List<Declaration> declarations = new ArrayList<>(reader.getNamespaceCount());
        for (int i = 0; i < reader.getNamespaceCount(); i++) {
            declarations.add(new Declaration(text(reader.getNamespacePrefix(i)), text(reader.getNamespaceURI(i))));
        }
        return new Seen(text(reader.getPrefix()), text(reader.getNamespaceURI()), reader.getLocalName(), attributes,
            declarations, new ArrayList<>(), new StringBuilder(), new ArrayList<>());
    }

    private static String text(String text) {
        return text == null ? "" : text;
    }

    /** The value of an attribute without namespace, or an empty string. */
    String attribute(String name) {
        for (Attribute attribute : attributes) {
            if (attribute.namespace.isEmpty() && attribute.name.equals(name)) {
                return attribute.value;
            }
        }
        return "";
    }

    boolean has(String childNamespace, String childName) {
        return children.stream().anyMatch(child -> child.name.equals(childName)
            && child.namespace.equals(childNamespace));
    }

    /** As XML, well enough to be looked at. */
    @Override
    public String toString() {
        StringBuilder xml = new StringBuilder("<").append(prefix).append(prefix.isEmpty() ? "" : ":").append(name);
        declarations.forEach(declaration -> xml.append(" xmlns").append(declaration.prefix.isEmpty() ? "" : ":")
            .append(declaration.prefix).append("=\"").append(declaration.namespace).append('"'));
        attributes.forEach(attribute -> xml.append(' ').append(attribute.prefix)
            .append(attribute.prefix.isEmpty() ? "" : ":").append(attribute.name).append("=\"")
            .append(Pen.escaped(attribute.value)).append('"'));
        xml.append('>').append(Pen.escaped(text.toString()));
        comments.forEach(comment -> xml.append("<!--").append(comment).append("-->"));
        children.forEach(xml::append);
        return xml.append("</").append(name).append('>').toString();
    }
}

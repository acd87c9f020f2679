package org.igniterealtime.openfire.plugin.omemo.protocol;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import javax.xml.XMLConstants;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * Reads XML as XMPP restricts it (RFC 6120, section 11.1), step by step: elements and text, namespaces respected. A
 * comment, a processing instruction, a document type or an entity of its own is a {@link Flaw#UNEXPECTED_NODE}, whatever
 * else is wrong a {@link Flaw#NOT_XML}.
 *
 * <p>The parser is the JDK's own, never one that happens to stand on a server's class path. It streams, so its stack does
 * not grow with the depth of the elements, and it resolves nothing. What exceeds its own limits is no XML to it: 200
 * attributes of one element, 1,000 characters of a name or a namespace.
 */
final class RestrictedXml {

    /** What comes next. */
    enum Step { START, TEXT, END, DONE }

    private static final Pattern DECLARATION = Pattern.compile("<\\?xml[ \t\r\n][^?<]*\\?>");

    /** The JDK compares each with each, and lets 10,000 of them in unless told otherwise (version 17). */
    private static final int MAX_ATTRIBUTES = 200;
    private static final int ANY_DEPTH = 0;
    private static final String JDK_LIMIT = "http://www.oracle.com/xml/jaxp/properties/";

    private final XMLStreamReader reader;
    private String place;

    /** @param place where flaws are to be found until {@link #at} tells otherwise */
    RestrictedXml(String xml, String place) throws MalformedElementException {
        this.place = place;
        requireElementFirst(xml);
        try {
            reader = factory().createXMLStreamReader(new StringReader(xml));
        } catch (XMLStreamException e) {
            throw new MalformedElementException(Flaw.NOT_XML, place);
        }
        // XML 1.1 has other characters, and a second encoding besides that of the bytes would be a lie.
        String version = reader.getVersion();
        String encoding = reader.getCharacterEncodingScheme();
        if (version != null && !version.equals("1.0") || encoding != null && !encoding.equalsIgnoreCase("UTF-8")) {
            throw new MalformedElementException(Flaw.NOT_XML, place);
        }
    }

    /**
     * Refuses what begins with something else than an element, apart from an XML declaration. The JDK's parser would report
     * a document type, but only when it has scanned it, and what it does not like there it prints on the standard error.
     */
    private void requireElementFirst(String xml) throws MalformedElementException {
        int start = DECLARATION.matcher(xml).lookingAt() ? xml.indexOf("?>") + 2 : 0;
        while (start < xml.length() && StrictReader.isWhiteSpace(xml.charAt(start))) {
            start++;
        }
        if (xml.startsWith("<!", start) || xml.startsWith("<?", start)) {
            throw unexpectedNode();
        }
    }

    /** One for each reader: the JDK's factory keeps the last reader it made, and with it a plaintext. */
    private static XMLInputFactory factory() {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.IS_NAMESPACE_AWARE, true);
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLConstants.ACCESS_EXTERNAL_DTD, "");
        limit(factory, "elementAttributeLimit", MAX_ATTRIBUTES);
        // Whoever reads counts the levels; the JDK's own limit may be set for other purposes.
        limit(factory, "maxElementDepth", ANY_DEPTH);
        factory.setXMLResolver((publicId, systemId, base, namespace) -> {
            throw new XMLStreamException();
        });
        return factory;
    }

    private static void limit(XMLInputFactory factory, String name, int limit) {
        if (factory.isPropertySupported(JDK_LIMIT + name)) {
            factory.setProperty(JDK_LIMIT + name, limit);
        }
    }

    /** Flaws are from now on at this place. */
    void at(String newPlace) {
        place = newPlace;
    }

    Step next() throws MalformedElementException {
        for (;;) {
            switch (event()) {
                case XMLStreamConstants.START_ELEMENT -> {
                    return Step.START;
                }
                case XMLStreamConstants.END_ELEMENT -> {
                    return Step.END;
                }
                case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> {
                    return Step.TEXT;
                }
                case XMLStreamConstants.END_DOCUMENT -> {
                    return Step.DONE;
                }
                case XMLStreamConstants.SPACE -> {
                    // Around the outermost element.
                }
                default -> throw unexpectedNode();
            }
        }
    }

    private int event() throws MalformedElementException {
        try {
            return reader.next();
        } catch (XMLStreamException e) {
            throw notXml();
        } catch (RuntimeException e) {
            // The JDK's parser meets some malformed documents with exceptions that its interface does not name.
            throw notXml();
        }
    }

    private MalformedElementException unexpectedNode() {
        return new MalformedElementException(Flaw.UNEXPECTED_NODE, place + "/node()");
    }

    private MalformedElementException notXml() {
        return new MalformedElementException(Flaw.NOT_XML, place);
    }

    /** The namespace of the element that begins here, empty if it is in none. */
    String namespace() {
        return given(reader.getNamespaceURI());
    }

    /** The local name of the element that begins here. */
    String name() {
        return reader.getLocalName();
    }

    int attributeCount() {
        return reader.getAttributeCount();
    }

    /** The name of an attribute, or empty if it is in a namespace. */
    String attributeName(int index) {
        return given(reader.getAttributeNamespace(index)).isEmpty() ? reader.getAttributeLocalName(index) : "";
    }

    String attributeValue(int index) {
        return reader.getAttributeValue(index);
    }

    /** The text met, which may be a part of what stands there. */
    String text() {
        return reader.getText();
    }

    /** All about the element that begins here. */
    StartTag startTag() throws MalformedElementException {
        Map<String, String> declarations = new HashMap<>();
        for (int i = 0; i < reader.getNamespaceCount(); i++) {
            declarations.put(colonless(given(reader.getNamespacePrefix(i))), given(reader.getNamespaceURI(i)));
        }
        List<StartTag.Attribute> attributes = new ArrayList<>(reader.getAttributeCount());
        for (int i = 0; i < reader.getAttributeCount(); i++) {
            attributes.add(new StartTag.Attribute(given(reader.getAttributePrefix(i)),
                    given(reader.getAttributeNamespace(i)), colonless(reader.getAttributeLocalName(i)),
                    reader.getAttributeValue(i)));
        }
        return new StartTag(given(reader.getPrefix()), namespace(), colonless(name()), declarations, attributes);
    }

    /** The JDK's parser takes a colon at the beginning for a letter; in XML with namespaces it is none. */
    private String colonless(String name) throws MalformedElementException {
        if (name.indexOf(':') >= 0) {
            throw notXml();
        }
        return name;
    }

    private static String given(String text) {
        return text == null ? "" : text;
    }

    /** Whether XML 1.0 has all of these characters. */
    static boolean hasOnlyXmlCharacters(String text) {
        return text.codePoints().allMatch(c -> c >= 0x20 && c < Character.MIN_SURROGATE || c == '\t' || c == '\n'
                || c == '\r' || c > Character.MAX_SURROGATE && c < 0xfffe || c >= 0x10000);
    }
}

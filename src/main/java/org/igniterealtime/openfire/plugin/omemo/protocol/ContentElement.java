package org.igniterealtime.openfire.plugin.omemo.protocol;

import java.util.List;
import java.util.Map;
import org.dom4j.Element;

/**
 * An element that somebody sends encrypted: a body, a reaction, a marker, a receipt, or one that nobody here knows. It is
 * kept as XML that needs no context and comes out as it went in: names, prefixes, attributes, text and white space.
 *
 * <p>Two are equal if they are written the same: with the same prefixes, and attributes in the same order.
 */
public final class ContentElement {

    static final String CLIENT_NAMESPACE = "jabber:client";
    static final String BODY = "body";

    private static final String NOWHERE = "*";

    private final String namespace;
    private final String name;
    private final String xml;

    private ContentElement(String namespace, String name, String xml) {
        this.namespace = namespace;
        this.name = name;
        this.xml = xml;
    }

    /**
     * A copy of this element, which is not changed.
     *
     * @throws IllegalArgumentException if it is in no namespace, or holds something besides elements, attributes and text,
     *                                  a name or character that XML does not have, or more than 200
     *                                  attributes at one place
     */
    public static ContentElement of(Element element) {
        Check.that(!element.getNamespaceURI().isEmpty(), Flaw.MISSING_NAMESPACE.phrase());
        String xml = ElementTree.write(element);
        Check.that(xml.equals(reread(xml)), Flaw.NOT_XML.phrase());
        return new ContentElement(element.getNamespaceURI(), element.getName(), xml);
    }

    /** What others will read. dom4j builds elements that no document can have. */
    private static String reread(String xml) {
        try {
            RestrictedXml reader = new RestrictedXml(xml, NOWHERE);
            SelfContainedXml copy = new SelfContainedXml();
            for (;;) {
                switch (reader.next()) {
                    case START -> copy.start(reader.startTag());
                    case TEXT -> copy.text(reader.text());
                    case END -> copy.end();
                    case DONE -> {
                        return copy.toString();
                    }
                }
            }
        } catch (MalformedElementException e) {
            throw new IllegalArgumentException(e.flaw().phrase());
        }
    }

    /**
     * The body of a chat message ({@code jabber:client}).
     *
     * @throws IllegalArgumentException if the text has a character that XML does not have
     */
    public static ContentElement body(String text) {
        Check.that(RestrictedXml.hasOnlyXmlCharacters(text), Flaw.NOT_XML.phrase());
        SelfContainedXml xml = new SelfContainedXml();
        xml.start(new StartTag("", CLIENT_NAMESPACE, BODY, Map.of(), List.of()));
        xml.text(text);
        xml.end();
        return new ContentElement(CLIENT_NAMESPACE, BODY, xml.toString());
    }

    /** What {@link SelfContainedXml} made of an element that was read, begun by this tag. */
    static ContentElement of(StartTag tag, SelfContainedXml xml) {
        return new ContentElement(tag.namespace(), tag.name(), xml.toString());
    }

    /** The namespace, which is never empty. */
    public String namespace() {
        return namespace;
    }

    /** The name without its prefix. */
    public String name() {
        return name;
    }

    /** The element as XML in which every namespace is declared. */
    public String xml() {
        return xml;
    }

    /** The text in the element itself, without that of its children. */
    public String text() {
        return toElement().getText();
    }

    /** The element as a new tree. It may be as deep as {@link SceLimits} let it be. */
    public Element toElement() {
        try {
            return ElementTree.read(new RestrictedXml(xml, NOWHERE));
        } catch (MalformedElementException e) {
            throw new IllegalStateException("what was written cannot be read", e);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ContentElement that && xml.equals(that.xml);
    }

    @Override
    public int hashCode() {
        return xml.hashCode();
    }

    /** The length only: what people encrypt has no place in logs. */
    @Override
    public String toString() {
        return "element of " + xml.length() + " characters";
    }
}

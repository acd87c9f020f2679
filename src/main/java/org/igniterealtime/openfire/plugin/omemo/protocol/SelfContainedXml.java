package org.igniterealtime.openfire.plugin.omemo.protocol;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import javax.xml.XMLConstants;

/**
 * Writes one element so that it can be put anywhere: every namespace that a name in it uses is declared in it, where the
 * name first needs it. Prefixes, declarations, attributes and text stay as they are, except that a declaration which says
 * nothing new is left out. Hence what is written, read and written again is the same text.
 */
final class SelfContainedXml {

    private static final String XML_PREFIX = XMLConstants.XML_NS_PREFIX;
    private static final String ONE_MEANING = "a prefix stands for one namespace";

    private final StringBuilder xml = new StringBuilder();
    private final Deque<Open> open = new ArrayDeque<>();
    /** What each prefix stands for, the innermost meaning first. */
    private final Map<String, Deque<String>> scope = new HashMap<>();
    private boolean insideTag;

    /** An element that has begun, and the prefixes declared in it. */
    private record Open(String name, Set<String> declared) {
    }

    /** @throws IllegalArgumentException if one prefix would stand for two namespaces here */
    void start(StartTag tag) {
        endTag();
        Map<String, String> declared = new TreeMap<>();
        tag.declarations().forEach((prefix, namespace) -> {
            // "No namespace" is declared where it is used.
            if (!namespace.isEmpty() && !prefix.equals(XML_PREFIX) && !namespace.equals(inScope(prefix))) {
                declared.put(prefix, namespace);
            }
        });
        use(tag.prefix(), tag.namespace(), declared);
        for (StartTag.Attribute attribute : tag.attributes()) {
            if (!attribute.prefix().isEmpty()) {
                use(attribute.prefix(), attribute.namespace(), declared);
            }
        }
        xml.append('<').append(tag.qualifiedName());
        declared.forEach((prefix, namespace) -> {
            scope.computeIfAbsent(prefix, key -> new ArrayDeque<>()).push(namespace);
            attribute(prefix.isEmpty() ? "xmlns" : "xmlns:" + prefix, namespace);
        });
        for (StartTag.Attribute attribute : tag.attributes()) {
            attribute(attribute.qualifiedName(), attribute.value());
        }
        insideTag = true;
        open.push(new Open(tag.qualifiedName(), declared.keySet()));
    }

    private void use(String prefix, String namespace, Map<String, String> declared) {
        if (prefix.equals(XML_PREFIX)) {
            Check.that(namespace.equals(XMLConstants.XML_NS_URI), ONE_MEANING);
            return;
        }
        String declaredHere = declared.get(prefix);
        String meaning = declaredHere == null ? inScope(prefix) : declaredHere;
        if (!namespace.equals(meaning)) {
            Check.that(declaredHere == null, ONE_MEANING);
            declared.put(prefix, namespace);
        }
    }

    /** What a prefix stands for, or null if that is not said in what is written. */
    private String inScope(String prefix) {
        Deque<String> meanings = scope.get(prefix);
        return meanings == null ? null : meanings.peek();
    }

    private void attribute(String name, String value) {
        xml.append(' ').append(name).append("='");
        escape(value, true);
        xml.append('\'');
    }

    void text(String text) {
        if (!text.isEmpty()) {
            endTag();
            escape(text, false);
        }
    }

    void end() {
        Open element = open.pop();
        if (insideTag) {
            xml.append("/>");
            insideTag = false;
        } else {
            xml.append("</").append(element.name()).append('>');
        }
        element.declared().forEach(prefix -> scope.get(prefix).pop());
    }

    private void endTag() {
        if (insideTag) {
            xml.append('>');
            insideTag = false;
        }
    }

    /** How many elements have begun and not ended. */
    int depth() {
        return open.size();
    }

    /** The number of characters written. */
    int length() {
        return xml.length();
    }

    @Override
    public String toString() {
        return xml.toString();
    }

    /** This as the text of an element. */
    static String escape(String text) {
        SelfContainedXml escaped = new SelfContainedXml();
        escaped.escape(text, false);
        return escaped.toString();
    }

    /** This as an attribute's value between apostrophes. */
    static String escapeInAttribute(String value) {
        SelfContainedXml escaped = new SelfContainedXml();
        escaped.escape(value, true);
        return escaped.toString();
    }

    private void escape(String text, boolean inAttribute) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '&' -> xml.append("&amp;");
                case '<' -> xml.append("&lt;");
                case '>' -> xml.append("&gt;");
                // What parsers would turn into other white space.
                case '\r' -> xml.append("&#13;");
                case '\n' -> xml.append(inAttribute ? "&#10;" : "\n");
                case '\t' -> xml.append(inAttribute ? "&#9;" : "\t");
                case '\'' -> xml.append(inAttribute ? "&apos;" : "'");
                default -> xml.append(c);
            }
        }
    }
}

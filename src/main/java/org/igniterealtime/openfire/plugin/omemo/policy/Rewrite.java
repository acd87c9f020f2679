package org.igniterealtime.openfire.plugin.omemo.policy;

import java.util.ArrayList;
import java.util.List;
import org.dom4j.Element;
import org.dom4j.Namespace;
import org.dom4j.Node;
import org.dom4j.QName;

/** The changes that make a stanza fit to pass: decided without touching it, carried out by {@link #applyTo}. */
public final class Rewrite {

    private record Removal(Element parent, Node node) {
    }

    private final List<Removal> removals = new ArrayList<>();
    private boolean empties;
    private boolean plain;
    private String body;
    private String bodyLanguage;
    private final List<String> fallbacks = new ArrayList<>();

    Rewrite remove(Element parent, Node node) {
        removals.add(new Removal(parent, node));
        return this;
    }

    /** Takes out everything. */
    Rewrite empty() {
        empties = true;
        return this;
    }

    /** Takes the stanza itself out of its namespace, as Openfire does with those in the stream's. */
    Rewrite plainName() {
        plain = true;
        return this;
    }

    /** Puts one body in the place of those that are removed. */
    Rewrite body(String text, String language) {
        body = text;
        bodyLanguage = language;
        return this;
    }

    /** Labels the body as standing in for what is in this namespace (XEP-0428). */
    Rewrite fallbackFrom(String namespace) {
        fallbacks.add(namespace);
        return this;
    }

    boolean isNothing() {
        return removals.isEmpty() && !empties && !plain && body == null;
    }

    /** Changes the stanza for which this rewrite was decided. */
    public void applyTo(Element stanza) {
        if (empties) {
            stanza.clearContent();
        }
        removals.forEach(removal -> removal.parent().remove(removal.node()));
        if (plain) {
            Nodes.of(stanza).stream().filter(Namespace.class::isInstance).forEach(stanza::remove);
            stanza.setQName(new QName(stanza.getName()));
        }
        if (body != null) {
            Element element = stanza.addElement(new QName("body", stanza.getNamespace()));
            element.addAttribute(new QName("lang", Namespace.XML_NAMESPACE), bodyLanguage);
            element.setText(body);
        }
        fallbacks.forEach(namespace -> stanza.addElement(Allowlist.FALLBACK).addAttribute("for", namespace));
    }
}

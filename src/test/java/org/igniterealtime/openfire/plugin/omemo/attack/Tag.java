package org.igniterealtime.openfire.plugin.omemo.attack;

import java.util.ArrayList;
import java.util.List;

/** An element to be sent, as the grammar of XMPP has it. How it is spelt is up to {@link Pen}. */
final class Tag {

    /** An attribute with its name as it is written, prefix included. */
    record Attribute(String name, String value) {
    }

    /** Something that stands between tags. */
    sealed interface Content permits Child, Text, Raw {
    }

    record Child(Tag tag) implements Content {
    }

    /** Text, to be spelt in any way that a parser reads as this. */
    record Text(String text) implements Content {
    }

    /** Markup that goes out as it is. */
    record Raw(String xml) implements Content {
    }

    /** Empty where the stanza's own namespace is meant. */
    String namespace;
    String name;
    final List<Attribute> attributes = new ArrayList<>();
    final List<Content> content = new ArrayList<>();

    Tag(String namespace, String name) {
        this.namespace = namespace;
        this.name = name;
    }

    /** Writes {@code x@namespace}. */
    static Tag x(String namespace) {
        return new Tag(namespace, "x");
    }

    Tag with(String attribute, String value) {
        attributes.removeIf(before -> before.name().equals(attribute));
        attributes.add(new Attribute(attribute, value));
        return this;
    }

    Tag with(Tag... children) {
        for (Tag child : children) {
            content.add(new Child(child));
        }
        return this;
    }

    Tag text(String text) {
        content.add(new Text(text));
        return this;
    }

    Tag raw(String xml) {
        content.add(new Raw(xml));
        return this;
    }

    /** Itself and all elements in it, itself first. */
    List<Tag> all() {
        List<Tag> all = new ArrayList<>();
        collect(all);
        return all;
    }

    private void collect(List<Tag> all) {
        all.add(this);
        for (Content part : content) {
            if (part instanceof Child child) {
                child.tag().collect(all);
            }
        }
    }

    /** A copy that can be changed by itself. */
    Tag copy() {
        Tag copy = new Tag(namespace, name);
        copy.attributes.addAll(attributes);
        for (Content part : content) {
            copy.content.add(part instanceof Child child ? new Child(child.tag().copy()) : part);
        }
        return copy;
    }
}

package org.igniterealtime.openfire.plugin.omemo.protocol;

import java.util.List;
import java.util.Map;

/**
 * The beginning of an element, from whatever source.
 *
 * @param prefix       may be empty, never null; so are the other strings
 * @param namespace    what the prefix stands for
 * @param name         the local name
 * @param declarations the namespaces that are declared here, by their prefixes; empty for "no namespace"
 * @param attributes   in their order
 */
record StartTag(String prefix, String namespace, String name, Map<String, String> declarations,
        List<Attribute> attributes) {

    record Attribute(String prefix, String namespace, String name, String value) {

        String qualifiedName() {
            return qualified(prefix, name);
        }
    }

    String qualifiedName() {
        return qualified(prefix, name);
    }

    private static String qualified(String prefix, String name) {
        return prefix.isEmpty() ? name : prefix + ':' + name;
    }
}

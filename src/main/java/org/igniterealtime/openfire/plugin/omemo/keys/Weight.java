package org.igniterealtime.openfire.plugin.omemo.keys;

import java.util.ArrayDeque;
import java.util.Deque;
import org.dom4j.Element;
import org.dom4j.Node;

/**
 * How much an element holds, counted only until it is too much. It runs before anything else looks at the element, needs
 * no stack for deep ones, and never asks an element for its whole text.
 */
final class Weight {

    /** Characters in names, values and text: several times a bundle of 1,000 prekeys. */
    static final int MOST_CHARACTERS = 256 * 1024;

    /** Nodes and attributes: several times a bundle of 1,000 prekeys. */
    static final int MOST_NODES = 16 * 1024;

    private long characters;
    private long nodes;

    private Weight() {
    }

    static boolean isTooMuch(Element root) {
        return !new Weight().carries(root);
    }

    private boolean carries(Element root) {
        Deque<Element> open = new ArrayDeque<>();
        open.push(root);
        while (!open.isEmpty()) {
            Element element = open.pop();
            if (!add(element.attributeCount() + element.nodeCount(), element.getName().length())) {
                return false;
            }
            for (int i = 0; i < element.attributeCount(); i++) {
                if (!add(0, element.attribute(i).getName().length() + element.attribute(i).getValue().length())) {
                    return false;
                }
            }
            for (int i = 0; i < element.nodeCount(); i++) {
                Node node = element.node(i);
                if (node instanceof Element child) {
                    open.push(child);
                } else if (node.getText() != null && !add(0, node.getText().length())) {
                    return false;
                }
            }
        }
        return true;
    }

    private boolean add(int moreNodes, int moreCharacters) {
        nodes += moreNodes;
        characters += moreCharacters;
        return nodes <= MOST_NODES && characters <= MOST_CHARACTERS;
    }
}

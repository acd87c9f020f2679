package org.igniterealtime.openfire.plugin.omemo.keys;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.dom4j.Element;
import org.igniterealtime.openfire.plugin.omemo.protocol.BareJid;
import org.igniterealtime.openfire.plugin.omemo.protocol.Family;

/**
 * A question to a room for the keys of all its members: {@code <keys/>}, paged (XEP-0059).
 *
 * @param families which families' keys are wanted
 * @param most     how many accounts one answer may tell of; 0 if only their number is wanted
 * @param after    the last account that was told before; it need not be a member any more
 */
public record RoomKeysRequest(Set<Family> families, int most, Optional<BareJid> after) {

    /** The namespace of the question and of its answer. */
    public static final String NAMESPACE = "urn:igniterealtime:openfire:omemo:0";

    /** The name of the element. */
    public static final String ELEMENT = "keys";

    static final String PAGES = "http://jabber.org/protocol/rsm";
    static final int USUALLY = 20;
    static final int AT_MOST = 50;

    private static final int MOST_CHILDREN = 1 + Family.values().length;

    public RoomKeysRequest {
        families = Set.copyOf(families);
    }

    /**
     * Reads the question. All of it must be understood: it is refused if there is anything else in it.
     *
     * @return empty if it is malformed
     */
    public static Optional<RoomKeysRequest> of(Element keys) {
        if (!is(keys, ELEMENT, NAMESPACE) || keys.attributeCount() != 0 || keys.nodeCount() > 3 * MOST_CHILDREN) {
            return Optional.empty();
        }
        Set<Family> families = EnumSet.noneOf(Family.class);
        Element page = null;
        for (Element child : keys.elements()) {
            if (is(child, "family", NAMESPACE)) {
                Optional<Family> family = Family.ofNamespace(child.getTextTrim());
                if (family.isEmpty() || !families.add(family.get())) {
                    return Optional.empty();
                }
            } else if (is(child, "set", PAGES) && page == null) {
                page = child;
            } else {
                return Optional.empty();
            }
        }
        return page(families.isEmpty() ? EnumSet.allOf(Family.class) : families, page);
    }

    private static Optional<RoomKeysRequest> page(Set<Family> families, Element page) {
        int most = USUALLY;
        Optional<BareJid> after = Optional.empty();
        List<Element> children = page == null ? List.of() : page.elements();
        if (children.size() > 2 || children.size() == 2 && children.get(0).getName().equals(children.get(1).getName())) {
            return Optional.empty();
        }
        for (Element child : children) {
            String text = child.getTextTrim();
            if (is(child, "max", PAGES) && text.matches("[0-9]{1,20}")) {
                most = text.length() > 9 ? AT_MOST : Math.min(AT_MOST, Integer.parseInt(text));
            } else if (is(child, "after", PAGES)) {
                after = BareJid.of(text);
                if (after.isEmpty() && !text.isEmpty()) {
                    return Optional.empty();
                }
            } else {
                return Optional.empty();
            }
        }
        return Optional.of(new RoomKeysRequest(families, most, after));
    }

    private static boolean is(Element element, String name, String namespace) {
        return element.getName().equals(name) && element.getNamespaceURI().equals(namespace);
    }
}

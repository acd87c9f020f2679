package org.igniterealtime.openfire.plugin.omemo.keys;

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.dom4j.Element;
import org.igniterealtime.openfire.plugin.omemo.protocol.Family;

/**
 * A question for what is in an OMEMO node (XEP-0060, section 6.5): all of it, the newest items, or those with certain ids.
 *
 * @param node    the node's name
 * @param ids     the ids asked for, each once; empty for all
 * @param newest  how many items at most, if none are asked for by id
 */
public record KeyRequest(String node, Set<String> ids, int newest) {

    private static final String PUBSUB = "http://jabber.org/protocol/pubsub";

    /**
     * Recognises such a question. Whatever is unusual about one leaves it to others: nothing but what is understood is
     * answered.
     *
     * @param pubsub the child of an IQ of type get
     */
    public static Optional<KeyRequest> of(Element pubsub) {
        List<Element> children = pubsub.elements();
        if (children.size() != 1 || !isPubSub(pubsub, "pubsub") || !isPubSub(children.get(0), "items")) {
            return Optional.empty();
        }
        Element items = children.get(0);
        String node = items.attributeValue("node");
        String limit = items.attributeValue("max_items");
        if (node == null || Family.ofNode(node).isEmpty() || items.attributeCount() != (limit == null ? 1 : 2)) {
            return Optional.empty();
        }
        if (limit != null) {
            return limit.matches("[1-9][0-9]{0,8}") && items.elements().isEmpty()
                ? Optional.of(new KeyRequest(node, Set.of(), Integer.parseInt(limit))) : Optional.empty();
        }
        return ids(items).map(ids -> new KeyRequest(node, ids, Integer.MAX_VALUE));
    }

    private static Optional<Set<String>> ids(Element items) {
        Set<String> ids = new LinkedHashSet<>();
        for (int i = 0; i < items.nodeCount(); i++) {
            if (items.node(i) instanceof Element item) {
                if (!isPubSub(item, "item") || item.nodeCount() != 0 || item.attributeCount() != 1
                    || item.attributeValue("id") == null) {
                    return Optional.empty();
                }
                ids.add(item.attributeValue("id"));
            }
        }
        return Optional.of(ids);
    }

    private static boolean isPubSub(Element element, String name) {
        return element.getName().equals(name) && element.getNamespaceURI().equals(PUBSUB);
    }

    /**
     * The answer, {@code <pubsub/>}, in the form in which it goes to the wire, oldest items first. An id that is not there is left out, as
     * Openfire does it.
     *
     * @param found the node that is asked for
     */
    public String answer(PublishedNode found) {
        StringBuilder answer = new StringBuilder(1024)
            .append("<pubsub xmlns=\"").append(PUBSUB).append("\"><items node=\"").append(node).append("\">");
        if (ids.isEmpty()) {
            List<String> chosen = found.items().keySet().stream().limit(newest).collect(Collectors.toList());
            // As Openfire delivers them.
            Collections.reverse(chosen);
            chosen.forEach(id -> append(answer, id, found.items().get(id)));
        }
        for (String id : ids) {
            String payload = found.items().get(id);
            if (payload != null) {
                append(answer, id, payload);
            }
        }
        return answer.append("</items></pubsub>").toString();
    }

    static void append(StringBuilder answer, String id, String payload) {
        answer.append("<item id=\"").append(XmlText.attribute(id)).append("\">").append(payload).append("</item>");
    }
}

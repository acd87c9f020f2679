package org.igniterealtime.openfire.plugin.omemo.policy;

import org.dom4j.Attribute;
import org.dom4j.Element;
import org.dom4j.Node;

/**
 * A message of type error may pass with its {@code <error>} alone, and that with its condition alone. Rooms need it to
 * find clients that are gone.
 */
final class ErrorRule {

    private static final String CONDITIONS = "urn:ietf:params:xml:ns:xmpp-stanzas";

    private ErrorRule() {
    }

    static void judge(Element message, Judgement judgement) {
        if (message.nodeCount() > MessageJudge.MOST_NODES) {
            judgement.rewrite().empty();
            return;
        }
        boolean errorSeen = false;
        for (Node node : Nodes.of(message)) {
            if (!errorSeen && node instanceof Element child && Nodes.isOwn(child, "error")
                && child.nodeCount() <= MessageJudge.MOST_NODES) {
                errorSeen = true;
                error(child, judgement);
            } else {
                judgement.remove(Finding.of(FindingCode.ERROR_CONTENT, "message"), message, node);
            }
        }
    }

    private static void error(Element error, Judgement judgement) {
        for (Node node : Nodes.of(error)) {
            if (!(node instanceof Element child && isCondition(child))) {
                judgement.remove(Finding.of(FindingCode.ERROR_CONTENT, "message/error"), error, node);
            }
        }
        for (int i = 0; i < error.attributeCount(); i++) {
            Attribute attribute = error.attribute(i);
            if (!attribute.getNamespaceURI().isEmpty() || !switch (attribute.getName()) {
                case "type" -> Value.WORD.admits(attribute.getValue());
                case "code" -> Value.NUMBER.admits(attribute.getValue());
                case "by" -> Value.JID.admits(attribute.getValue());
                default -> false;
            }) {
                judgement.remove(Finding.of(FindingCode.ERROR_CONTENT, "message/error"), error, attribute);
            }
        }
    }

    private static boolean isCondition(Element child) {
        return child.getNamespaceURI().equals(CONDITIONS) && Value.WORD.admits(child.getName())
            && !child.getName().equals("text") && child.attributeCount() == 0
            && Nodes.of(child).stream().allMatch(node -> Nodes.isLayout(child, node));
    }
}

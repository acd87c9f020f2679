package org.igniterealtime.openfire.plugin.omemo.policy;

import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.dom4j.Element;
import org.dom4j.Node;
import org.dom4j.QName;

/**
 * Judges a presence to a room, which shows it to everybody. Its {@code <status>} and whatever is not listed here is taken
 * out; a presence is never refused.
 */
public final class PresenceJudge {

    private static final Map<QName, Shape> SHAPES = new HashMap<>();

    static {
        list("", "show").text(Value.SHOW);
        list("", "priority").text(Value.PRIORITY);
        Shape join = list("http://jabber.org/protocol/muc", "x");
        join.child("password").text(Value.ID);
        join.child("history").optional("maxchars", Value.NUMBER).optional("maxstanzas", Value.NUMBER)
            .optional("seconds", Value.NUMBER).optional("since", Value.TIMESTAMP);
        list("http://jabber.org/protocol/caps", "c").optional("hash", Value.WORD).attribute("node", Value.URI)
            .attribute("ver", Value.DIGEST).optional("ext", Value.WORD);
        list("vcard-temp:x:update", "x").child("photo").text(Value.DIGEST);
        list("urn:xmpp:idle:1", "idle").attribute("since", Value.TIMESTAMP);
        list("urn:xmpp:delay", "delay").attribute("stamp", Value.TIMESTAMP).optional("from", Value.JID);
    }

    private PresenceJudge() {
    }

    private static Shape list(String namespace, String name) {
        Shape shape = Shape.of(namespace, name, EnumSet.noneOf(Context.class));
        SHAPES.put(shape.name(), shape);
        return shape;
    }

    /** Judges one presence, entering, changing or leaving alike. */
    public static Verdict judge(Element presence, Policy policy, Sender sender) {
        Judgement judgement = new Judgement();
        if (!presence.getNamespaceURI().isEmpty()) {
            judgement.takeOutOfNamespace(Finding.of(FindingCode.UNLISTED_ATTRIBUTE, "presence"));
        }
        if (presence.nodeCount() > MessageJudge.MOST_NODES) {
            judgement.rewrite().empty();
            return judgement.on(sender, policy);
        }
        Allowance allowance = new Allowance();
        judgement.removeUnlistedAttributes(presence);
        Set<QName> seen = new HashSet<>();
        for (Node node : Nodes.of(presence)) {
            finding(presence, node, policy, seen, allowance)
                .ifPresent(finding -> judgement.remove(finding, presence, node));
        }
        return judgement.on(sender, policy);
    }

    private static Optional<Finding> finding(Element presence, Node node, Policy policy, Set<QName> seen,
                                             Allowance allowance) {
        if (!(node instanceof Element child)) {
            return Nodes.isLayout(presence, node) ? Optional.empty()
                : Optional.of(Finding.of(FindingCode.UNLISTED_TEXT, "presence"));
        }
        if (Nodes.isOwn(child, "status") && Nodes.isText(child)) {
            return policy.presenceStatus() == Policy.PresenceStatus.PASS ? Optional.empty()
                : Optional.of(Finding.of(FindingCode.PRESENCE_STATUS, "presence/status"));
        }
        Shape shape = SHAPES.get(child.getQName());
        if (shape == null || !seen.add(child.getQName())) {
            return Optional.of(Finding.of(FindingCode.UNLISTED_ELEMENT, "presence"));
        }
        return shape.finding(child, "presence/" + child.getName(), allowance);
    }
}

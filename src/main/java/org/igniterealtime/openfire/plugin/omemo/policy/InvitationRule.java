package org.igniterealtime.openfire.plugin.omemo.policy;

import org.dom4j.Attribute;
import org.dom4j.Element;
import org.dom4j.Node;

/**
 * Mediated invitations and their declines (XEP-0045, §7.8.2), and direct ones (XEP-0249). Openfire passes on to the
 * invited everything that stands beside the invitation, so only the invitation itself is left. A decline comes from
 * somebody who is not in the room.
 */
final class InvitationRule {

    private InvitationRule() {
    }

    static boolean applies(Element message) {
        for (int i = 0; i < message.nodeCount(); i++) {
            if (message.node(i) instanceof Element child && isInvitation(child)) {
                return true;
            }
        }
        return false;
    }

    /** The one that Openfire carries out: a mediated one if there is any. It hands all others to the invited. */
    private static Element carriedOut(Element message) {
        Element first = null;
        for (int i = 0; i < message.nodeCount(); i++) {
            if (message.node(i) instanceof Element child && isInvitation(child)) {
                if (child.getNamespaceURI().equals(Allowlist.MUC_USER)) {
                    return child;
                }
                first = first == null ? child : first;
            }
        }
        return first;
    }

    private static boolean isInvitation(Element child) {
        return child.getName().equals("x") && switch (child.getNamespaceURI()) {
            case Allowlist.MUC_USER -> child.element("invite") != null || child.element("decline") != null;
            case Allowlist.DIRECT_INVITATION -> true;
            default -> false;
        };
    }

    static void judge(Element message, Policy policy, Judgement judgement) {
        boolean keepsReason = policy.invitationReason() == Policy.InvitationReason.KEEP;
        Element child = carriedOut(message);
        for (int i = 0; i < message.nodeCount(); i++) {
            Node node = message.node(i);
            if (node != child) {
                removeUnlessLayout(message, node, judgement);
            } else if (child.nodeCount() > MessageJudge.MOST_NODES) {
                judgement.refuse(Finding.exceeded(FindingCode.TOO_MANY_ELEMENTS, "message/x", child.nodeCount(),
                    MessageJudge.MOST_NODES));
            } else if (child.getNamespaceURI().equals(Allowlist.DIRECT_INVITATION)) {
                invitation(child, keepsReason, judgement);
            } else {
                mediated(child, keepsReason, judgement);
            }
        }
    }

    private static void mediated(Element x, boolean keepsReason, Judgement judgement) {
        for (int i = 0; i < x.nodeCount(); i++) {
            Node node = x.node(i);
            if (node instanceof Element child && child.getNamespaceURI().equals(Allowlist.MUC_USER)
                && (child.getName().equals("invite") || child.getName().equals("decline"))
                && child.nodeCount() <= MessageJudge.MOST_NODES) {
                if (!isAddressed(child)) {
                    judgement.refuse(finding());
                }
                invitation(child, keepsReason, judgement);
            } else {
                removeUnlessLayout(x, node, judgement);
            }
        }
    }

    /** Openfire logs an address that it cannot read, with a stack trace. */
    private static boolean isAddressed(Element invitation) {
        String to = invitation.attributeValue("to");
        return to != null && Value.JID.admits(to);
    }

    /** Leaves the address, the thread that is continued, and the reason where the policy keeps it. */
    private static void invitation(Element invitation, boolean keepsReason, Judgement judgement) {
        for (int i = 0; i < invitation.attributeCount(); i++) {
            Attribute attribute = invitation.attribute(i);
            boolean listed = attribute.getNamespaceURI().isEmpty() && switch (attribute.getName()) {
                case "to", "from", "jid" -> Value.JID.admits(attribute.getValue());
                case "thread" -> Value.ID.admits(attribute.getValue());
                case "continue" -> Value.BOOLEAN.admits(attribute.getValue());
                case "reason" -> keepsReason;
                default -> false;
            };
            if (!listed) {
                judgement.remove(finding(), invitation, attribute);
            }
        }
        for (int i = 0; i < invitation.nodeCount(); i++) {
            Node node = invitation.node(i);
            if (!(node instanceof Element child && isListed(child, keepsReason))) {
                removeUnlessLayout(invitation, node, judgement);
            }
        }
    }

    private static boolean isListed(Element child, boolean keepsReason) {
        if (!child.getNamespaceURI().equals(Allowlist.MUC_USER)) {
            return false;
        }
        return switch (child.getName()) {
            case "reason" -> keepsReason && child.attributeCount() == 0 && Nodes.isText(child);
            case "continue" -> child.nodeCount() == 0 && (child.attributeCount() == 0 || child.attributeCount() == 1
                && child.attributeValue("thread") != null && Value.ID.admits(child.attributeValue("thread")));
            default -> false;
        };
    }

    private static void removeUnlessLayout(Element parent, Node node, Judgement judgement) {
        if (!Nodes.isLayout(parent, node)) {
            judgement.remove(finding(), parent, node);
        }
    }

    private static Finding finding() {
        return Finding.of(FindingCode.INVITATION_CONTENT, "message/x");
    }
}

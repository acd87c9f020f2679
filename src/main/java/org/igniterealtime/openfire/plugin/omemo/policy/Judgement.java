package org.igniterealtime.openfire.plugin.omemo.policy;

import java.util.ArrayList;
import java.util.List;
import org.dom4j.Element;
import org.dom4j.Node;

/** A verdict in the making: what was found so far, what would have to be removed, and whether that is enough. */
final class Judgement {

    private final List<Finding> findings = new ArrayList<>();
    private final List<Finding> observed = new ArrayList<>();
    private final Rewrite rewrite = new Rewrite();
    private boolean refused;

    /** Nothing that could be removed would make this stanza fit to pass. */
    void refuse(Finding finding) {
        findings.add(finding);
        refused = true;
    }

    /** The operator wants to know, and nothing more. */
    void observe(Finding finding) {
        observed.add(finding);
    }

    /** Something could not be observed: no finding about the sender, and said once. */
    void failed() {
        if (observed.stream().noneMatch(finding -> finding.code() == FindingCode.INTERNAL_FAILURE)) {
            observed.add(Finding.of(FindingCode.INTERNAL_FAILURE, "message"));
        }
    }

    /** The stanza is fit to pass without this node. */
    void remove(Finding finding, Element parent, Node node) {
        findings.add(finding);
        rewrite.remove(parent, node);
    }

    /** The stanza is fit to pass without the attributes that XMPP does not give it. */
    void removeUnlistedAttributes(Element stanza) {
        boolean any = false;
        for (int i = 0; i < stanza.attributeCount(); i++) {
            if (!StanzaAttributes.isListed(stanza.attribute(i))) {
                rewrite.remove(stanza, stanza.attribute(i));
                any = true;
            }
        }
        if (any) {
            findings.add(Finding.of(FindingCode.UNLISTED_ATTRIBUTE, stanza.getName() + "/@"));
        }
    }

    /** Whether nothing that was found so far refuses the stanza. */
    boolean mayPass() {
        return !refused;
    }

    /** The stanza is fit to pass outside of its namespace. */
    void takeOutOfNamespace(Finding finding) {
        findings.add(finding);
        rewrite.plainName();
    }

    /** Changes that nobody needs to be told of. */
    Rewrite rewrite() {
        return rewrite;
    }

    /**
     * The verdict on what one sender sent.
     *
     * <p>Whoever is not in the room is left to it: rooms answer such senders themselves, and a refusal of ours would
     * tell them that the room has a policy. What they sent is emptied all the same, since they may be in the room by
     * the time the room looks.
     */
    Verdict on(Sender sender, Policy policy) {
        if (!refused && rewrite.isNothing() && observed.isEmpty()) {
            return Verdict.PASS;
        }
        if (findings.stream().noneMatch(finding -> finding.code().isTypeTrick())
            && policy.exemptions().stream().anyMatch(exemption -> exemption.covers(sender))) {
            return Verdict.PASS;
        }
        if (!refused) {
            return rewrite.isNothing() ? new Verdict.Pass(List.copyOf(observed))
                : new Verdict.PassRewritten(List.copyOf(findings), List.copyOf(observed), rewrite);
        }
        return sender.occupant().isPresent()
            ? new Verdict.Refuse(List.copyOf(findings), List.copyOf(observed))
            : new Verdict.PassRewritten(List.of(), List.of(), new Rewrite().empty());
    }
}

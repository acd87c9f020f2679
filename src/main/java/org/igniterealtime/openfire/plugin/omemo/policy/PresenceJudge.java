package org.igniterealtime.openfire.plugin.omemo.policy;

import org.dom4j.Element;

/** Judges a presence to a room: the room shows its {@code <status>} to everybody, readable. */
public final class PresenceJudge {

    private PresenceJudge() {
    }

    /** Judges one presence, entering, changing or leaving alike. */
    public static Verdict judge(Element presence, Policy policy, Sender sender) {
        Judgement judgement = new Judgement();
        if (policy.presenceStatus() == Policy.PresenceStatus.REMOVE) {
            if (presence.nodeCount() > MessageJudge.MOST_NODES) {
                judgement.rewrite().empty();
            } else {
                for (int i = 0; i < presence.nodeCount(); i++) {
                    if (presence.node(i) instanceof Element child && child.getName().equals("status")) {
                        judgement.remove(Finding.of(FindingCode.PRESENCE_STATUS, "presence/status"), presence, child);
                    }
                }
            }
        }
        return judgement.on(sender, policy);
    }
}

package org.igniterealtime.openfire.plugin.omemo.policy;

import java.time.LocalDate;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.igniterealtime.openfire.plugin.omemo.protocol.EncryptedLimits;
import org.igniterealtime.openfire.plugin.omemo.protocol.Family;

/**
 * The rules of one room (POLICY.md). Immutable; {@link PolicyText} reads and writes its one-line form.
 *
 * @param mode how far it is carried out
 * @param families the families of which the room accepts {@code <encrypted>}; never empty
 * @param fallbackBody what becomes of a {@code <body>} beside an accepted {@code <encrypted>}
 * @param history whether encrypted messages without a {@code <body>} are kept in the room's history
 * @param unlisted what becomes of anything not on the allowlist beside an accepted {@code <encrypted>}
 * @param subject who may set the room's subject, which is readable by the server by nature
 * @param reactions whether emoji reactions in the clear may pass
 * @param invitationReason whether the reason in a mediated invitation or its decline is kept
 * @param privateMessages whether messages to single occupants fall under the policy
 * @param presenceStatus whether a presence's status text is kept
 * @param maxKeys how many keys one {@code <encrypted>} may carry
 * @param checks how far headers are held against what the server knows
 * @param plan what becomes of mode and families, and when
 * @param exemptions whom the policy does not bind
 */
public record Policy(Mode mode, Set<Family> families, FallbackBody fallbackBody, History history, Unlisted unlisted,
                     Subject subject, Reactions reactions, InvitationReason invitationReason,
                     PrivateMessages privateMessages, PresenceStatus presenceStatus, int maxKeys,
                     Checks checks, Plan plan, List<Exemption> exemptions) {

    /** Replaced by our fixed text, taken out (room history then drops the message), or reason to refuse. */
    public enum FallbackBody { REPLACE, REMOVE, REFUSE }

    /** Kept by a fallback body of ours, unless bodies are removed or refused, or left for Openfire to drop. */
    public enum History { KEEP, DROP }

    /** Taken out, or reason to refuse. */
    public enum Unlisted { REMOVE, REFUSE }

    /** Nobody, owners and admins, moderators, or every occupant. */
    public enum Subject { NOBODY, ADMINS, MODERATORS, EVERYONE }

    /** Emoji reactions (XEP-0444) in the clear. */
    public enum Reactions { PASS, REFUSE }

    /** The text of an invitation, which its recipient reads. */
    public enum InvitationReason { REMOVE, KEEP }

    /** Under the same rules, outside the policy, or forbidden. */
    public enum PrivateMessages { COVERED, UNCOVERED, FORBIDDEN }

    /** The text that a presence shows to the room. */
    public enum PresenceStatus { REMOVE, PASS }

    public Policy {
        families = Set.copyOf(families);
        exemptions = List.copyOf(exemptions);
        if (families.isEmpty() || maxKeys < 1) {
            throw new IllegalArgumentException("A policy accepts at least one family and one key");
        }
    }

    /** What holds where nobody has said anything. */
    public static final Policy OFF = of(Mode.OFF);

    /** What holds in a room whose policy cannot be read: all of it is carried out, and nothing is mended. */
    public static final Policy UNREADABLE = of(Mode.ENFORCE).refusingUnlisted();

    /** A policy of this mode with every other rule as POLICY.md has it by default. */
    public static Policy of(Mode mode) {
        return new Policy(mode, EnumSet.allOf(Family.class), FallbackBody.REPLACE, History.KEEP, Unlisted.REMOVE,
            Subject.NOBODY, Reactions.PASS, InvitationReason.REMOVE, PrivateMessages.COVERED, PresenceStatus.REMOVE,
            EncryptedLimits.DEFAULT.maxKeys(), Checks.USUAL, Plan.NONE, List.of());
    }

    /** Of two policies the one that is carried further. */
    public static Policy stricter(Policy one, Policy other) {
        return one.mode().compareTo(other.mode()) >= 0 ? one : other;
    }

    /** The same rules under another mode. */
    public Policy withMode(Mode other) {
        return new Policy(other, families, fallbackBody, history, unlisted, subject, reactions,
            invitationReason, privateMessages, presenceStatus, maxKeys, checks, plan, exemptions);
    }

    /** As it holds on a day: the plan's steps up to then are taken, the others are still ahead. */
    public Policy on(LocalDate today) {
        if (plan.equals(Plan.NONE)) {
            return this;
        }
        Set<Family> taken = EnumSet.copyOf(families);
        if (plan.endsLegacy(today) && taken.size() > 1) {
            taken.remove(Family.LEGACY);
        }
        return new Policy(plan.mode(mode, today), taken, fallbackBody, history, unlisted, subject, reactions,
            invitationReason, privateMessages, presenceStatus, maxKeys, checks, plan.after(today), exemptions);
    }

    /** The same rules for other families. */
    public Policy withFamilies(Set<Family> others) {
        return new Policy(mode, others, fallbackBody, history, unlisted, subject, reactions,
            invitationReason, privateMessages, presenceStatus, maxKeys, checks, plan, exemptions);
    }

    private Policy refusingUnlisted() {
        return new Policy(mode, families, fallbackBody, history, Unlisted.REFUSE, subject, reactions,
            invitationReason, privateMessages, presenceStatus, maxKeys, checks, plan, exemptions);
    }
}

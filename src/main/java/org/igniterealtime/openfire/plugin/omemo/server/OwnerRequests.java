package org.igniterealtime.openfire.plugin.omemo.server;

import java.util.Optional;
import java.util.function.Supplier;
import org.igniterealtime.openfire.plugin.omemo.policy.Affiliation;
import org.igniterealtime.openfire.plugin.omemo.policy.Finding;
import org.igniterealtime.openfire.plugin.omemo.policy.FindingCode;
import org.igniterealtime.openfire.plugin.omemo.policy.Governance;
import org.igniterealtime.openfire.plugin.omemo.policy.Mode;
import org.igniterealtime.openfire.plugin.omemo.policy.OwnerForm;
import org.igniterealtime.openfire.plugin.omemo.policy.OwnerForm.Answer;
import org.igniterealtime.openfire.plugin.omemo.policy.Policy;
import org.igniterealtime.openfire.plugin.omemo.policy.PolicyBook;
import org.igniterealtime.openfire.plugin.omemo.policy.PolicyFields;
import org.igniterealtime.openfire.plugin.omemo.protocol.BareJid;
import org.xmpp.packet.IQ;
import org.xmpp.packet.JID;

/** Judges what owners want of their rooms, before the rooms see it: the configuration, and the policy. */
final class OwnerRequests {

    private final Supplier<PolicyBook> policies;
    private final Supplier<Governance> governance;
    private final Rooms rooms;
    private final OwnerChoices choices;

    OwnerRequests(Supplier<PolicyBook> policies, Supplier<Governance> governance, Rooms rooms, OwnerChoices choices) {
        this.policies = policies;
        this.governance = governance;
        this.rooms = rooms;
        this.choices = choices;
    }

    /**
     * Judges a form and makes it such that the room can have it. Whether the sender is an owner is the room's to say; it is
     * asked here only before a policy is taken from the form.
     *
     * @return why it is refused, if it is
     * @throws IllegalStateException when the room cannot be asked
     */
    Optional<Finding> judge(IQ request, OwnerForm form) {
        JID room = request.getTo().asBareJID();
        PolicyBook book = policies.get();
        Policy operators = book.operatorsPolicyOf(room.toString(), room.getDomain());
        Policy policy = book.policyOf(room.toString(), room.getDomain());
        Optional<PolicyFields.Wish> wish = Optional.empty();
        if (form.policyFields().exist()) {
            wish = form.policyFields().wish(policy);
            form.policyFields().remove();
            if (wish.isEmpty()) {
                return Optional.of(Finding.of(FindingCode.AMBIGUOUS_CONFIGURATION, "policy"));
            }
            Policy now = policy;
            wish = wish.filter(asked -> asked.mode() != now.mode() || !asked.families().equals(now.families()))
                .filter(asked -> isOwner(room, request.getFrom()));
        }
        if (wish.isPresent()) {
            PolicyFields.Wish asked = wish.get();
            if (!book.bounds().allow(operators, asked.mode(), asked.families()) || !choices.canHold(room)) {
                return Optional.of(Finding.of(FindingCode.POLICY_OUT_OF_BOUNDS, "policy"));
            }
            policy = operators.withMode(asked.mode()).withFamilies(asked.families());
        }
        Optional<Finding> refusal = policy.mode() == Mode.ENFORCE ? judgeConfiguration(room, form) : Optional.empty();
        if (refusal.isEmpty()) {
            wish.ifPresent(asked -> choices.expect(request, asked));
        }
        return refusal;
    }

    private Optional<Finding> judgeConfiguration(JID room, OwnerForm form) {
        Governance rules = governance.get();
        Optional<RoomConfiguration> now = rooms.configuration(room);
        if (rules.preparesRooms() && now.filter(RoomConfiguration::isNew).isPresent()) {
            form.prepare();
        }
        form.normalise();
        if (rules.semiAnonymous() == Governance.Response.FORBID && form.nonAnonymous() == Answer.AMBIGUOUS) {
            return Optional.of(Finding.of(FindingCode.AMBIGUOUS_CONFIGURATION, "muc#roomconfig_whois"));
        }
        if (rules.open() == Governance.Response.FORBID && form.membersOnly() == Answer.AMBIGUOUS) {
            return Optional.of(Finding.of(FindingCode.AMBIGUOUS_CONFIGURATION, "muc#roomconfig_membersonly"));
        }
        // A room that does not exist may do so in a moment, and then in whatever way.
        return rules.forbidden(
            willBe(form.nonAnonymous(), now.filter(RoomConfiguration::nonAnonymous).isPresent()),
            willBe(form.membersOnly(), now.filter(RoomConfiguration::membersOnly).isPresent())).stream().findFirst();
    }

    private static boolean willBe(Answer answer, boolean now) {
        return answer == Answer.NONE ? now : answer == Answer.YES;
    }

    /** Admins of a chat service are owners of all its rooms while they are inside. */
    private boolean isOwner(JID room, JID sender) {
        return BareJid.of(sender.toBareJID()).flatMap(account ->
            rooms.people(room).map(people -> people.owners().include(account))).orElse(false)
            || rooms.occupant(room, sender).filter(inside -> inside.affiliation() == Affiliation.OWNER).isPresent();
    }
}

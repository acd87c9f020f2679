package org.igniterealtime.openfire.plugin.omemo.server;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.igniterealtime.openfire.plugin.omemo.policy.Policy;
import org.igniterealtime.openfire.plugin.omemo.policy.PolicyBook;
import org.igniterealtime.openfire.plugin.omemo.policy.PolicyFields;
import org.igniterealtime.openfire.plugin.omemo.policy.PolicyText;
import org.jivesoftware.openfire.security.SecurityAuditManager;
import org.jivesoftware.util.JiveGlobals;
import org.jivesoftware.util.StringUtils;
import org.xmpp.packet.IQ;
import org.xmpp.packet.JID;

/**
 * The policies that owners choose for their rooms, each in a property of the server. A choice is part of the room's
 * configuration: it comes into force when the room accepts the form that it came with, and goes with the room.
 */
final class OwnerChoices {

    /** Rooms for which there is a choice. Every room could be somebody's who makes as many as he can. */
    static final int MOST = 10_000;

    /** Openfire keeps no longer names of properties. */
    private static final int LONGEST_NAME = 100;
    private static final int MOST_WAITING = 10_000;
    /** In characters; some databases take no more. */
    private static final int LONGEST_OWNER = 60;
    private static final int LONGEST_SUMMARY = 250;

    /** A request that a room has not answered yet. */
    private record Request(String to, String sender, String id) {
    }

    private final Supplier<PolicyBook> policies;
    private final Cache<Request, PolicyFields.Wish> waiting = Caffeine.newBuilder()
        .maximumSize(MOST_WAITING).expireAfterWrite(Duration.ofMinutes(1)).executor(Runnable::run).build();

    OwnerChoices(Supplier<PolicyBook> policies) {
        this.policies = policies;
    }

    /** Whether a choice for this room can be kept. */
    boolean canHold(JID room) {
        PolicyBook book = policies.get();
        return new Scope.Owner(room.toString()).property().length() <= LONGEST_NAME
            && (book.chosen().containsKey(room.toString()) || book.chosen().size() < MOST);
    }

    /** An owner asks for a policy with a request that the room is about to see. */
    void expect(IQ request, PolicyFields.Wish wish) {
        waiting.put(new Request(request.getTo().toString(), request.getFrom().toString(), request.getID()), wish);
    }

    /** Takes what was asked for with a request that a room now answers. */
    Optional<PolicyFields.Wish> answered(IQ answer) {
        return Optional.ofNullable(waiting.asMap()
            .remove(new Request(answer.getFrom().toString(), answer.getTo().toString(), answer.getID())));
    }

    /**
     * Puts a choice in force. One that says what the operator says anyway is none. It is written to the database while the
     * owner waits, as Openfire does with the rest of the form.
     */
    void store(JID room, PolicyFields.Wish wish, JID owner) {
        String property = new Scope.Owner(room.toString()).property();
        Policy operators = policies.get().operatorsPolicyOf(room.toString(), room.getDomain());
        String before = JiveGlobals.getProperty(property, "nothing");
        String after = "nothing";
        if (wish.mode() == operators.mode() && wish.families().equals(operators.families())) {
            JiveGlobals.deleteProperty(property);
        } else {
            after = PolicyText.format(Policy.of(wish.mode()).withFamilies(wish.families()));
            JiveGlobals.setProperty(property, after);
        }
        SecurityAuditManager.getInstance().logEvent(StringUtils.abbreviate(owner.toBareJID(), LONGEST_OWNER),
            StringUtils.abbreviate("OMEMO: as an owner, chose a policy for " + room, LONGEST_SUMMARY),
            property + ": " + before + " -> " + after);
    }

    /** A room is gone. */
    void forget(JID room) {
        if (policies.get().chosen().containsKey(room.toString())) {
            JiveGlobals.deleteProperty(new Scope.Owner(room.toString()).property());
        }
    }
}

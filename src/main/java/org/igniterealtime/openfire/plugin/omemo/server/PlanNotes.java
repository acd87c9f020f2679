package org.igniterealtime.openfire.plugin.omemo.server;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.igniterealtime.openfire.plugin.omemo.policy.Plan;
import org.igniterealtime.openfire.plugin.omemo.policy.PolicyBook;
import org.igniterealtime.openfire.plugin.omemo.policy.Texts;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xmpp.packet.JID;
import org.xmpp.packet.Packet;

/**
 * Tells those who enter a room, or say something in it, what its policy is about to become (POLICY.md, "Moving"): once per
 * account, room and day.
 */
final class PlanNotes {

    private static final Logger LOG = LoggerFactory.getLogger(PlanNotes.class);
    private static final int MOST_REMEMBERED = 100_000;

    private record Reader(String account, String room, LocalDate day) {
    }

    private final Supplier<PolicyBook> policies;
    private final Predicate<JID> isPerson;
    private final ReaderLanguages languages;
    private final Consumer<Packet> notes;
    private final Clock clock;
    private final Cache<Reader, Boolean> told = Caffeine.newBuilder()
        .maximumSize(MOST_REMEMBERED).expireAfterWrite(Duration.ofDays(1)).executor(Runnable::run).build();

    /**
     * @param isPerson whether an address is none of a component
     * @param notes where they go
     * @param clock tells the time, and the zone in which days begin
     */
    PlanNotes(Supplier<PolicyBook> policies, Predicate<JID> isPerson, ReaderLanguages languages, Consumer<Packet> notes,
              Clock clock) {
        this.policies = policies;
        this.isPerson = isPerson;
        this.languages = languages;
        this.notes = notes;
        this.clock = clock;
    }

    /** Somebody is in a room. A failure must not keep anybody from being there. */
    void present(JID room, JID user) {
        try {
            tell(room, user);
        } catch (RuntimeException e) {
            LOG.warn("What is planned for room {} could not be told: {}", room.toBareJID(), e.toString());
        }
    }

    private void tell(JID room, JID user) {
        Plan plan = policies.get().policyOf(room.toBareJID(), room.getDomain()).plan();
        if (plan.equals(Plan.NONE)) {
            return;
        }
        LocalDate today = LocalDate.now(clock);
        Reader reader = new Reader(user.toBareJID(), room.toBareJID(), today);
        if (told.getIfPresent(reader) != null || !isPerson.test(user)) {
            return;
        }
        Texts texts = Texts.in(languages.of(user));
        Optional<String> ahead = texts.ahead(plan, today);
        if (ahead.isPresent() && told.asMap().putIfAbsent(reader, Boolean.TRUE) == null) {
            notes.accept(RoomNote.of(room, user, ahead.get(), texts.language()));
        }
    }
}

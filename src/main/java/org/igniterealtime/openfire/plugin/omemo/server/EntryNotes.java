package org.igniterealtime.openfire.plugin.omemo.server;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.igniterealtime.openfire.plugin.omemo.keys.Readiness;
import org.igniterealtime.openfire.plugin.omemo.policy.Mode;
import org.igniterealtime.openfire.plugin.omemo.policy.Policy;
import org.igniterealtime.openfire.plugin.omemo.policy.PolicyBook;
import org.igniterealtime.openfire.plugin.omemo.policy.Texts;
import org.igniterealtime.openfire.plugin.omemo.protocol.BareJid;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xmpp.packet.JID;
import org.xmpp.packet.Packet;
import org.xmpp.packet.Presence;

/**
 * Tells those who enter an enforced room and have no device that could take part what can be done: once per account, room
 * and day. Only what is known for certain is told: nothing of accounts on other servers, nor of keys that cannot be read.
 */
final class EntryNotes implements AutoCloseable {

    /** A client that has just logged in may be about to publish its keys. */
    static final int PATIENCE_SECONDS = 10;

    private static final Logger LOG = LoggerFactory.getLogger(EntryNotes.class);
    private static final int LOOKS = 3;
    private static final int MOST_WAITING = 5_000;
    private static final int MOST_REMEMBERED = 100_000;

    private record Entry(BareJid account, String room) {
    }

    private final Supplier<PolicyBook> policies;
    private final Rooms rooms;
    private final Predicate<BareJid> isLocal;
    private final Function<BareJid, Optional<Readiness>> readiness;
    private final ReaderLanguages languages;
    private final Consumer<Packet> notes;
    private final ScheduledExecutorService clock;
    private final AtomicInteger waiting = new AtomicInteger();
    private final Cache<Entry, Boolean> told = Caffeine.newBuilder()
        .maximumSize(MOST_REMEMBERED).expireAfterWrite(Duration.ofDays(1)).executor(Runnable::run).build();

    /**
     * @param isLocal whether an address belongs to an account of this server
     * @param readiness what is known of an account, empty if nothing is yet
     * @param notes where they go
     * @param clock its thread does all the work; it is shut down with this
     */
    EntryNotes(Supplier<PolicyBook> policies, Rooms rooms, Predicate<BareJid> isLocal,
               Function<BareJid, Optional<Readiness>> readiness, ReaderLanguages languages, Consumer<Packet> notes,
               ScheduledExecutorService clock) {
        this.policies = policies;
        this.rooms = rooms;
        this.isLocal = isLocal;
        this.readiness = readiness;
        this.languages = languages;
        this.notes = notes;
        this.clock = clock;
    }

    /** Somebody has entered a room. It returns at once. */
    void entered(JID room, JID user) {
        if (policyOf(room).mode() != Mode.ENFORCE) {
            return;
        }
        Optional<BareJid> account = BareJid.of(user.toBareJID()).filter(isLocal)
            .filter(known -> told.getIfPresent(new Entry(known, room.toBareJID())) == null);
        if (account.isPresent()) {
            if (waiting.incrementAndGet() > MOST_WAITING) {
                waiting.decrementAndGet();
            } else {
                // What is not known yet is looked for meanwhile.
                readiness.apply(account.get());
                look(room, user, account.get(), LOOKS);
            }
        }
    }

    private void look(JID room, JID user, BareJid account, int looks) {
        try {
            clock.schedule(() -> {
                if (isSettled(room, user, account) || looks == 1) {
                    waiting.decrementAndGet();
                } else {
                    look(room, user, account, looks - 1);
                }
            }, PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (RejectedExecutionException e) {
            waiting.decrementAndGet();
        }
    }

    /** Whether there is nothing more to be seen. */
    private boolean isSettled(JID room, JID user, BareJid account) {
        try {
            Policy policy = policyOf(room);
            if (policy.mode() != Mode.ENFORCE || rooms.occupant(room, user).isEmpty() || isExempt(room, user, policy)) {
                return true;
            }
            Optional<Readiness> known = readiness.apply(account);
            known.map(found -> found.in(policy.families()))
                .filter(state -> state == Readiness.State.NO_DEVICE || state == Readiness.State.BROKEN)
                .ifPresent(state -> tell(room, user, account, policy));
            return known.isPresent();
        } catch (RuntimeException e) {
            LOG.warn("Who has entered room {} could not be looked at: {}", room.toBareJID(), e.toString());
            return true;
        }
    }

    private boolean isExempt(JID room, JID user, Policy policy) {
        Presence entry = new Presence();
        entry.setFrom(user);
        entry.setTo(room);
        PacketSender sender = new PacketSender(entry, null, rooms);
        return policy.exemptions().stream().anyMatch(exemption -> exemption.covers(sender));
    }

    private void tell(JID room, JID user, BareJid account, Policy policy) {
        if (told.asMap().putIfAbsent(new Entry(account, room.toBareJID()), Boolean.TRUE) != null) {
            return;
        }
        Texts texts = Texts.in(languages.of(user));
        notes.accept(RoomNote.of(room, user, texts.withoutDevice(policy.families()), texts.language()));
    }

    private Policy policyOf(JID room) {
        return policies.get().policyOf(room.toBareJID(), room.getDomain());
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }
}

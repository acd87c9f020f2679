package org.igniterealtime.openfire.plugin.omemo.server;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.igniterealtime.openfire.plugin.omemo.keys.Addressees;
import org.igniterealtime.openfire.plugin.omemo.keys.Coverage;
import org.igniterealtime.openfire.plugin.omemo.keys.CoverageLog;
import org.igniterealtime.openfire.plugin.omemo.keys.Member;
import org.igniterealtime.openfire.plugin.omemo.keys.Readiness;
import org.igniterealtime.openfire.plugin.omemo.protocol.BareJid;
import org.igniterealtime.openfire.plugin.omemo.stats.Unanswered;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xmpp.packet.JID;

/**
 * Looks at which devices encrypted messages are for: counts what is sent to each, and notes whom messages to rooms leave out.
 * It is done in the background; a message that finds no room to wait is not looked at, and counted.
 */
final class CoverageWatch implements DeliveryWatch, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(CoverageWatch.class);
    private static final int MOST_MESSAGES_WAITING = 1_000;
    /** Of all messages that wait. */
    private static final int MOST_DEVICES_WAITING = 200_000;
    private static final int MOST_PEOPLE = RoomDirectory.MOST_PEOPLE;
    private static final int MOST_ROOMS = 1_000;
    private static final Duration PEOPLE_TRUST = Duration.ofSeconds(2);
    /** So often, and after so long, it is asked again for keys that are yet to be looked at. */
    private static final List<Duration> DELAYS = List.of(Duration.ofSeconds(1), Duration.ofSeconds(4), Duration.ofSeconds(10));

    private final Rooms rooms;
    private final Predicate<BareJid> isLocal;
    private final Function<BareJid, Optional<Readiness>> keys;
    private final Unanswered unanswered;
    private final CoverageLog log = new CoverageLog();
    private final Cache<String, People> people = Caffeine.newBuilder().maximumSize(MOST_ROOMS)
        .expireAfterWrite(PEOPLE_TRUST).executor(Runnable::run).build();
    private final ScheduledExecutorService worker = Workers.clock("omemo-coverage");
    private final AtomicInteger messagesWaiting = new AtomicInteger();
    private final AtomicInteger devicesWaiting = new AtomicInteger();
    private final LongAdder missed = new LongAdder();
    private final InstantSource clock;
    private volatile Instant since;

    /** @param inside full JIDs */
    private record People(Set<BareJid> all, Set<JID> inside) {
    }

    /**
     * @param isLocal whether an address belongs to an account of this server
     * @param keys    what is known of such an account, at once
     */
    CoverageWatch(Rooms rooms, Predicate<BareJid> isLocal, Function<BareJid, Optional<Readiness>> keys, Unanswered unanswered,
                  InstantSource clock) {
        this.rooms = rooms;
        this.isLocal = isLocal;
        this.keys = keys;
        this.unanswered = unanswered;
        this.clock = clock;
        since = clock.instant();
    }

    @Override
    public void toRoom(JID room, JID from, List<Addressees> message) {
        begin(new Look(from, message, () -> people(room, from), Optional.of(room.toBareJID())));
    }

    @Override
    public void toOccupant(JID room, JID from, List<Addressees> message) {
        begin(new Look(from, message, () -> people(room, from), Optional.empty()));
    }

    @Override
    public void toUser(JID user, JID from, List<Addressees> message) {
        begin(new Look(from, message, () -> {
            Set<BareJid> both = new HashSet<>();
            BareJid.of(from.toBareJID()).ifPresent(both::add);
            BareJid.of(user.toBareJID()).ifPresent(both::add);
            return both;
        }, Optional.empty()));
    }

    private void begin(Look look) {
        int messages = messagesWaiting.incrementAndGet();
        int devices = devicesWaiting.addAndGet(look.size);
        if (messages > MOST_MESSAGES_WAITING || devices > MOST_DEVICES_WAITING) {
            miss(look);
        } else {
            execute(look, Duration.ZERO);
        }
    }

    private void execute(Look look, Duration delay) {
        try {
            worker.schedule(look, delay.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            miss(look);
        }
    }

    private void miss(Look look) {
        missed.increment();
        end(look);
    }

    private void end(Look look) {
        messagesWaiting.decrementAndGet();
        devicesWaiting.addAndGet(-look.size);
    }

    /** A look at one message, in the background. Members whose keys are yet to be looked at are waited for a while. */
    private final class Look implements Runnable {

        private final JID from;
        private final List<Addressees> message;
        private final Supplier<Set<BareJid>> accounts;
        private final Optional<String> room;
        private final Instant time = clock.instant();
        private final int size;
        private List<Member> members;
        private int attempts;

        /**
         * @param accounts for whom it is; nobody if it is not to be looked at
         * @param room     if everybody in it should be able to read it
         */
        Look(JID from, List<Addressees> message, Supplier<Set<BareJid>> accounts, Optional<String> room) {
            this.from = from;
            this.message = message;
            this.accounts = accounts;
            this.room = room;
            size = message.stream().mapToInt(Addressees::size).sum();
        }

        @Override
        public void run() {
            try {
                members = members == null ? accounts.get().stream().map(CoverageWatch.this::member).toList()
                    : members.stream().map(member -> isPending(member) ? member(member.account()) : member).toList();
                if (attempts < DELAYS.size() && members.stream().anyMatch(CoverageWatch.this::isPending)) {
                    execute(this, DELAYS.get(attempts++));
                    return;
                }
                if (!members.isEmpty()) {
                    finish(BareJid.of(from.toBareJID()).orElseThrow());
                }
                end(this);
            } catch (RuntimeException e) {
                LOG.debug("It was not looked at whom a message leaves out: {}", e.toString());
                miss(this);
            }
        }

        private void finish(BareJid sender) {
            message.forEach(addressees -> count(members, sender, addressees, time));
            if (room.isPresent() && message.stream().anyMatch(Addressees::hasPayload)) {
                log.note(room.get(), time, Coverage.of(members, sender, message));
            }
        }
    }

    private Member member(BareJid account) {
        return new Member(account, isLocal.test(account) ? keys.apply(account) : Optional.empty());
    }

    private boolean isPending(Member member) {
        return member.keys().isEmpty() && isLocal.test(member.account());
    }

    /** Nobody if the sender is not inside: the room refuses what strangers send. But one may just have come. */
    private Set<BareJid> people(JID room, JID from) {
        People found = people.get(room.toBareJID(), address -> look(room));
        if (!found.inside.contains(from)) {
            found = look(room);
            people.put(room.toBareJID(), found);
        }
        return found.inside.contains(from) ? found.all : Set.of();
    }

    private People look(JID room) {
        return rooms.people(room).map(found -> new People(found.all(MOST_PEOPLE), Set.copyOf(found.occupants())))
            .orElseGet(() -> new People(Set.of(), Set.of()));
    }

    private void count(List<Member> members, BareJid sender, Addressees addressees, Instant time) {
        Addressees.Lookup lookup = addressees.lookup();
        for (Member member : members) {
            Addressees.Ids reached = lookup.of(member.account());
            boolean isSender = member.account().equals(sender);
            for (int device : member.keys().map(found -> found.devices(addressees.family())).orElse(List.of())) {
                if (reached.contain(device) && !(isSender && device == addressees.sid())) {
                    unanswered.sent(member.account().toString(), addressees.family(), device, time.toEpochMilli());
                }
            }
        }
    }

    /** Whom the last messages to a room leave out. */
    CoverageLog log() {
        return log;
    }

    /** Since when messages are looked at. */
    Instant since() {
        return since;
    }

    /** How many messages were not looked at since the beginning, although they should have been. */
    long missed() {
        return missed.sum();
    }

    /** Begins anew. */
    @Override
    public void clear() {
        log.clear();
        since = clock.instant();
    }

    /** What is yet to be looked at is not. */
    @Override
    public void close() {
        worker.shutdownNow();
    }
}

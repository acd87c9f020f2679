package org.igniterealtime.openfire.plugin.omemo.server;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import java.util.function.Predicate;
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
final class CoverageWatch implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(CoverageWatch.class);
    private static final int MOST_MESSAGES_WAITING = 1_000;
    /** Of all messages that wait. */
    private static final int MOST_DEVICES_WAITING = 200_000;
    private static final int MOST_PEOPLE = RoomDirectory.MOST_PEOPLE;
    private static final int MOST_ROOMS = 1_000;
    private static final Duration PEOPLE_TRUST = Duration.ofSeconds(2);

    private final Rooms rooms;
    private final Predicate<BareJid> isLocal;
    private final Function<BareJid, Optional<Readiness>> keys;
    private final Unanswered unanswered;
    private final CoverageLog log = new CoverageLog();
    private final Cache<String, People> people = Caffeine.newBuilder().maximumSize(MOST_ROOMS)
        .expireAfterWrite(PEOPLE_TRUST).executor(Runnable::run).build();
    private final ThreadPoolExecutor worker = Workers.of("omemo-coverage", 1, MOST_MESSAGES_WAITING);
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

    /** A message to everybody in a room has passed. It returns at once, as do the others. */
    void toRoom(JID room, JID from, List<Addressees> message) {
        Instant time = clock.instant();
        later(message, () -> {
            People present = people(room, from);
            if (!present.inside.contains(from)) {
                return;
            }
            List<Member> members = members(present.all);
            BareJid sender = BareJid.of(from.toBareJID()).orElseThrow();
            count(members, sender, message, time);
            if (message.stream().anyMatch(Addressees::hasPayload)) {
                log.note(room.toBareJID(), time, Coverage.of(members, sender, message));
            }
        });
    }

    /** A message to one occupant of a room has passed. */
    void toOccupant(JID room, JID from, List<Addressees> message) {
        Instant time = clock.instant();
        later(message, () -> {
            People present = people(room, from);
            if (present.inside.contains(from)) {
                count(members(present.all), BareJid.of(from.toBareJID()).orElseThrow(), message, time);
            }
        });
    }

    /** A message to a user has passed. */
    void toUser(JID user, JID from, List<Addressees> message) {
        Instant time = clock.instant();
        later(message, () -> {
            BareJid sender = BareJid.of(from.toBareJID()).orElseThrow();
            Set<BareJid> both = new TreeSet<>(Set.of(sender));
            BareJid.of(user.toBareJID()).ifPresent(both::add);
            count(members(both), sender, message, time);
        });
    }

    private void later(List<Addressees> message, Runnable work) {
        int devices = message.stream().mapToInt(Addressees::size).sum();
        if (devicesWaiting.addAndGet(devices) > MOST_DEVICES_WAITING) {
            devicesWaiting.addAndGet(-devices);
            missed.increment();
            return;
        }
        try {
            worker.execute(() -> {
                try {
                    work.run();
                } catch (RuntimeException e) {
                    missed.increment();
                    LOG.debug("It was not looked at whom a message leaves out: {}", e.toString());
                } finally {
                    devicesWaiting.addAndGet(-devices);
                }
            });
        } catch (RejectedExecutionException e) {
            devicesWaiting.addAndGet(-devices);
            missed.increment();
        }
    }

    /** Whoever is not inside is asked for anew: one may just have come. The room refuses what strangers send. */
    private People people(JID room, JID from) {
        People found = people.get(room.toBareJID(), address -> look(room));
        if (!found.inside.contains(from)) {
            found = look(room);
            people.put(room.toBareJID(), found);
        }
        return found;
    }

    private People look(JID room) {
        return rooms.people(room).map(found -> new People(found.all(MOST_PEOPLE), Set.copyOf(found.occupants())))
            .orElseGet(() -> new People(Set.of(), Set.of()));
    }

    private List<Member> members(Set<BareJid> accounts) {
        List<Member> members = new ArrayList<>(accounts.size());
        for (BareJid account : accounts) {
            members.add(new Member(account, isLocal.test(account) ? keys.apply(account) : Optional.empty()));
        }
        return members;
    }

    private void count(List<Member> members, BareJid sender, List<Addressees> message, Instant time) {
        for (Addressees addressees : message) {
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

    /** Forgets what was noted, and begins anew. */
    void clear() {
        log.clear();
        since = clock.instant();
    }

    /** What is yet to be looked at is not. */
    @Override
    public void close() {
        worker.shutdownNow();
    }
}

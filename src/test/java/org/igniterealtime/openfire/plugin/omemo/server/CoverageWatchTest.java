package org.igniterealtime.openfire.plugin.omemo.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.dom4j.DocumentHelper;
import org.igniterealtime.openfire.plugin.omemo.keys.Addressees;
import org.igniterealtime.openfire.plugin.omemo.keys.Coverage;
import org.igniterealtime.openfire.plugin.omemo.keys.Coverage.LeftOut;
import org.igniterealtime.openfire.plugin.omemo.keys.CoverageLog;
import org.igniterealtime.openfire.plugin.omemo.keys.Readiness;
import org.igniterealtime.openfire.plugin.omemo.protocol.BareJid;
import org.igniterealtime.openfire.plugin.omemo.protocol.Encrypted;
import org.igniterealtime.openfire.plugin.omemo.protocol.EncryptedLimits;
import org.igniterealtime.openfire.plugin.omemo.protocol.Family;
import org.igniterealtime.openfire.plugin.omemo.stats.Unanswered;
import org.igniterealtime.openfire.plugin.omemo.stats.Unanswered.Count;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.xmpp.packet.JID;

class CoverageWatchTest {

    private static final JID ROOM = FakeRooms.ROOM;
    private static final JID ALICE = new JID("alice@example.org/phone");
    private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final FakeRooms rooms = new FakeRooms();
    private final Map<BareJid, Readiness> keys = new ConcurrentHashMap<>();
    private final Unanswered unanswered = new Unanswered();
    private final CountDownLatch open = new CountDownLatch(1);
    private int last = 4242;
    private boolean isHeldUp;
    private CoverageWatch watch;

    @BeforeEach
    void start() {
        watch = new CoverageWatch(rooms, account -> account.domain().equals("example.org"), this::keys, unanswered,
            InstantSource.fixed(NOW));
        rooms.people.put(ROOM, FakeRooms.room(List.of("alice"), List.of("bob", "eve@elsewhere.example"), ALICE.toString()));
        for (String name : List.of("alice", "bob", "mallory")) {
            keys.put(jid(name), new Readiness(Map.of(), Map.of()));
        }
    }

    @AfterEach
    void stop() {
        open.countDown();
        watch.close();
    }

    private Optional<Readiness> keys(BareJid account) {
        if (isHeldUp) {
            try {
                assertThat(open.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        return Optional.ofNullable(keys.get(account));
    }

    private void devices(String name, Family family, Integer... devices) {
        keys.put(jid(name), new Readiness(Map.of(), Map.of(family, List.of(devices))));
    }

    private static BareJid jid(String name) {
        return BareJid.of(name + "@example.org").orElseThrow();
    }

    private static List<Addressees> message(Family family, int sid, String payload, String account, int... devices)
        throws Exception {
        StringBuilder keys = new StringBuilder();
        for (int device : devices) {
            keys.append("<key rid='").append(device).append("'>").append("A".repeat(80)).append("</key>");
        }
        return List.of(Addressees.of(Encrypted.parse(DocumentHelper.parseText("<encrypted xmlns='" + family.namespace()
            + "'><header sid='" + sid + "'>" + (family == Family.LEGACY ? keys + "<iv>AAAAAAAAAAAAAAAA</iv>"
                : "<keys jid='" + account + "@example.org'>" + keys + "</keys>") + "</header>" + payload + "</encrypted>")
            .getRootElement(), new EncryptedLimits(1_000_000, 100))));
    }

    private static List<Addressees> message(Family family, int sid, String account, int... devices) throws Exception {
        return message(family, sid, "<payload>AAAAAAAAAAAAAAAAAAAAAA==</payload>", account, devices);
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        Instant end = Instant.now().plus(PATIENCE);
        while (!condition.getAsBoolean()) {
            assertThat(Instant.now()).isBefore(end);
            Thread.sleep(5);
        }
    }

    /** One worker does one after the other, so that this is the last. */
    private Coverage next() throws Exception {
        int sid = ++last;
        watch.toRoom(ROOM, ALICE, message(Family.LEGACY, sid, "alice", sid));
        await(() -> watch.log().of(ROOM.toBareJID()).stream().anyMatch(entry -> entry.coverage().sids().containsValue(sid)));
        List<CoverageLog.Entry> entries = watch.log().of(ROOM.toBareJID());
        return entries.size() < 2 ? null : entries.get(1).coverage();
    }

    @ParameterizedTest
    @EnumSource
    void aMessageToARoomIsNotedAndCountsForTheDevicesThatItReaches(Family family) throws Exception {
        devices("alice", family, 1, 2);
        devices("bob", family, 11, 12);

        watch.toRoom(ROOM, ALICE, message(family, 1, "bob", 12, 77));

        Coverage coverage = next();
        assertThat(coverage.leftOut()).containsExactlyInAnyOrder(new LeftOut(jid("alice"), 2), new LeftOut(jid("bob"), 11));
        assertThat(coverage.members()).extracting(member -> member.account().toString(), member -> member.keys().isPresent())
            .containsExactlyInAnyOrder(tuple("alice@example.org", true),
                tuple("bob@example.org", true),
                tuple("eve@elsewhere.example", false));
        assertThat(unanswered.drain(Long.MAX_VALUE, 99))
            .containsExactly(new Count("bob@example.org", family.label(), 12, 1, NOW.toEpochMilli()));
    }

    @Test
    void whoseKeysAreYetToBeLookedAtIsWaitedFor() throws Exception {
        keys.remove(jid("bob"));
        watch.toRoom(ROOM, ALICE, message(Family.OMEMO_1, 1, "bob", 12));
        devices("bob", Family.OMEMO_1, 11, 12);
        await(() -> !watch.log().of(ROOM.toBareJID()).isEmpty());
        assertThat(watch.log().of(ROOM.toBareJID()).get(0).coverage().leftOut()).containsExactly(new LeftOut(jid("bob"), 11));
        assertThat(unanswered.drain(Long.MAX_VALUE, 99)).extracting(Count::deviceId).containsExactly(12);
    }

    @Test
    void whoseKeysCannotBeReadIsNotWaitedForForEver() throws Exception {
        keys.remove(jid("bob"));
        watch.toRoom(ROOM, ALICE, message(Family.OMEMO_1, 1, "bob", 12));
        await(() -> !watch.log().of(ROOM.toBareJID()).isEmpty());
        assertThat(watch.log().of(ROOM.toBareJID()).get(0).coverage().leftOut()).isEmpty();
        assertThat(watch.missed()).isZero();
    }

    @Test
    void whatStrangersSendIsNotLookedAtAndWhoHasJustComeIsNone() throws Exception {
        devices("bob", Family.OMEMO_1, 11);
        watch.toRoom(ROOM, new JID("mallory@example.org/x"), message(Family.OMEMO_1, 1, "bob", 11));
        watch.toOccupant(ROOM, new JID("mallory@example.org/x"), message(Family.OMEMO_1, 1, "bob", 11));
        assertThat(next()).isNull();
        assertThat(unanswered.drain(Long.MAX_VALUE, 99)).isEmpty();

        rooms.people.put(ROOM, FakeRooms.room(List.of("alice"), List.of("bob"), ALICE.toString(), "mallory@example.org/x"));
        watch.toRoom(ROOM, new JID("mallory@example.org/x"), message(Family.OMEMO_1, 1, "bob", 11));
        assertThat(next().sender()).isEqualTo(jid("mallory"));
    }

    @Test
    void whatHasNothingToBeReadLeavesNobodyOutButCounts() throws Exception {
        devices("bob", Family.OMEMO_2, 11, 12);
        watch.toRoom(ROOM, ALICE, message(Family.OMEMO_2, 1, "", "bob", 11));
        assertThat(next()).isNull();
        assertThat(unanswered.drain(Long.MAX_VALUE, 99)).extracting(Count::deviceId).containsExactly(11);
    }

    @ParameterizedTest
    @EnumSource
    void whatIsForOneAloneLeavesNobodyOutButCounts(Family family) throws Exception {
        devices("bob", family, 11, 12);
        watch.toOccupant(ROOM, ALICE, message(family, 1, "bob", 11));
        watch.toUser(new JID("bob@example.org/x"), ALICE, message(family, 1, "bob", 11));
        watch.toUser(new JID("bob@example.org"), new JID("stranger@elsewhere.example/x"), message(family, 1, "bob", 12));
        assertThat(next()).isNull();
        assertThat(unanswered.drain(Long.MAX_VALUE, 99)).extracting(Count::deviceId, Count::amount)
            .containsExactlyInAnyOrder(tuple(11, 2), tuple(12, 1));
    }

    @Test
    void whatFindsNoRoomToWaitIsCountedAndNothingElse() throws Exception {
        isHeldUp = true;
        devices("bob", Family.OMEMO_1, 11);
        List<Addressees> message = message(Family.OMEMO_1, 1, "bob", 11);
        for (int i = 0; i < 1_010; i++) {
            watch.toRoom(ROOM, ALICE, message);
        }
        assertThat(watch.missed()).isEqualTo(10);
        open.countDown();
        await(() -> !watch.log().of(ROOM.toBareJID()).isEmpty());
        int[] many = IntStream.rangeClosed(1, 200_001).toArray();
        long before = watch.missed();
        watch.toRoom(ROOM, ALICE, message(Family.OMEMO_1, 1, "bob", many));
        assertThat(watch.missed()).isEqualTo(before + 1);
    }

    @Test
    void aRoomThatCannotBeAskedIsMissedAndTheNextIsNot() throws Exception {
        rooms.failing.add(ROOM);
        watch.toRoom(ROOM, ALICE, message(Family.OMEMO_1, 1, "bob", 11));
        await(() -> watch.missed() == 1);
        rooms.failing.clear();
        assertThat(next()).isNull();
        assertThat(watch.missed()).isEqualTo(1);
    }

    @Test
    void allIsForgotten() throws Exception {
        next();
        watch.clear();
        assertThat(watch.log().of(ROOM.toBareJID())).isEmpty();
        assertThat(watch.since()).isEqualTo(NOW);
    }
}

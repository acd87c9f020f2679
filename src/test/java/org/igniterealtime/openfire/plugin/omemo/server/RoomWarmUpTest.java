package org.igniterealtime.openfire.plugin.omemo.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.igniterealtime.openfire.plugin.omemo.server.FakeRooms.ROOM;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.igniterealtime.openfire.plugin.omemo.keys.AccountKeys;
import org.igniterealtime.openfire.plugin.omemo.keys.KeyDirectory;
import org.igniterealtime.openfire.plugin.omemo.policy.Policy;
import org.igniterealtime.openfire.plugin.omemo.policy.PolicyBook;
import org.igniterealtime.openfire.plugin.omemo.policy.PolicyText;
import org.igniterealtime.openfire.plugin.omemo.protocol.BareJid;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.xmpp.packet.JID;

class RoomWarmUpTest {

    private final FakeRooms rooms = new FakeRooms();
    private final Set<String> read = ConcurrentHashMap.newKeySet();
    private final AtomicInteger readings = new AtomicInteger();
    private final AtomicInteger atOnce = new AtomicInteger();
    private final AtomicInteger mostAtOnce = new AtomicInteger();
    private final Semaphore store = new Semaphore(1_000_000);
    private final KeyDirectory directory = new KeyDirectory(this::read, 1 << 20);
    private volatile PolicyBook policies;
    private final RoomWarmUp warmUp = new RoomWarmUp(directory, rooms, () -> policies,
        account -> account.domain().equals("example.org"));

    RoomWarmUpTest() throws Exception {
        policies = new PolicyBook(Map.of(ROOM.toString(), PolicyText.parse("observe")), List.of(), Map.of(), Policy.OFF);
        rooms.people.put(ROOM, FakeRooms.room(List.of("alice"), List.of("bob", "carol@remote.example"),
            "dave@example.org/phone"));
    }

    private AccountKeys read(BareJid owner) {
        mostAtOnce.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
        readings.incrementAndGet();
        try {
            store.acquire();
            read.add(owner.toString());
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        } finally {
            atOnce.decrementAndGet();
        }
        return AccountKeys.NONE;
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("it happens within ten seconds").isLessThan(end);
            TimeUnit.MILLISECONDS.sleep(5);
        }
    }

    @AfterEach
    void close() {
        store.release(1_000_000);
        warmUp.close();
        directory.close();
    }

    @Test
    void readsTheKeysOfAllLocalAccountsThatBelongToTheRoom() throws InterruptedException {
        warmUp.entered(ROOM);

        await(() -> read.size() == 3);
        assertThat(read).containsExactlyInAnyOrder("alice@example.org", "bob@example.org", "dave@example.org");
    }

    @Test
    void readsThemOnceHoweverManyEnter() throws InterruptedException {
        for (int i = 0; i < 1_000; i++) {
            warmUp.entered(ROOM);
        }

        await(() -> read.size() == 3);
        directory.forgetAll();
        warmUp.entered(ROOM);
        TimeUnit.MILLISECONDS.sleep(200);
        assertThat(readings).hasValue(3);
    }

    @Test
    void leavesRoomsWithoutPolicyAlone() throws InterruptedException {
        policies = new PolicyBook(Map.of(), List.of(), Map.of(), Policy.OFF);

        warmUp.entered(ROOM);

        TimeUnit.MILLISECONDS.sleep(200);
        assertThat(readings).hasValue(0);
    }

    @Test
    void neverKeepsTheStoreBusyOrTheCallerWaiting() throws InterruptedException {
        List<String> members = new ArrayList<>();
        for (int i = 0; i < 3_000; i++) {
            members.add("member" + i);
        }
        rooms.people.put(ROOM, FakeRooms.room(List.of("alice"), members));
        store.drainPermits();

        long begin = System.nanoTime();
        warmUp.entered(ROOM);
        assertThat(System.nanoTime() - begin).isLessThan(TimeUnit.SECONDS.toNanos(1));
        await(() -> readings.get() > 0);
        store.release(1_000_000);

        await(() -> read.size() == 2_000);
        assertThat(mostAtOnce.get()).isLessThanOrEqualTo(2);
    }

    @Test
    void survivesARoomThatCannotBeAsked() throws InterruptedException {
        rooms.failing.add(ROOM);
        warmUp.entered(ROOM);
        JID other = new JID("other@conference.example.org");
        rooms.people.put(other, FakeRooms.room(List.of("erin"), List.of()));
        policies = new PolicyBook(Map.of(), List.of(), Map.of(), policies.policyOf(ROOM.toString(), ROOM.getDomain()));

        warmUp.entered(other);

        await(() -> read.contains("erin@example.org"));
    }
}

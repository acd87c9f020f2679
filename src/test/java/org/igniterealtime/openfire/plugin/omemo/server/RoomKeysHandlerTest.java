package org.igniterealtime.openfire.plugin.omemo.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.igniterealtime.openfire.plugin.omemo.server.FakeRooms.ROOM;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.igniterealtime.openfire.plugin.omemo.keys.AccountKeys;
import org.igniterealtime.openfire.plugin.omemo.keys.KeyDirectory;
import org.igniterealtime.openfire.plugin.omemo.keys.RoomKeysRequest;
import org.igniterealtime.openfire.plugin.omemo.protocol.BareJid;
import org.igniterealtime.openfire.plugin.omemo.stats.KeyCounters;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.xmpp.packet.IQ;
import org.xmpp.packet.PacketError.Condition;

class RoomKeysHandlerTest {

    private final FakeRooms rooms = new FakeRooms();
    private final CountDownLatch store = new CountDownLatch(1);
    private final AtomicInteger readings = new AtomicInteger();
    private final KeyDirectory directory = new KeyDirectory(this::read, 1 << 20);
    private final Queue<IQ> replies = new ConcurrentLinkedQueue<>();
    private final KeyCounters counters = new KeyCounters();
    private final RoomKeysHandler handler = new RoomKeysHandler(
        new RoomKeys(directory, rooms, new CommonRooms(rooms, () -> false), account -> true), counters, replies::add);

    private AccountKeys read(BareJid owner) {
        readings.incrementAndGet();
        try {
            store.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        throw new IllegalStateException("The store is down");
    }

    @AfterEach
    void close() {
        store.countDown();
        handler.close();
        directory.close();
    }

    @Test
    void neverKeepsTheCallerWaitingHoweverSlowTheStoreIs() throws InterruptedException {
        List<String> members = new ArrayList<>();
        for (int i = 0; i < 2_000; i++) {
            members.add("member" + i);
        }
        rooms.people.put(ROOM, FakeRooms.room(List.of("alice"), members));
        int rejected = 0;

        long begin = System.nanoTime();
        for (String member : members) {
            IQ reply = handler.handleIQ(question(member));
            if (reply != null) {
                assertThat(reply.getError().getCondition()).isEqualTo(Condition.resource_constraint);
                rejected++;
            }
        }

        assertThat(System.nanoTime() - begin).isLessThan(TimeUnit.SECONDS.toNanos(3));
        assertThat(rejected).isBetween(990, 996);
        assertThat(readings.get()).isLessThanOrEqualTo(8);

        store.countDown();
        for (int i = 0; i < 1_000 && replies.size() < 2_000 - rejected; i++) {
            TimeUnit.MILLISECONDS.sleep(10);
        }
        assertThat(replies).hasSize(2_000 - rejected)
            .allMatch(reply -> reply.getError().getCondition() == Condition.internal_server_error);
        assertThat(counters.failures().sum()).isEqualTo(replies.size());
    }

    @Test
    void whoAsksTooOftenIsToldToWait() {
        int waits = 0;
        for (int i = 0; i < 30; i++) {
            IQ reply = handler.handleIQ(question("alice"));
            waits += reply != null && reply.getError().getCondition() == Condition.resource_constraint ? 1 : 0;
        }

        assertThat(waits).isBetween(9, 10);
    }

    @Test
    void whoeverStillWaitsAtTheEndIsTold() throws InterruptedException {
        rooms.people.put(ROOM, FakeRooms.room(List.of("alice"), List.of("bob", "carol")));
        for (int i = 0; i < 10; i++) {
            assertThat(handler.handleIQ(question("alice"))).isNull();
        }

        handler.close();

        for (int i = 0; i < 1_000 && replies.size() < 10; i++) {
            TimeUnit.MILLISECONDS.sleep(10);
        }
        assertThat(replies).hasSize(10)
            .allMatch(reply -> reply.getError().getCondition() == Condition.resource_constraint);
    }

    @Test
    void answersAreNotAnswered() {
        IQ result = question("alice");
        result.setType(IQ.Type.result);

        assertThat(handler.handleIQ(result)).isNull();
    }

    private static IQ question(String asker) {
        IQ question = new IQ(IQ.Type.get);
        question.setFrom(asker + "@example.org/x");
        question.setTo(ROOM);
        question.setChildElement("keys", RoomKeysRequest.NAMESPACE);
        return question;
    }
}

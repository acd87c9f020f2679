package org.igniterealtime.openfire.plugin.omemo.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.igniterealtime.openfire.plugin.omemo.server.BotSeat.Rank;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A node among others that are made up. */
class BotSeatTest {

    private final List<String> done = new CopyOnWriteArrayList<>();
    private volatile Rank rank = Rank.FIRST;
    private volatile boolean failing;
    private final BotSeat seat = new BotSeat(() -> rank, () -> {
        if (failing) {
            throw new IllegalStateException("not now");
        }
        done.add("take");
    }, () -> done.add("leave"));

    @AfterEach
    void stop() {
        seat.stop();
    }

    @Test
    void aNodeThatIsAloneTakesItAndLeavesItInTheEnd() {
        seat.start();
        await(() -> done.equals(List.of("take")));

        seat.stop();

        assertThat(done).containsExactly("take", "leave");
        rank = Rank.FIRST;
        seat.markedAsSeniorClusterMember();
        seat.look();
        assertThat(done).containsExactly("take", "leave");
    }

    @Test
    void aNodeThatIsNotFirstNeverTakesIt() {
        rank = Rank.LATER;

        seat.look();
        seat.look();
        seat.stop();

        assertThat(done).isEmpty();
    }

    @Test
    void whoeverBecomesFirstTakesItOnceAndWhoeverIsNoLongerLeavesIt() {
        rank = Rank.LATER;
        seat.start();
        rank = Rank.FIRST;
        seat.markedAsSeniorClusterMember();
        seat.leftCluster(new byte[] {1});
        await(() -> done.equals(List.of("take")));

        rank = Rank.LATER;
        seat.joinedCluster();
        await(() -> done.equals(List.of("take", "leave")));

        rank = Rank.FIRST;
        seat.leftCluster();
        await(() -> done.equals(List.of("take", "leave", "take")));
    }

    @Test
    void nothingChangesWhileTheClusterIsBeingJoined() {
        rank = Rank.JOINING;
        seat.look();
        assertThat(done).isEmpty();

        rank = Rank.FIRST;
        seat.look();
        rank = Rank.JOINING;
        seat.look();
        assertThat(done).containsExactly("take");

        rank = Rank.LATER;
        seat.look();
        assertThat(done).containsExactly("take", "leave");
    }

    @Test
    void aClusterThatDoesNotComeIsNotWaitedForForEver() {
        rank = Rank.JOINING;
        for (int i = 0; i < 12; i++) {
            seat.look();
            assertThat(done).isEmpty();
        }

        seat.look();

        assertThat(done).containsExactly("take");
    }

    @Test
    void whatFailsIsTriedAgain() {
        failing = true;
        seat.look();
        failing = false;

        seat.look();

        assertThat(done).containsExactly("take");
    }

    @Test
    void theThreadThatTellsOfTheClusterIsNotKept() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        CountDownLatch taking = new CountDownLatch(1);
        BotSeat slow = new BotSeat(() -> rank, () -> {
            taking.countDown();
            try {
                release.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            done.add("take");
        }, () -> done.add("leave"));
        slow.start();
        assertThat(taking.await(5, TimeUnit.SECONDS)).isTrue();

        slow.markedAsSeniorClusterMember();

        assertThat(done).isEmpty();
        release.countDown();
        slow.stop();
        assertThat(done).containsExactly("take", "leave");
    }

    private static void await(BooleanSupplier wanted) {
        long end = System.nanoTime() + 4_000_000_000L;
        while (!wanted.getAsBoolean()) {
            assertThat(System.nanoTime()).as("not within 4 s").isLessThan(end);
            Thread.onSpinWait();
        }
    }
}

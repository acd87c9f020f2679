package org.igniterealtime.openfire.plugin.omemo.stats;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.igniterealtime.openfire.plugin.omemo.stats.Violation.Action;
import org.junit.jupiter.api.Test;

class ViolationsTest {

    private static final long HOUR_MILLIS = 3_600_000;
    private static final long NOW = 500_000 * HOUR_MILLIS + 1_000;

    private final Violations violations = new Violations();

    private void note(String room, String sender, long millis) {
        violations.note(room, sender, 101, Action.REFUSED, millis);
    }

    @Test
    void thoseOfAnHourAreOneLineAndAreDrainedOnce() {
        note("room", "alice", NOW + 5);
        note("room", "alice", NOW);
        note("room", "alice", NOW + HOUR_MILLIS);
        assertThat(violations.drain(NOW)).containsExactlyInAnyOrder(
            new ViolationCount(new Violation(500_000, "room", "alice", 101, Action.REFUSED), 2, NOW, NOW + 5),
            new ViolationCount(new Violation(500_001, "room", "alice", 101, Action.REFUSED), 1, NOW + HOUR_MILLIS, NOW + HOUR_MILLIS));
        assertThat(violations.drain(NOW)).isEmpty();
    }

    @Test
    void whatIsGivenBackIsAddedToWhatCameSince() {
        note("room", "alice", NOW);
        List<ViolationCount> drained = violations.drain(NOW);
        note("room", "alice", NOW + 7);
        violations.giveBack(drained);
        assertThat(violations.drain(NOW)).singleElement().satisfies(count -> {
            assertThat(count.amount()).isEqualTo(2);
            assertThat(count.first()).isEqualTo(NOW);
            assertThat(count.last()).isEqualTo(NOW + 7);
        });
    }

    @Test
    void oneSenderTakesNoMoreThanItsShareAndNoneIsLost() {
        for (int room = 0; room < 1_000; room++) {
            note("room" + room, "mallory", NOW);
        }
        note("room", "alice", NOW);
        List<ViolationCount> drained = violations.drain(NOW);
        assertThat(drained).hasSize(Violations.MOST_OF_A_SENDER + 2);
        assertThat(drained).filteredOn(count -> count.violation().sender().isEmpty()).singleElement()
            .extracting(ViolationCount::amount).isEqualTo(1_000L - Violations.MOST_OF_A_SENDER);
        assertThat(violations.unnamed()).isEqualTo(1_000 - Violations.MOST_OF_A_SENDER);
    }

    @Test
    void anHourHasBoundedLinesEvenWhenTheyAreWrittenInBetween() {
        int rows = 0;
        for (int sender = 0; sender < 3 * Violations.MOST; sender++) {
            note("room", "sender" + sender, NOW);
            if (sender % 1_000 == 0) {
                rows += violations.drain(NOW).stream().filter(count -> !count.violation().room().isEmpty()).count();
            }
        }
        rows += violations.drain(NOW).stream().filter(count -> !count.violation().room().isEmpty()).count();
        assertThat(rows).isEqualTo(Violations.MOST);
    }

    @Test
    void theNextHourBeginsWithRoomForAll() {
        for (int sender = 0; sender < Violations.MOST + 5; sender++) {
            note("room", "sender" + sender, NOW);
        }
        violations.drain(NOW);
        violations.drain(NOW + HOUR_MILLIS + 120_000);
        note("room", "alice", NOW + HOUR_MILLIS);
        for (int room = 1; room < Violations.MOST_OF_A_SENDER; room++) {
            note("room" + room, "alice", NOW + HOUR_MILLIS);
        }
        assertThat(violations.drain(NOW + HOUR_MILLIS)).hasSize(Violations.MOST_OF_A_SENDER)
            .allMatch(count -> count.violation().sender().equals("alice"));
    }

    @Test
    void nothingIsLostBetweenThreads() throws InterruptedException {
        int threads = 4;
        int each = 50_000;
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        for (int thread = 0; thread < threads; thread++) {
            pool.execute(() -> {
                for (int i = 0; i < each; i++) {
                    note("room" + i % 7, "sender" + i % 300, NOW + i % 2 * HOUR_MILLIS);
                }
            });
        }
        pool.shutdown();
        long total = 0;
        while (!pool.awaitTermination(1, TimeUnit.MILLISECONDS)) {
            total += violations.drain(NOW).stream().mapToLong(ViolationCount::amount).sum();
        }
        total += violations.drain(NOW).stream().mapToLong(ViolationCount::amount).sum();
        assertThat(total).isEqualTo(threads * each);
    }

    @Test
    void theLatestOfEachRoomIsKnownWhetherItIsWrittenOrNot() {
        violations.note("one@rooms.example", "alice@example.org", 101, Violation.Action.REFUSED, NOW + 5);
        violations.note("one@rooms.example", "bob@example.org", 101, Violation.Action.REFUSED, NOW + 9);
        violations.note("one@rooms.example", "alice@example.org", 101, Violation.Action.REFUSED, NOW + 2);
        violations.note("two@rooms.example", "", 101, Violation.Action.REFUSED, NOW + 1);
        violations.note("", "", 101, Violation.Action.REFUSED, NOW + 99);

        assertThat(violations.latest()).containsOnly(Map.entry("one@rooms.example", NOW + 9), Map.entry("two@rooms.example", NOW + 1));
        violations.drain(NOW + 10);
        assertThat(violations.latest()).containsEntry("one@rooms.example", NOW + 9);
        violations.drain(NOW + 2 * 3_600_000);
        assertThat(violations.latest()).isEmpty();
    }
}

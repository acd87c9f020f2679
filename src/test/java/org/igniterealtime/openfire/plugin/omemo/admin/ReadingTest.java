package org.igniterealtime.openfire.plugin.omemo.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.igniterealtime.openfire.plugin.omemo.store.CountTable;
import org.igniterealtime.openfire.plugin.omemo.store.RoomTable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What becomes of a page when the database fails. */
class ReadingTest {

    private static final Duration LONG = Duration.ofMinutes(5);

    private final ThreadPoolExecutor readers = new ThreadPoolExecutor(0, 2, 1, TimeUnit.SECONDS, new SynchronousQueue<>());
    private final CountDownLatch end = new CountDownLatch(1);

    @AfterEach
    void letAllEnd() {
        end.countDown();
        readers.shutdown();
    }

    @Test
    void whatCanBeReadIsShownAndNothingIsMissing() {
        Reading reading = new Reading(readers, LONG);

        assertThat(reading.of("rooms", "", () -> "board")).isEqualTo("board");
        assertThat(reading.isComplete()).isTrue();
        assertThat(reading.missing()).isEmpty();
    }

    @Test
    void aDeadDatabaseIsTriedOnceAndThePageSaysWhatIsMissingAndWhy() {
        AtomicInteger tried = new AtomicInteger();
        RoomTable rooms = new RoomTable(() -> {
            tried.incrementAndGet();
            throw new SQLException("no route to <host>" + "!".repeat(1_000));
        });
        Reading reading = new Reading(readers, LONG);

        assertThat(reading.of("counts", List.of("none"), () -> List.of("some"))).containsExactly("some");
        assertThat(reading.of("rooms", "nothing", () -> rooms.lastViolations(List.of("board")).toString())).isEqualTo("nothing");
        assertThat(reading.of("devices", "nothing", () -> rooms.lastViolations(List.of("board")).toString())).isEqualTo("nothing");
        assertThat(tried).hasValue(1);
        assertThat(reading.missing()).hasValueSatisfying(missing -> {
            assertThat(missing.parts()).containsExactly("console.missing.rooms", "console.missing.devices");
            assertThat(missing.key()).isEqualTo("console.missing.why-failed");
            assertThat(missing.words()).singleElement().asString().startsWith("no route to <host>!").hasSizeLessThan(250);
        });
    }

    @Test
    void aDatabaseThatIsBackIsReadByTheNextPage() {
        boolean[] dead = {true};
        CountTable counts = new CountTable(() -> {
            throw new SQLException(dead[0] ? "dead" : "not dead");
        });
        Reading first = new Reading(readers, LONG);
        first.of("counts", List.of(), () -> counts.days(LocalDate.EPOCH, LocalDate.EPOCH));
        dead[0] = false;

        assertThat(new Reading(readers, LONG).of("counts", "", () -> "read")).isEqualTo("read");
        assertThat(first.missing()).hasValueSatisfying(missing -> assertThat(missing.words()).containsExactly("dead"));
    }

    @Test
    void aDatabaseThatDoesNotAnswerIsNotWaitedForAndItsReaderIsLeftAlone() throws Exception {
        Reading reading = new Reading(readers, Duration.ofMillis(50));
        CountDownLatch interrupted = new CountDownLatch(1);

        assertThat(reading.of("violations", "nothing", () -> {
            try {
                end.await();
            } catch (InterruptedException e) {
                interrupted.countDown();
            }
            return "late";
        })).isEqualTo("nothing");
        assertThat(reading.of("rooms", "nothing", () -> "never tried")).isEqualTo("nothing");
        assertThat(reading.missing()).hasValueSatisfying(missing -> {
            assertThat(missing.key()).isEqualTo("console.missing.why-slow");
            assertThat(missing.parts()).hasSize(2);
        });
        end.countDown();
        readers.shutdown();
        assertThat(readers.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
        assertThat(interrupted.getCount()).isEqualTo(1);
    }

    @Test
    void thePagesThatWaitAreBounded() {
        for (int i = 0; i < 2; i++) {
            readers.submit(() -> {
                end.await();
                return "";
            });
        }
        Reading reading = new Reading(readers, LONG);

        assertThat(reading.of("violations", "nothing", () -> "some")).isEqualTo("nothing");
        assertThat(reading.missing()).hasValueSatisfying(missing ->
            assertThat(missing.key()).isEqualTo("console.missing.why-busy"));
    }

    @Test
    void whateverFailsIsNoErrorPage() {
        Reading reading = new Reading(readers, LONG);

        assertThat(reading.of("keys", "nothing", () -> {
            throw new IOException();
        })).isEqualTo("nothing");
        assertThat(reading.missing()).hasValueSatisfying(missing -> assertThat(missing.words()).containsExactly("IOException"));
    }
}

package org.igniterealtime.openfire.plugin.omemo.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.igniterealtime.openfire.plugin.omemo.bot.SelfTestReport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SelfTestScheduleTest {

    private Instant now = Instant.parse("2026-11-24T12:00:00Z");
    private int hours = 2;
    private boolean botsLiveHere = true;
    private final SelfTestRuns runs = new SelfTestRuns(() -> botsLiveHere
        ? Optional.of(progress -> new SelfTestReport(now, Duration.ZERO, List.of())) : Optional.empty(), () -> now, key -> key);
    private final SelfTestSchedule schedule = new SelfTestSchedule(runs, () -> now, () -> hours);

    @AfterEach
    void stop() {
        schedule.stop();
        runs.close();
    }

    private int lookAfter(Duration time) {
        now = now.plus(time);
        schedule.look();
        runs.last().ifPresent(run -> run.await(Duration.ofSeconds(10)));
        return runs.all().size();
    }

    @Test
    void theFirstOneIsRunOnePeriodAfterTheStartAndThenOneEachPeriod() {
        assertThat(lookAfter(Duration.ZERO)).isZero();
        assertThat(lookAfter(Duration.ofMinutes(119))).isZero();
        assertThat(lookAfter(Duration.ofMinutes(1))).isEqualTo(1);
        assertThat(lookAfter(Duration.ofMinutes(1))).isEqualTo(1);
        assertThat(lookAfter(Duration.ofMinutes(119))).isEqualTo(2);
    }

    @Test
    void withoutAPeriodNoneIsRun() {
        for (int never : new int[] {0, -1, Integer.MIN_VALUE}) {
            hours = never;
            assertThat(lookAfter(Duration.ofDays(100))).isZero();
        }
    }

    @Test
    void aChangeHoldsAtOnce() {
        hours = 0;
        assertThat(lookAfter(Duration.ofHours(3))).isZero();
        hours = Integer.MAX_VALUE;
        assertThat(lookAfter(Duration.ofHours(1))).isZero();
        hours = 4;
        assertThat(lookAfter(Duration.ZERO)).isEqualTo(1);
    }

    @Test
    void whereNoBotsLiveItWaitsUntilTheyDo() {
        botsLiveHere = false;
        assertThat(lookAfter(Duration.ofHours(3))).isZero();
        botsLiveHere = true;
        assertThat(lookAfter(Duration.ofMinutes(1))).isEqualTo(1);
        assertThat(lookAfter(Duration.ofMinutes(119))).isEqualTo(1);
    }
}

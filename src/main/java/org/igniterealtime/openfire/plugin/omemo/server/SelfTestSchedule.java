package org.igniterealtime.openfire.plugin.omemo.server;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has the self-test run every so many hours, as the operator has set it, for the first time so many hours after the start.
 * On a node of a cluster where no bots live it waits until they do.
 */
public final class SelfTestSchedule {

    /** How many hours; 0, the default, for never. */
    public static final Setting.Number HOURS = new Setting.Number("plugin.omemo.selftest.hours", 0, 0, 10_000);

    private static final Logger LOG = LoggerFactory.getLogger(SelfTestSchedule.class);
    private static final int LOOK_EVERY_SECONDS = 60;

    private final SelfTestRuns runs;
    private final InstantSource clock;
    private final IntSupplier hours;
    private final ScheduledExecutorService timer = Workers.clock("omemo-self-test-clock");
    private Instant from;

    SelfTestSchedule(SelfTestRuns runs) {
        this(runs, InstantSource.system(), HOURS::value);
    }

    SelfTestSchedule(SelfTestRuns runs, InstantSource clock, IntSupplier hours) {
        this.runs = runs;
        this.clock = clock;
        this.hours = hours;
        from = clock.instant();
    }

    void start() {
        timer.scheduleWithFixedDelay(this::lookSafely, LOOK_EVERY_SECONDS, LOOK_EVERY_SECONDS, TimeUnit.SECONDS);
    }

    void stop() {
        timer.shutdownNow();
    }

    /** What a timer's task throws would be the end of it, without a word. */
    private void lookSafely() {
        try {
            look();
        } catch (RuntimeException e) {
            LOG.error("The self-test could not be begun: {}", e.toString());
        }
    }

    synchronized void look() {
        int every = hours.getAsInt();
        Instant now = clock.instant();
        if (every > 0 && !from.plus(Duration.ofHours(every)).isAfter(now)
                && runs.begin().state() != SelfTestRun.State.NO_BOTS) {
            from = now;
        }
    }
}

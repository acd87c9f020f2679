package org.igniterealtime.openfire.plugin.omemo.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.apache.log4j.AppenderSkeleton;
import org.apache.log4j.Level;
import org.apache.log4j.Logger;
import org.apache.log4j.spi.LoggingEvent;
import org.igniterealtime.openfire.plugin.omemo.bot.SelfTestReport;
import org.igniterealtime.openfire.plugin.omemo.bot.SelfTestReport.Result;
import org.igniterealtime.openfire.plugin.omemo.bot.SelfTestReport.Verdict;
import org.igniterealtime.openfire.plugin.omemo.bot.SelfTestStep;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SelfTestRunsTest {

    private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");
    private static final Result GOOD = new Result(SelfTestStep.BOTS, Verdict.PASSED, Duration.ofMillis(1), "");
    private static final Result UNTESTED =
        new Result(SelfTestStep.ACCOUNT, Verdict.NOT_TESTED, Duration.ofMillis(2), "read-only");
    private static final Result BAD = new Result(SelfTestStep.LEAK, Verdict.FAILED, Duration.ofMillis(3), "a leak");

    private final Logger logger = Logger.getLogger(SelfTestRuns.class);
    private final List<LoggingEvent> log = new CopyOnWriteArrayList<>();
    private final AppenderSkeleton appender = new AppenderSkeleton() {
        @Override
        protected void append(LoggingEvent event) {
            log.add(event);
        }

        @Override
        public void close() {
            // Nothing is open.
        }

        @Override
        public boolean requiresLayout() {
            return false;
        }
    };
    private final List<String> heard = new CopyOnWriteArrayList<>();
    private Optional<SelfTestRuns.Play> play = Optional.of(progress -> report(progress, GOOD));
    private final SelfTestRuns runs = new SelfTestRuns(() -> play, () -> NOW, key -> "<" + key + ">");

    @BeforeEach
    void listen() {
        logger.setLevel(Level.ALL);
        logger.addAppender(appender);
    }

    @AfterEach
    void stop() {
        logger.removeAppender(appender);
        logger.setLevel(null);
        runs.close();
    }

    private static SelfTestReport report(Consumer<Result> progress, Result... results) {
        List.of(results).forEach(progress);
        return new SelfTestReport(NOW, Duration.ofMillis(7), List.of(results));
    }

    private SelfTestRun runToTheEnd() {
        SelfTestRun run = runs.begin();
        run.await(Duration.ofSeconds(10));
        assertThat(run.state()).isNotEqualTo(SelfTestRun.State.RUNNING);
        return run;
    }

    @Test
    void whatCameOfItIsKept() {
        play = Optional.of(progress -> report(progress, GOOD, UNTESTED));

        SelfTestRun run = runToTheEnd();

        assertThat(run.state()).isEqualTo(SelfTestRun.State.PASSED);
        assertThat(run.began()).isEqualTo(NOW);
        assertThat(run.duration()).contains(Duration.ofMillis(7));
        assertThat(run.steps()).containsExactly(GOOD, UNTESTED);
        assertThat(runs.last()).contains(run);
        assertThat(runs.lastEnded()).contains(run);
    }

    @Test
    void theLastTwentyAreKept() {
        List<SelfTestRun> all = new ArrayList<>();
        for (int i = 0; i < 23; i++) {
            all.add(0, runToTheEnd());
        }

        assertThat(runs.all()).containsExactlyElementsOf(all.subList(0, 20));
    }

    @Test
    void eachFailedStepIsLoggedOnceWithWhatCanBeDone() {
        play = Optional.of(progress -> report(progress, GOOD, UNTESTED, BAD));

        assertThat(runToTheEnd().state()).isEqualTo(SelfTestRun.State.FAILED);

        assertThat(log).filteredOn(event -> event.getLevel() == Level.ERROR).singleElement()
            .satisfies(event -> assertThat(event.getRenderedMessage())
                .contains("<selftest.leak.name>", "a leak", "<selftest.leak.advice>"));
    }

    @Test
    void oneAtATimeIsRunAndItsStepsAreSeenWhileItGoesOn() throws Exception {
        CountDownLatch goOn = new CountDownLatch(1);
        CountDownLatch halfWay = new CountDownLatch(1);
        play = Optional.of(progress -> {
            progress.accept(GOOD);
            halfWay.countDown();
            try {
                goOn.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            progress.accept(BAD);
            return new SelfTestReport(NOW, Duration.ofMillis(7), List.of(GOOD, BAD));
        });

        SelfTestRun run = runs.begin();
        halfWay.await();

        assertThat(runs.begin()).isSameAs(run);
        assertThat(run.state()).isEqualTo(SelfTestRun.State.RUNNING);
        assertThat(run.steps()).containsExactly(GOOD);
        assertThat(runs.lastEnded()).isEmpty();
        goOn.countDown();
        run.await(Duration.ofSeconds(10));
        assertThat(run.steps()).containsExactly(GOOD, BAD);
        assertThat(runs.begin()).isNotSameAs(run);
    }

    @Test
    void whoFollowsHearsOfEachStepAndWhoFailsInThatHurtsNobody() throws Exception {
        CountDownLatch over = new CountDownLatch(1);
        runs.addListener(new SelfTestListener() {
            @Override
            public void began(SelfTestRun run) {
                throw new IllegalStateException("no");
            }

            @Override
            public void stepEnded(SelfTestRun run, Result result) {
                throw new IllegalStateException("no");
            }

            @Override
            public void ended(SelfTestRun run) {
                throw new IllegalStateException("no");
            }
        });
        runs.addListener(new SelfTestListener() {
            @Override
            public void began(SelfTestRun run) {
                heard.add("began");
            }

            @Override
            public void stepEnded(SelfTestRun run, Result result) {
                heard.add(result.step().code() + " of " + run.steps().size());
            }

            @Override
            public void ended(SelfTestRun run) {
                heard.add("ended " + run.state());
                over.countDown();
            }
        });
        play = Optional.of(progress -> report(progress, GOOD, BAD));

        runs.begin();
        over.await();

        assertThat(heard).containsExactly("began", "bots of 1", "leak of 2", "ended FAILED");
    }

    @Test
    void whereNoBotsLiveItSaysSoAndKeepsTheLastOne() {
        SelfTestRun before = runToTheEnd();
        play = Optional.empty();

        assertThat(runs.begin().state()).isEqualTo(SelfTestRun.State.NO_BOTS);
        assertThat(runs.last()).contains(before);
    }

    @Test
    void aSelfTestThatFailsItselfIsNoGoodOne() {
        play = Optional.of(progress -> {
            progress.accept(GOOD);
            throw new IllegalStateException("too many");
        });

        SelfTestRun run = runToTheEnd();

        assertThat(run.state()).isEqualTo(SelfTestRun.State.BROKEN);
        assertThat(run.steps()).containsExactly(GOOD);
        assertThat(log).anySatisfy(event -> assertThat(event.getRenderedMessage()).contains("ended early", "too many"));
    }

    @Test
    void afterOneThatBrokeDownAnotherCanBeRun() {
        play = Optional.of(progress -> {
            throw new NoSuchMethodError("what Openfire has no longer");
        });
        assertThat(runToTheEnd().state()).isEqualTo(SelfTestRun.State.BROKEN);
        play = Optional.of(progress -> report(progress, GOOD));

        assertThat(runToTheEnd().state()).isEqualTo(SelfTestRun.State.PASSED);
    }

    @Test
    void afterTheEndNothingIsBegun() {
        runs.close();

        assertThat(runs.begin().state()).isEqualTo(SelfTestRun.State.NO_BOTS);
    }
}

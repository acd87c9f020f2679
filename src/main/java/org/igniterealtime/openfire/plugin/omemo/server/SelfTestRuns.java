package org.igniterealtime.openfire.plugin.omemo.server;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.igniterealtime.openfire.plugin.omemo.bot.SelfTestReport;
import org.igniterealtime.openfire.plugin.omemo.bot.SelfTestReport.Result;
import org.igniterealtime.openfire.plugin.omemo.bot.SelfTestReport.Verdict;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs self-tests, one at a time, each on a thread of its own, and keeps what came of the last ones in memory. Steps that
 * fail are logged, with what can be done about it.
 */
public final class SelfTestRuns implements AutoCloseable {

    /** So many are kept. */
    public static final int MOST_KEPT = 20;

    private static final Logger LOG = LoggerFactory.getLogger(SelfTestRuns.class);
    private static final Duration LONGEST_END = Duration.ofSeconds(10);

    /** A self-test that can be run. */
    @FunctionalInterface
    interface Play {

        /** @param progress told of each step as soon as it is over */
        SelfTestReport run(Consumer<Result> progress);
    }

    private final Supplier<Optional<Play>> plays;
    private final InstantSource clock;
    private final UnaryOperator<String> texts;
    private final Deque<SelfTestRun> runs = new ArrayDeque<>();
    private final List<SelfTestListener> listeners = new CopyOnWriteArrayList<>();
    private boolean closed;

    /**
     * @param plays what is to be run; empty where no bots live
     * @param texts the text of a key, for the log
     */
    SelfTestRuns(Supplier<Optional<Play>> plays, InstantSource clock, UnaryOperator<String> texts) {
        this.plays = plays;
        this.clock = clock;
        this.texts = texts;
    }

    /** From now on somebody sees what goes on. */
    public void addListener(SelfTestListener listener) {
        listeners.add(listener);
    }

    /** And no longer. */
    public void removeListener(SelfTestListener listener) {
        listeners.remove(listener);
    }

    /**
     * Begins a self-test, unless one is under way.
     *
     * @return the one that is under way now; or, where no bots live, one that says so and is not kept
     */
    public synchronized SelfTestRun begin() {
        if (!runs.isEmpty() && runs.getFirst().state() == SelfTestRun.State.RUNNING) {
            return runs.getFirst();
        }
        SelfTestRun run = new SelfTestRun(clock.instant());
        Optional<Play> play = closed ? Optional.empty() : plays.get();
        if (play.isEmpty()) {
            run.end(SelfTestRun.State.NO_BOTS);
            return run;
        }
        runs.addFirst(run);
        if (runs.size() > MOST_KEPT) {
            runs.removeLast();
        }
        Thread thread = new Thread(() -> carryOut(run, play.get()), "omemo-self-test");
        thread.setDaemon(true);
        thread.start();
        return run;
    }

    /** The last ones, the newest first. */
    public synchronized List<SelfTestRun> all() {
        return List.copyOf(runs);
    }

    /** The newest, which may be under way. */
    public synchronized Optional<SelfTestRun> last() {
        return Optional.ofNullable(runs.peekFirst());
    }

    /** The newest that is over. */
    public Optional<SelfTestRun> lastEnded() {
        return all().stream().filter(run -> run.state() != SelfTestRun.State.RUNNING).findFirst();
    }

    private void carryOut(SelfTestRun run, Play play) {
        tell(listener -> listener.began(run));
        try {
            SelfTestReport report = play.run(result -> {
                run.add(result);
                tell(listener -> listener.stepEnded(run, result));
            });
            report.steps().stream().filter(result -> result.verdict() == Verdict.FAILED).forEach(this::logFailure);
            LOG.info("Self-test: {} steps passed, {} failed, {} not tested, in {} ms", report.count(Verdict.PASSED),
                report.count(Verdict.FAILED), report.count(Verdict.NOT_TESTED), report.duration().toMillis());
            run.end(report);
        } catch (RuntimeException | Error e) {
            // One that never ends would keep all others from being begun.
            LOG.error("The self-test ended early, after {} steps: {}", run.steps().size(), e.toString());
            run.end(SelfTestRun.State.BROKEN);
        }
        tell(listener -> listener.ended(run));
    }

    private void logFailure(Result result) {
        String code = result.step().code();
        LOG.error("Self-test failed: {} - seen: {} - what to do: {}", texts.apply("selftest." + code + ".name"),
            result.seen(), texts.apply("selftest." + code + ".advice"));
    }

    private void tell(Consumer<SelfTestListener> news) {
        for (SelfTestListener listener : listeners) {
            try {
                news.accept(listener);
            } catch (RuntimeException e) {
                LOG.warn("Somebody who follows the self-test has failed: {}", e.toString());
            }
        }
    }

    /** Begins nothing more, and waits a moment for what is under way. */
    @Override
    public void close() {
        Optional<SelfTestRun> running;
        synchronized (this) {
            closed = true;
            running = last();
        }
        running.ifPresent(run -> run.await(LONGEST_END));
    }
}

package org.igniterealtime.openfire.plugin.omemo.bot;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.igniterealtime.openfire.plugin.omemo.bot.SelfTestReport.Result;
import org.igniterealtime.openfire.plugin.omemo.bot.SelfTestReport.Verdict;

/**
 * Proves that encryption and its enforcement work on this server, on the way that users' stanzas take: with two bots and an
 * account of the server in a room of their own. It touches nothing of anybody else's, and leaves nothing behind, whatever
 * happens. Several may run at once.
 */
public final class SelfTest {

    /** So many at once; more are refused. */
    public static final int MOST_AT_ONCE = 3;

    private static final AtomicInteger RUNNING = new AtomicInteger();

    private final BotHost host;
    private final SelfTestServer server;
    private final Duration patience;

    /** @param patience how long to wait for what is to happen; longer than a busy server takes */
    public SelfTest(BotHost host, SelfTestServer server, Duration patience) {
        this.host = host;
        this.server = server;
        this.patience = patience;
    }

    /**
     * Runs it, on this thread: some seconds, a minute at worst.
     *
     * @param progress told of each step as soon as it is over
     * @throws IllegalStateException if too many run already, and what {@code progress} throws, after cleaning up
     */
    public SelfTestReport run(Consumer<Result> progress) {
        if (RUNNING.incrementAndGet() > MOST_AT_ONCE) {
            RUNNING.decrementAndGet();
            throw new IllegalStateException("too many self-tests at once");
        }
        try {
            return play(progress);
        } finally {
            RUNNING.decrementAndGet();
        }
    }

    private SelfTestReport play(Consumer<Result> progress) {
        Instant began = host.surroundings().clock().instant();
        long start = System.nanoTime();
        List<Result> results = new ArrayList<>();
        SelfTestStage stage = new SelfTestStage(new SelfTestCast(host, server, patience));
        Map<SelfTestStep, Verdict> verdicts = new EnumMap<>(SelfTestStep.class);
        try {
            for (SelfTestStep step : EnumSet.complementOf(EnumSet.of(SelfTestStep.CLEAN_UP))) {
                Result result = perform(stage, step, verdicts);
                verdicts.put(step, result.verdict());
                results.add(result);
                progress.accept(result);
            }
        } finally {
            // Whoever is interrupted cannot wait for answers, which cleaning up needs.
            boolean interrupted = Thread.interrupted();
            results.add(perform(stage, SelfTestStep.CLEAN_UP, verdicts));
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
        progress.accept(results.get(results.size() - 1));
        return new SelfTestReport(began, Duration.ofNanos(System.nanoTime() - start), results);
    }

    private static Result perform(SelfTestStage stage, SelfTestStep step, Map<SelfTestStep, Verdict> verdicts) {
        long begin = System.nanoTime();
        Verdict verdict = Verdict.PASSED;
        String seen = "";
        try {
            for (SelfTestStep needed : SelfTestStage.needs(step)) {
                if (verdicts.get(needed) != Verdict.PASSED) {
                    throw StepException.notTested("the step " + needed.code() + " has not passed");
                }
            }
            stage.play(step);
        } catch (StepException e) {
            verdict = e.isFailure() ? Verdict.FAILED : Verdict.NOT_TESTED;
            seen = e.getMessage();
        } catch (RuntimeException | Error e) {
            // An error, too: a release that lacks a method must not keep what is there from being removed.
            verdict = Verdict.FAILED;
            seen = "it failed: " + Bot.describe(e);
        }
        return new Result(step, verdict, Duration.ofNanos(System.nanoTime() - begin), seen);
    }
}

package org.igniterealtime.openfire.plugin.omemo.server;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.igniterealtime.openfire.plugin.omemo.bot.SelfTestReport;
import org.igniterealtime.openfire.plugin.omemo.bot.SelfTestReport.Result;
import org.igniterealtime.openfire.plugin.omemo.bot.SelfTestReport.Verdict;

/** One self-test, under way or over. Any thread. */
public final class SelfTestRun {

    /** How far it has come. */
    public enum State {
        /** It is under way. */
        RUNNING,
        /** It is over, and no step has failed. */
        PASSED,
        /** It is over, and steps have failed. */
        FAILED,
        /** It was not begun, since no bots live on this server, or on this node of its cluster. */
        NO_BOTS,
        /** It ended early, by a fault of its own. */
        BROKEN
    }

    private final Instant began;
    private final List<Result> steps = new CopyOnWriteArrayList<>();
    private final CountDownLatch end = new CountDownLatch(1);
    private volatile State state = State.RUNNING;
    private volatile Duration duration;

    SelfTestRun(Instant began) {
        this.began = began;
    }

    /** When. */
    public Instant began() {
        return began;
    }

    /** How far it has come. */
    public State state() {
        return state;
    }

    /** What has come of the steps that are over so far, in their order. */
    public List<Result> steps() {
        return List.copyOf(steps);
    }

    /** How long it took; empty unless it came to its end. */
    public Optional<Duration> duration() {
        return Optional.ofNullable(duration);
    }

    /** How many of the steps so far have this verdict. */
    public long count(Verdict verdict) {
        return steps.stream().filter(result -> result.verdict() == verdict).count();
    }

    /** Waits for the end, but not longer than this. */
    public void await(Duration most) {
        try {
            end.await(most.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    void add(Result result) {
        steps.add(result);
    }

    void end(SelfTestReport report) {
        duration = report.duration();
        end(report.passed() ? State.PASSED : State.FAILED);
    }

    void end(State last) {
        state = last;
        end.countDown();
    }
}

package org.igniterealtime.openfire.plugin.omemo.bot;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * What came of a self-test.
 *
 * @param began when
 * @param duration from its begin until nothing was left of it
 * @param steps all of {@link SelfTestStep}, in their order
 */
public record SelfTestReport(Instant began, Duration duration, List<Result> steps) {

    /** What came of a step. */
    public enum Verdict { PASSED, FAILED, NOT_TESTED }

    /**
     * One step.
     *
     * @param seen what was seen, or why it was not tested; empty if it passed
     */
    public record Result(SelfTestStep step, Verdict verdict, Duration duration, String seen) {
    }

    public SelfTestReport {
        steps = List.copyOf(steps);
    }

    /** How many steps have this verdict. */
    public long count(Verdict verdict) {
        return steps.stream().filter(result -> result.verdict() == verdict).count();
    }

    /** Whether none failed. */
    public boolean passed() {
        return count(Verdict.FAILED) == 0;
    }
}

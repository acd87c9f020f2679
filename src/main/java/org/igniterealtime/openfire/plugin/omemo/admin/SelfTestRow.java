package org.igniterealtime.openfire.plugin.omemo.admin;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.igniterealtime.openfire.plugin.omemo.bot.SelfTestReport.Result;
import org.igniterealtime.openfire.plugin.omemo.bot.SelfTestReport.Verdict;
import org.igniterealtime.openfire.plugin.omemo.bot.SelfTestStep;
import org.igniterealtime.openfire.plugin.omemo.server.SelfTestRun;
import org.igniterealtime.openfire.plugin.omemo.stats.SelfTestRecord;

/**
 * A self-test, under way or over.
 *
 * @param id by which it can be asked for
 * @param state {@code running}, {@code passed}, {@code failed} or {@code broken}
 * @param duration empty if it is not over, or ended early
 * @param steps all, also those that have not begun
 */
public record SelfTestRow(String id, String began, String state, String duration, long passed, long failed,
    long notTested, List<Step> steps) {

    /**
     * @param verdict {@code passed}, {@code failed}, {@code not_tested}, or {@code none} as long as there is none
     * @param duration empty as long as there is none
     * @param seen what was seen, in English; empty if there is nothing to be told
     */
    public record Step(String code, String verdict, String duration, String seen) {
    }

    static SelfTestRow of(SelfTestRun run) {
        // First, so that a test that is over has all its steps.
        String state = code(run.state());
        Map<SelfTestStep, Result> results =
            run.steps().stream().collect(Collectors.toMap(Result::step, Function.identity(), (one, other) -> other));
        return new SelfTestRow(Long.toString(run.began().toEpochMilli()), Written.time(run.began()), state,
            run.duration().map(Written::duration).orElse(""), run.count(Verdict.PASSED), run.count(Verdict.FAILED),
            run.count(Verdict.NOT_TESTED),
            Arrays.stream(SelfTestStep.values()).map(step -> step(step, results.get(step))).toList());
    }

    /** One of earlier, as it was kept. */
    static SelfTestRow of(SelfTestRecord kept) {
        Map<String, Step> results = kept.report().lines().map(line -> line.split("\t", 4)).filter(parts -> parts.length == 4)
            .map(parts -> new Step(parts[0], parts[1].toLowerCase(Locale.ROOT), parts[2] + " ms", parts[3]))
            .collect(Collectors.toMap(Step::code, Function.identity(), (one, other) -> other));
        boolean ended = results.size() == SelfTestStep.values().length;
        return new SelfTestRow(Long.toString(kept.began().toEpochMilli()), Written.time(kept.began()),
            kept.failed() > 0 ? "failed" : ended ? "passed" : "broken", ended ? Written.duration(kept.duration()) : "",
            kept.passed(), kept.failed(), kept.notTested(), Arrays.stream(SelfTestStep.values()).map(SelfTestStep::code)
                .map(code -> results.getOrDefault(code, new Step(code, "none", "", ""))).toList());
    }

    private static Step step(SelfTestStep step, Result result) {
        return result == null ? new Step(step.code(), "none", "", "")
            : new Step(step.code(), code(result.verdict()), Written.duration(result.duration()), result.seen());
    }

    private static String code(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    /** Whether it goes on. */
    public boolean running() {
        return state.equals("running");
    }

    /** How many steps are over. */
    public long done() {
        return passed + failed + notTested;
    }
}

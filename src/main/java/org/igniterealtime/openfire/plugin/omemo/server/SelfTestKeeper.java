package org.igniterealtime.openfire.plugin.omemo.server;

import java.io.IOException;
import java.time.Duration;
import java.util.stream.Collectors;
import org.igniterealtime.openfire.plugin.omemo.bot.SelfTestReport.Result;
import org.igniterealtime.openfire.plugin.omemo.bot.SelfTestReport.Verdict;
import org.igniterealtime.openfire.plugin.omemo.stats.SelfTestRecord;
import org.igniterealtime.openfire.plugin.omemo.store.SelfTestTable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps what came of self-tests in the database. */
final class SelfTestKeeper implements SelfTestListener {

    private static final Logger LOG = LoggerFactory.getLogger(SelfTestKeeper.class);

    private final SelfTestTable table;

    SelfTestKeeper(SelfTestTable table) {
        this.table = table;
    }

    @Override
    public void began(SelfTestRun run) {
        // It is kept when it is over.
    }

    @Override
    public void stepEnded(SelfTestRun run, Result result) {
        // The same.
    }

    /** A line for each step: code, verdict, milliseconds and what was seen, with tabs between them. */
    @Override
    public void ended(SelfTestRun run) {
        String report = run.steps().stream().map(result -> String.join("\t", result.step().code(),
                result.verdict().name(), Long.toString(result.duration().toMillis()), result.seen().replaceAll("\\s", " ")))
            .collect(Collectors.joining("\n"));
        try {
            table.add(new SelfTestRecord(run.began(), run.duration().orElse(Duration.ZERO),
                (int) run.count(Verdict.PASSED), (int) run.count(Verdict.FAILED), (int) run.count(Verdict.NOT_TESTED), report));
        } catch (IOException e) {
            LOG.warn("What came of the self-test is not kept: {}", e.toString());
        }
    }
}

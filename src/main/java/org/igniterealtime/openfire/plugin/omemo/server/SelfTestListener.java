package org.igniterealtime.openfire.plugin.omemo.server;

import org.igniterealtime.openfire.plugin.omemo.bot.SelfTestReport;

/** Whoever wants to see self-tests go on. Called on the thread of the self-test, which waits for it. */
public interface SelfTestListener {

    /** One has begun. */
    void began(SelfTestRun run);

    /** A step is over; the run has it among its steps. */
    void stepEnded(SelfTestRun run, SelfTestReport.Result result);

    /** It is over. */
    void ended(SelfTestRun run);
}

package org.igniterealtime.openfire.plugin.omemo.server;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.DoubleSupplier;
import org.igniterealtime.openfire.plugin.omemo.bot.BotHost;
import org.igniterealtime.openfire.plugin.omemo.bot.SelfTestReport.Verdict;
import org.jivesoftware.openfire.stats.StatisticsManager;

/**
 * What the bots measure, as statistics of the server, where the monitoring plugin finds them: {@code omemo_canary_round_trip},
 * in milliseconds, and {@code omemo_selftest_failed}, the number of steps that failed in the last self-test (1 if it ended
 * early). What is not known is not a number (NaN): a gap in a plot, where 0 would look like a good value. In a cluster the
 * node that is asked is the one that has the bots: the oldest.
 */
final class BotStatistics {

    private final Map<String, DoubleSupplier> values = new LinkedHashMap<>();

    BotStatistics(BotService bots) {
        values.put("canary_round_trip", () -> bots.host().flatMap(BotHost::roundTrip)
            .map(time -> time.toNanos() / 1e6).orElse(Double.NaN));
        values.put("selftest_failed", () -> bots.selfTests().lastEnded().map(BotStatistics::failed).orElse(Double.NaN));
    }

    private static double failed(SelfTestRun run) {
        return run.state() == SelfTestRun.State.BROKEN ? 1 : run.count(Verdict.FAILED);
    }

    void register() {
        values.forEach((name, value) ->
            StatisticsManager.getInstance().addStatistic("omemo_" + name, new ServerStatistic(name, name + ".units", false, value)));
    }

    void unregister() {
        values.keySet().forEach(name -> StatisticsManager.getInstance().removeStatistic("omemo_" + name));
    }
}

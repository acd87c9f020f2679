package org.igniterealtime.openfire.plugin.omemo.server;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import org.igniterealtime.openfire.plugin.omemo.stats.Counters;
import org.igniterealtime.openfire.plugin.omemo.stats.KeyCounters;
import org.jivesoftware.openfire.stats.StatisticsManager;

/** Shows the counters as statistics of the server, where the monitoring plugin finds them. */
public final class CounterStatistics {

    private final Map<String, LongAdder> counters = new LinkedHashMap<>();

    public CounterStatistics(Counters counters, KeyCounters keys) {
        this.counters.put("passed", counters.passed());
        this.counters.put("rewritten", counters.rewritten());
        this.counters.put("refused", counters.refused());
        this.counters.put("violations", counters.violations());
        this.counters.put("failures", counters.failures());
        this.counters.put("silent_refusals", counters.silentRefusals());
        this.counters.put("keys_from_memory", keys.answeredFromMemory());
        this.counters.put("keys_faulty", keys.faulty());
        this.counters.put("keys_refused", keys.refused());
        this.counters.put("keys_repaired", keys.repaired());
        this.counters.put("keys_overwritten", keys.overwritten());
        this.counters.put("keys_failures", keys.failures());
    }

    /** Adds {@code omemo_passed} and its siblings. */
    public void register() {
        counters.forEach((name, counter) ->
            StatisticsManager.getInstance().addStatistic("omemo_" + name, new ServerStatistic(name, name.startsWith("keys_") ? "keys_units" : "units", true, counter::sum)));
    }

    /** Takes them away again. */
    public void unregister() {
        counters.keySet().forEach(name -> StatisticsManager.getInstance().removeStatistic("omemo_" + name));
    }
}

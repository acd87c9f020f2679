package org.igniterealtime.openfire.plugin.omemo.server;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import org.igniterealtime.openfire.plugin.omemo.stats.Counters;
import org.igniterealtime.openfire.plugin.omemo.stats.KeyCounters;
import org.jivesoftware.openfire.stats.Statistic;
import org.jivesoftware.openfire.stats.StatisticsManager;
import org.jivesoftware.util.LocaleUtils;

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
            StatisticsManager.getInstance().addStatistic("omemo_" + name, new Total(name, counter)));
    }

    /** Takes them away again. */
    public void unregister() {
        counters.keySet().forEach(name -> StatisticsManager.getInstance().removeStatistic("omemo_" + name));
    }

    private record Total(String name, LongAdder counter) implements Statistic {
        @Override
        public String getName() {
            return text("name");
        }

        @Override
        public Type getStatType() {
            return Type.count;
        }

        @Override
        public String getDescription() {
            return text("description");
        }

        @Override
        public String getUnits() {
            return text("units");
        }

        @Override
        public double sample() {
            return counter.sum();
        }

        @Override
        public boolean isPartialSample() {
            return true;
        }

        private String text(String part) {
            String units = name.startsWith("keys_") ? "statistic.keys_units" : "statistic.units";
            String key = part.equals("units") ? units : "statistic." + name + "." + part;
            return LocaleUtils.getLocalizedString(key, "omemo");
        }
    }
}

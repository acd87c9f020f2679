package org.igniterealtime.openfire.plugin.omemo.admin;

import java.io.IOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.igniterealtime.openfire.plugin.omemo.protocol.Family;
import org.igniterealtime.openfire.plugin.omemo.stats.DeviceState;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whether all is well, on one page. */
public abstract class OverviewPage extends Page {

    private static final Logger LOG = LoggerFactory.getLogger(OverviewPage.class);

    @Override
    protected OverviewModel show(Visit visit) {
        Console console = Console.running();
        CountSpan span = CountSpan.of(visit.text("by"));
        Instant now = Instant.now();
        List<SelfTestRow> tests = SelfTestPage.history(console.bots().selfTests());
        SelfTestRow last = tests.isEmpty() ? null : tests.get(0);
        try {
            return new OverviewModel(span.code(), span.read(console.counts(), now),
                written(console.keys().devices().count(now)), last, Concerns.all(tests, now), true);
        } catch (IOException e) {
            LOG.warn("The overview cannot be shown now: {}", e.toString());
            return new OverviewModel(span.code(), List.of(), Map.of(), last, List.of(), false);
        }
    }

    private static Map<String, Map<String, String>> written(Map<String, Map<DeviceState, Long>> counts) {
        Map<String, Map<String, String>> written = new HashMap<>();
        for (Family family : Family.values()) {
            Map<DeviceState, Long> found = counts.getOrDefault(family.label(), Map.of());
            Map<String, String> states = new HashMap<>();
            for (DeviceState state : DeviceState.values()) {
                states.put(state.name().toLowerCase(Locale.ROOT), Written.number(found.getOrDefault(state, 0L)));
            }
            written.put(family.label(), states);
        }
        return written;
    }
}

package org.igniterealtime.openfire.plugin.omemo.admin;

import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedSet;
import java.util.stream.Collectors;
import org.igniterealtime.openfire.plugin.omemo.policy.PolicyBook;
import org.igniterealtime.openfire.plugin.omemo.protocol.Family;
import org.igniterealtime.openfire.plugin.omemo.stats.DeviceState;

/** Whether all is well, on one page. */
public abstract class OverviewPage extends Page {

    @Override
    protected OverviewModel show(Visit visit) {
        Console console = Console.running();
        Reading reading = visit.reading();
        CountSpan span = CountSpan.of(visit.text("by"));
        Instant now = Instant.now();
        List<SelfTestRow> tests = SelfTestPage.history(visit);
        List<Concern> concerns = Concerns.all(tests, now, reading);
        SortedSet<String> rooms = reading.of("rooms", null, console::roomAddresses);
        List<CountRow> counts = reading.of("counts", null, () -> span.read(console.counts(), now));
        Map<String, Map<DeviceState, Long>> devices = reading.of("devices", null, () -> console.keys().devices().count(now));
        return new OverviewModel(span.code(), counts, devices == null ? null : written(devices),
            rooms == null ? null : byMode(rooms, console.rooms().policies()), tests.isEmpty() ? null : tests.get(0), concerns,
            reading.isComplete());
    }

    /** Bots live on one node. */
    @Override
    protected boolean isOfOneNode() {
        return true;
    }

    private static Map<String, String> byMode(SortedSet<String> rooms, PolicyBook policies) {
        Map<String, Long> found = rooms.stream()
            .collect(Collectors.groupingBy(room -> RoomEntry.of(room, policies).mode(), Collectors.counting()));
        Map<String, String> modes = new LinkedHashMap<>();
        RoomQuery.MODES.forEach(mode -> modes.put(mode, Written.number(found.getOrDefault(mode, 0L))));
        return modes;
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

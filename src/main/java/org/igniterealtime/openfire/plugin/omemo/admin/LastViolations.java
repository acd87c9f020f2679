package org.igniterealtime.openfire.plugin.omemo.admin;

import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/** When a violation occurred last in each of some rooms: what is stored, and what waits in memory for being stored. */
final class LastViolations {

    private LastViolations() {
    }

    /**
     * By the rooms' bare JIDs; without those in which there was none.
     *
     * @param rooms all that are asked for
     */
    static Map<String, Instant> of(Collection<String> rooms, Reading reading) {
        Console console = Console.running();
        Map<String, Instant> last =
            new HashMap<>(reading.of("last-violations", Map.<String, Instant>of(), () -> console.roomRecords().lastViolations(rooms)));
        Map<String, Instant> waiting = console.latestViolations();
        for (String room : rooms) {
            Instant latest = waiting.get(room);
            if (latest != null) {
                last.merge(room, latest, (one, other) -> one.isAfter(other) ? one : other);
            }
        }
        return last;
    }
}

package org.igniterealtime.openfire.plugin.omemo.admin;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.igniterealtime.openfire.plugin.omemo.policy.PolicyBook;
import org.igniterealtime.openfire.plugin.omemo.policy.RoomPattern;
import org.igniterealtime.openfire.plugin.omemo.server.RoomDirectory;
import org.igniterealtime.openfire.plugin.omemo.server.RoomFacts;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A room in the list.
 *
 * @param title what it is called; empty if that is its address
 * @param source where its policy comes from: {@code room}, {@code pattern}, {@code service} or {@code default}
 * @param pattern which one, if it is a pattern
 * @param families that its policy accepts, by their labels
 * @param state {@code there}, {@code absent} or {@code unknown}
 * @param readiness of those in it
 * @param violation when the last one occurred that is known of; empty if there was none
 * @param findings codes of what is not as XEP-0384 would have it
 */
public record RoomRow(String address, String title, String mode, String source, String pattern, List<String> families,
    String state, RoomReadiness readiness, String violation, List<String> findings) {

    private static final Logger LOG = LoggerFactory.getLogger(RoomRow.class);

    /** Without its last violation. */
    static RoomRow of(RoomEntry entry, RoomDirectory rooms) {
        return of(entry, rooms, Look.at(entry.address(), rooms), Optional.empty());
    }

    /** @param last when a violation occurred last in it and in others */
    static RoomRow of(RoomEntry entry, RoomDirectory rooms, Reading reading, Map<String, Instant> last) {
        return of(entry, rooms, Look.at(entry.address(), rooms, reading), Optional.ofNullable(last.get(entry.address())));
    }

    private static RoomRow of(RoomEntry entry, RoomDirectory rooms, Look look, Optional<Instant> violation) {
        PolicyBook policies = rooms.policies();
        Optional<RoomFacts> facts = look.facts();
        String state = !look.known() ? "unknown" : facts.isPresent() ? "there" : "absent";
        return new RoomRow(entry.address(), facts.map(RoomFacts::title).filter(title -> !entry.address().startsWith(title + "@")).orElse(""), entry.mode(),
            Words.of(policies.sourceOf(entry.address(), entry.service())),
            policies.patternOf(entry.address()).map(RoomPattern::glob).orElse(""), Words.families(entry.policy()), state,
            facts.map(found -> RoomReadiness.of(found, entry.policy().families(), rooms)).orElse(null),
            violation.map(Written::time).orElse(""),
            facts.map(found -> found.findings().stream().map(finding -> finding.code().code()).toList()).orElse(List.of()));
    }

    /**
     * What came of looking at a room.
     *
     * @param known whether it is known if there is such a room
     */
    record Look(boolean known, Optional<RoomFacts> facts) {

        private static final Look UNKNOWN = new Look(false, Optional.empty());

        static Look at(String address, RoomDirectory rooms, Reading reading) {
            return reading.of("room-people", UNKNOWN, () -> at(address, rooms));
        }

        /** What keeps one room from being looked at need not keep others. */
        private static Look at(String address, RoomDirectory rooms) {
            try {
                return new Look(true, rooms.facts(address));
            } catch (RuntimeException e) {
                LOG.warn("Room {} could not be looked at: {}", address, e.toString());
                return UNKNOWN;
            }
        }
    }
}

package org.igniterealtime.openfire.plugin.omemo.admin;

import java.util.List;
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
 * @param findings codes of what is not as XEP-0384 would have it
 */
public record RoomRow(String address, String title, String mode, String source, String pattern, List<String> families,
    String state, RoomReadiness readiness, List<String> findings) {

    private static final Logger LOG = LoggerFactory.getLogger(RoomRow.class);

    static RoomRow of(RoomEntry entry, RoomDirectory rooms) {
        PolicyBook policies = rooms.policies();
        String state = "absent";
        Optional<RoomFacts> facts = Optional.empty();
        try {
            facts = rooms.facts(entry.address());
            state = facts.isPresent() ? "there" : "absent";
        } catch (RuntimeException e) {
            LOG.warn("Room {} could not be looked at: {}", entry.address(), e.toString());
            state = "unknown";
        }
        return new RoomRow(entry.address(), facts.map(RoomFacts::title).filter(title -> !entry.address().startsWith(title + "@")).orElse(""), entry.mode(),
            Words.of(policies.sourceOf(entry.address(), entry.service())),
            policies.patternOf(entry.address()).map(RoomPattern::glob).orElse(""), Words.families(entry.policy()), state,
            facts.map(found -> RoomReadiness.of(found, entry.policy().families(), rooms)).orElse(null),
            facts.map(found -> found.findings().stream().map(finding -> finding.code().code()).toList()).orElse(List.of()));
    }
}

package org.igniterealtime.openfire.plugin.omemo.policy;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Every policy of the server at one moment (POLICY.md, "Where a policy comes from"). Immutable; policies belong to the
 * JIDs of rooms, whether or not the rooms exist.
 *
 * @param rooms by bare room JID
 * @param patterns in the order in which they are tried
 * @param services by the domain of a service
 * @param usual the server's default
 * @param chosen what owners have chosen, by bare room JID; of these policies mode and families count
 * @param bounds how far they may
 */
public record PolicyBook(Map<String, Policy> rooms, List<PatternPolicy> patterns, Map<String, Policy> services,
                         Policy usual, Map<String, Policy> chosen, OwnerBounds bounds) {

    /** The policy of the rooms that match a pattern. */
    public record PatternPolicy(RoomPattern pattern, Policy policy) {
    }

    public PolicyBook {
        rooms = Map.copyOf(rooms);
        patterns = List.copyOf(patterns);
        services = Map.copyOf(services);
        chosen = Map.copyOf(chosen);
    }

    /** Policies of an operator alone. */
    public PolicyBook(Map<String, Policy> rooms, List<PatternPolicy> patterns, Map<String, Policy> services,
                      Policy usual) {
        this(rooms, patterns, services, usual, Map.of(), OwnerBounds.NOTHING);
    }

    /** The policy of a room: the operator's, and within its bounds what its owners have chosen. */
    public Policy policyOf(String room, String service) {
        Policy operators = operatorsPolicyOf(room, service);
        Policy choice = chosen.get(room);
        return choice == null ? operators : bounds.policy(operators, choice);
    }

    /** The room's own policy, else the first matching pattern's, else the service's, else the server's default. */
    public Policy operatorsPolicyOf(String room, String service) {
        Policy own = rooms.get(room);
        if (own != null) {
            return own;
        }
        for (PatternPolicy candidate : patterns) {
            if (candidate.pattern().matches(room)) {
                return candidate.policy();
            }
        }
        return services.getOrDefault(service, usual);
    }

    /** Where the policy of a room comes from. */
    public enum Source { OWNERS, ROOM, PATTERN, SERVICE, DEFAULT }

    /** Where {@link #policyOf} has its answer from. */
    public Source sourceOf(String room, String service) {
        if (!policyOf(room, service).equals(operatorsPolicyOf(room, service))) {
            return Source.OWNERS;
        }
        if (rooms.containsKey(room)) {
            return Source.ROOM;
        }
        if (patternOf(room).isPresent()) {
            return Source.PATTERN;
        }
        return services.containsKey(service) ? Source.SERVICE : Source.DEFAULT;
    }

    /** The first pattern that matches a room. */
    public Optional<RoomPattern> patternOf(String room) {
        return patterns.stream().map(PatternPolicy::pattern).filter(pattern -> pattern.matches(room)).findFirst();
    }

    /** The policy that a room would have without one of its own. */
    public Policy inherited(String room, String service) {
        return patterns.stream().filter(candidate -> candidate.pattern().matches(room)).findFirst()
            .map(PatternPolicy::policy).orElseGet(() -> services.getOrDefault(service, usual));
    }
}

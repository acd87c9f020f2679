package org.igniterealtime.openfire.plugin.omemo.keys;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * When the OMEMO nodes of an account and what is in them were stored, as far as it is known.
 *
 * @param items      when items were published, by the names of their nodes and their ids
 * @param configured when nodes were created or their configuration was last changed, by their names
 */
public record KeyTimes(Map<String, Map<String, Instant>> items, Map<String, Instant> configured) {

    /** Nothing is known. */
    public static final KeyTimes UNKNOWN = new KeyTimes(Map.of(), Map.of());

    Optional<Instant> published(String node, String item) {
        return Optional.ofNullable(items.getOrDefault(node, Map.of()).get(item));
    }

    Optional<Instant> configured(String node) {
        return Optional.ofNullable(configured.get(node));
    }
}

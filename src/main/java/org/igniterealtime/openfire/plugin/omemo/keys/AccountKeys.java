package org.igniterealtime.openfire.plugin.omemo.keys;

import java.util.Map;
import java.util.Optional;

/**
 * All OMEMO nodes of one account, of all families, as they were at one moment. A node that is not in it did not exist, so
 * that absence is known, too.
 *
 * @param nodes the nodes by their names
 * @param bytes what it takes in memory, roughly
 */
public record AccountKeys(Map<String, PublishedNode> nodes, long bytes) {

    /** An account without OMEMO nodes, or none at all. */
    public static final AccountKeys NONE = of(Map.of());

    private static final int OVERHEAD = 200;

    public AccountKeys {
        nodes = Map.copyOf(nodes);
    }

    public static AccountKeys of(Map<String, PublishedNode> nodes) {
        long bytes = OVERHEAD;
        for (Map.Entry<String, PublishedNode> node : nodes.entrySet()) {
            bytes += 2L * node.getKey().length() + node.getValue().bytes();
        }
        return new AccountKeys(nodes, bytes);
    }

    /** The node of this name. */
    public Optional<PublishedNode> node(String name) {
        return Optional.ofNullable(nodes.get(name));
    }
}

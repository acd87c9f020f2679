package org.igniterealtime.openfire.plugin.omemo.keys;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.igniterealtime.openfire.plugin.omemo.protocol.Family;

/** What is stored for an account of one family, told step by step; whatever is not told is in order and a day old. */
final class StoredAccount {

    static final int MOST_ITEMS = 2_000;
    static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");

    private final Family family;
    private final Map<String, NodeConfiguration> nodes = new HashMap<>();
    private final Map<String, Map<String, String>> items = new HashMap<>();
    private final Map<String, Map<String, Instant>> published = new HashMap<>();
    private final Map<String, Instant> configured = new HashMap<>();

    StoredAccount(Family family) {
        this.family = family;
    }

    static Instant daysAgo(int days) {
        return NOW.minus(Duration.ofDays(days));
    }

    StoredAccount list(int daysAgo, int... devices) {
        return item(family.deviceListNode(), "current", Samples.deviceList(family, devices).asXML(), daysAgo);
    }

    StoredAccount bundle(int daysAgo, int device) {
        return bundle(daysAgo, device, Samples.bundles(family).get(0).asXML());
    }

    StoredAccount bundle(int daysAgo, int device, String xml) {
        return item(family.bundleNode(device), family == Family.LEGACY ? "current" : Integer.toString(device), xml, daysAgo);
    }

    StoredAccount item(String node, String item, String xml, int daysAgo) {
        node(node, daysAgo);
        items.get(node).put(item, xml);
        published.computeIfAbsent(node, name -> new HashMap<>()).put(item, daysAgo(daysAgo));
        return this;
    }

    /** A node that may be empty. */
    StoredAccount node(String node, int daysAgo) {
        nodes.putIfAbsent(node, NodeConfiguration.required(Family.ofNode(node).orElseThrow(), MOST_ITEMS));
        items.putIfAbsent(node, new LinkedHashMap<>());
        configured.putIfAbsent(node, daysAgo(daysAgo));
        return this;
    }

    StoredAccount configured(String node, NodeConfiguration configuration, int daysAgo) {
        node(node, daysAgo);
        nodes.put(node, configuration);
        configured.put(node, daysAgo(daysAgo));
        return this;
    }

    AccountKeys keys() {
        Map<String, PublishedNode> all = new HashMap<>();
        nodes.forEach((name, configuration) -> all.put(name,
            new PublishedNode(configuration, configuration.accessModel().equals("open"), items.get(name))));
        return AccountKeys.of(all);
    }

    KeyTimes times() {
        return new KeyTimes(published, configured);
    }
}

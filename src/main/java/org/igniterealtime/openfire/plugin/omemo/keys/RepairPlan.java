package org.igniterealtime.openfire.plugin.omemo.keys;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.igniterealtime.openfire.plugin.omemo.protocol.DeviceList;
import org.igniterealtime.openfire.plugin.omemo.protocol.Family;

/** Says what is to be done about findings. What only the owner's devices can make right is left to them. */
public final class RepairPlan {

    /** An account with more to do is dealt with in several repairs. */
    static final int MOST_STEPS = 200;

    private final int mostItems;
    private final RepairOptions options;

    /** @param mostItems how many items the server can keep in a node */
    public RepairPlan(int mostItems, RepairOptions options) {
        this.mostItems = mostItems;
        this.options = options;
    }

    /**
     * The steps in the order in which they have to be taken, {@value #MOST_STEPS} at most; none if there is nothing to do.
     *
     * @param keys     those of the account that was surveyed
     * @param findings all that was found
     */
    public List<RepairStep> steps(AccountKeys keys, List<KeyFinding> findings) {
        List<RepairStep> steps = new ArrayList<>(configuration(keys, findings));
        if (options.removeDead()) {
            for (Family family : Family.values()) {
                removal(family, keys, findings, steps);
            }
        }
        return List.copyOf(steps.subList(0, Math.min(steps.size(), MOST_STEPS)));
    }

    private List<RepairStep> configuration(AccountKeys keys, List<KeyFinding> findings) {
        Map<String, Map<String, String>> changes = new LinkedHashMap<>();
        for (KeyFinding finding : findings) {
            if (finding.code() == KeyFindingCode.WRONG_CONFIGURATION
                || finding.code() == KeyFindingCode.CLOSED_NODE && options.openClosed()) {
                changes.computeIfAbsent(finding.node(), node -> differences(keys, node));
            }
        }
        List<RepairStep> steps = new ArrayList<>();
        changes.forEach((node, fields) -> steps.add(new RepairStep.Configure(node, Map.copyOf(fields))));
        return steps;
    }

    private Map<String, String> differences(AccountKeys keys, String node) {
        Map<String, String> fields = keys.nodes().get(node).configuration()
            .differences(NodeConfiguration.required(Family.ofNode(node).orElseThrow(), mostItems));
        if (!options.openClosed()) {
            fields.remove(ConfigurationForm.ACCESS_MODEL);
        }
        return fields;
    }

    /** The steps that remove a device, from the list and with its bundle, whatever there is to be said of it. */
    public static List<RepairStep> removal(Family family, int device, AccountKeys keys) {
        String list = family.deviceListNode();
        KeyFindingCode code = PublishedDevices.of(keys, list).contains(device)
            ? KeyFindingCode.DEAD_DEVICE : KeyFindingCode.ABANDONED_BUNDLE;
        List<RepairStep> steps = new ArrayList<>();
        removal(family, keys, List.of(KeyFinding.of(code, list, device, "")), steps);
        return List.copyOf(steps);
    }

    private static void removal(Family family, AccountKeys keys, List<KeyFinding> findings, List<RepairStep> steps) {
        SortedSet<Integer> dead = devices(KeyFindingCode.DEAD_DEVICE, family, findings);
        if (!dead.isEmpty()) {
            // Only a list that is in order has dead devices.
            PublishedDevices.list(keys, family.deviceListNode()).ifPresent(list ->
                steps.add(without(family.deviceListNode(), list, dead)));
        }
        SortedSet<Integer> bundles = new TreeSet<>(dead);
        bundles.addAll(devices(KeyFindingCode.ABANDONED_BUNDLE, family, findings));
        Map<String, List<String>> items = new TreeMap<>();
        for (int device : bundles) {
            String node = family.bundleNode(device);
            Map<String, String> stored = keys.node(node).map(PublishedNode::items).orElse(Map.of());
            String item = Integer.toString(device);
            if (family == Family.LEGACY ? !stored.isEmpty() : stored.containsKey(item)) {
                items.computeIfAbsent(node, name -> new ArrayList<>()).add(item);
            }
        }
        items.forEach((node, ids) -> steps.add(family == Family.LEGACY
            ? new RepairStep.Delete(node) : new RepairStep.Retract(node, List.copyOf(ids))));
    }

    private static RepairStep without(String node, DeviceList list, SortedSet<Integer> dead) {
        DeviceList left = new DeviceList(list.family(),
            list.devices().stream().filter(device -> !dead.contains(device.id())).toList());
        return left.devices().isEmpty() ? new RepairStep.Retract(node, List.of(Publication.CURRENT))
            : new RepairStep.PublishList(node, left, dead);
    }

    private static SortedSet<Integer> devices(KeyFindingCode code, Family family, List<KeyFinding> findings) {
        SortedSet<Integer> devices = new TreeSet<>();
        for (KeyFinding finding : findings) {
            if (finding.code() == code && finding.device().isPresent()
                && finding.node().startsWith(family.namespace())) {
                devices.add(finding.device().getAsInt());
            }
        }
        return devices;
    }
}

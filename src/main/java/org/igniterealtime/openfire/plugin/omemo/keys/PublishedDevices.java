package org.igniterealtime.openfire.plugin.omemo.keys;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.dom4j.Element;
import org.igniterealtime.openfire.plugin.omemo.protocol.Device;
import org.igniterealtime.openfire.plugin.omemo.protocol.DeviceList;
import org.igniterealtime.openfire.plugin.omemo.protocol.Family;
import org.igniterealtime.openfire.plugin.omemo.protocol.MalformedElementException;
import org.igniterealtime.openfire.plugin.omemo.protocol.OmemoNode;

/** Which devices are on a published list, or own a published bundle. What is malformed has none. */
public final class PublishedDevices {

    /** By the very texts that a {@link KeyDirectory} remembers, for as long as it does. */
    private static final Cache<String, Set<Integer>> PARSED =
        Caffeine.newBuilder().weakKeys().maximumSize(50_000).executor(Runnable::run).build();

    private PublishedDevices() {
    }

    /** Those on the list in a node of the account. */
    public static Set<Integer> of(AccountKeys keys, String node) {
        return list(keys, node).map(PublishedDevices::ids).orElse(Set.of());
    }

    /** Those on the list of a family, quickly: the newest item in its node counts, as it does for clients. */
    public static Set<Integer> listed(AccountKeys keys, Family family) {
        PublishedNode node = keys.nodes().get(family.deviceListNode());
        return node == null || node.items().isEmpty() ? Set.of() : ofList(node.items().values().iterator().next());
    }

    /** What its user calls each, where the lists of the account say so. */
    public static Map<Integer, String> labels(AccountKeys keys) {
        Map<Integer, String> labels = new HashMap<>();
        for (Family family : Family.values()) {
            list(keys, family.deviceListNode()).ifPresent(list -> list.devices().forEach(device ->
                device.label().ifPresent(label -> labels.put(device.id(), label))));
        }
        return labels;
    }

    /** Those on a list that was stored as this XML; empty text is an item without payload. */
    static Set<Integer> ofList(String xml) {
        return PARSED.get(xml, PublishedDevices::parse);
    }

    private static Set<Integer> parse(String xml) {
        return StoredItem.element(xml).flatMap(PublishedDevices::list).map(PublishedDevices::ids).orElse(Set.of());
    }

    /** Those on the list in these items. */
    public static Set<Integer> of(List<Element> items) {
        Element last = items.get(items.size() - 1);
        return last.elements().isEmpty() ? Set.of() : list(last.elements().get(0)).map(PublishedDevices::ids).orElse(Set.of());
    }

    /** The one whose bundle these items are. */
    public static Optional<Integer> ofBundle(OmemoNode node, List<Element> items) {
        return ofBundle(node, items.get(items.size() - 1).attributeValue("id"));
    }

    /** The one whose bundle an item with this id is; null if it has none. */
    static Optional<Integer> ofBundle(OmemoNode node, String item) {
        if (node.deviceId().isPresent()) {
            return Optional.of(node.deviceId().getAsInt());
        }
        return Optional.ofNullable(item).filter(Publication::isDeviceId).map(Integer::valueOf);
    }

    /** The list in a node of the account, if there is a well-formed one. */
    static Optional<DeviceList> list(AccountKeys keys, String node) {
        return keys.node(node).map(list -> list.items().get(Publication.CURRENT)).flatMap(StoredItem::element)
            .flatMap(PublishedDevices::list);
    }

    static Optional<DeviceList> list(Element element) {
        try {
            return Optional.of(DeviceList.parse(element));
        } catch (MalformedElementException e) {
            return Optional.empty();
        }
    }

    static Set<Integer> ids(DeviceList list) {
        return list.devices().stream().map(Device::id).collect(Collectors.toSet());
    }
}

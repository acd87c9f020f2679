package org.igniterealtime.openfire.plugin.omemo.keys;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.dom4j.Element;
import org.igniterealtime.openfire.plugin.omemo.protocol.Device;
import org.igniterealtime.openfire.plugin.omemo.protocol.DeviceList;
import org.igniterealtime.openfire.plugin.omemo.protocol.MalformedElementException;
import org.igniterealtime.openfire.plugin.omemo.protocol.OmemoNode;

/** Which devices are on a published list, or own a published bundle. What is malformed has none. */
public final class PublishedDevices {

    private PublishedDevices() {
    }

    /** Those on the list in a node of the account. */
    public static Set<Integer> of(AccountKeys keys, String node) {
        return keys.node(node).map(list -> list.items().get(Publication.CURRENT)).flatMap(StoredItem::element)
            .map(PublishedDevices::ofList).orElse(Set.of());
    }

    /** Those on the list in these items. */
    public static Set<Integer> of(List<Element> items) {
        Element last = items.get(items.size() - 1);
        return last.elements().isEmpty() ? Set.of() : ofList(last.elements().get(0));
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

    private static Set<Integer> ofList(Element list) {
        Set<Integer> ids = new HashSet<>();
        try {
            for (Device device : DeviceList.parse(list).devices()) {
                ids.add(device.id());
            }
        } catch (MalformedElementException e) {
            return Set.of();
        }
        return ids;
    }
}

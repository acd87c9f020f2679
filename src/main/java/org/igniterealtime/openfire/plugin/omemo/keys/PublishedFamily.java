package org.igniterealtime.openfire.plugin.omemo.keys;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.dom4j.Element;
import org.igniterealtime.openfire.plugin.omemo.protocol.DeviceList;
import org.igniterealtime.openfire.plugin.omemo.protocol.Family;
import org.igniterealtime.openfire.plugin.omemo.protocol.OmemoNode;

/**
 * What an account has published of one family.
 *
 * @param nodes   the family's nodes that exist, by their names
 * @param list    the device list, if the node of the list holds nothing else, and the list is in order
 * @param listed  the devices that are on a list in the node, whether all else is in order or not
 * @param bundles where the bundles are by the devices they belong to, in order or not
 * @param faults  what is wrong with single items
 */
record PublishedFamily(Family family, SortedMap<String, OmemoNode> nodes, Optional<DeviceList> list,
                       SortedSet<Integer> listed, SortedMap<Integer, Place> bundles, List<KeyFinding> faults) {

    /** Where an item is. */
    record Place(String node, String item) {
    }

    static PublishedFamily of(Family family, AccountKeys keys) {
        SortedMap<String, OmemoNode> nodes = new TreeMap<>();
        for (String name : keys.nodes().keySet()) {
            Family.ofNode(name).filter(node -> node.family() == family).ifPresent(node -> nodes.put(name, node));
        }
        Reading reading = new Reading();
        nodes.forEach((name, node) -> keys.node(name).ifPresent(published ->
            published.items().forEach((item, xml) -> reading.take(name, node, item, xml))));
        Optional<DeviceList> list = reading.lists == 1 && !reading.isListFaulty ? reading.list : Optional.empty();
        return new PublishedFamily(family, nodes, list, reading.listed, reading.bundles, List.copyOf(reading.faults));
    }

    /** Goes through the items. */
    private static final class Reading {

        private final SortedSet<Integer> listed = new TreeSet<>();
        private final SortedMap<Integer, Place> bundles = new TreeMap<>();
        private final List<KeyFinding> faults = new ArrayList<>();
        private Optional<DeviceList> list = Optional.empty();
        private int lists;
        private boolean isListFaulty;

        void take(String name, OmemoNode node, String item, String xml) {
            Optional<Element> payload = StoredItem.element(xml);
            List<PublicationFinding> findings = payload.map(element -> Publication.judge(node, item, element))
                .orElseGet(() -> List.of(PublicationFinding.of(StoredItem.isTooLarge(xml)
                    ? PublicationFault.TOO_LARGE : PublicationFault.MALFORMED)));
            if (node.content() == OmemoNode.Content.DEVICE_LIST) {
                lists++;
                isListFaulty |= !findings.isEmpty();
                payload.filter(element -> !Weight.isTooMuch(element)).flatMap(PublishedDevices::list)
                    .ifPresent(this::takeList);
                findings.forEach(finding ->
                    faults.add(KeyFinding.of(KeyFindingCode.FAULTY_LIST, name, finding.sentence())));
            } else {
                Optional<Integer> device = PublishedDevices.ofBundle(node, item);
                device.ifPresent(id -> bundles.putIfAbsent(id, new Place(name, item)));
                findings.forEach(finding -> faults.add(device
                    .map(id -> KeyFinding.of(code(finding), name, id, finding.sentence()))
                    .orElseGet(() -> KeyFinding.of(code(finding), name, finding.sentence()))));
            }
        }

        private void takeList(DeviceList read) {
            list = Optional.of(read);
            listed.addAll(PublishedDevices.ids(read));
        }

        private static KeyFindingCode code(PublicationFinding finding) {
            return finding.fault() == PublicationFault.TOO_FEW_PREKEYS
                ? KeyFindingCode.FEW_PREKEYS : KeyFindingCode.FAULTY_BUNDLE;
        }
    }
}

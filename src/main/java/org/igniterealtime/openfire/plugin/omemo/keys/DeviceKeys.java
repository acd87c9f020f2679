package org.igniterealtime.openfire.plugin.omemo.keys;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.dom4j.Element;
import org.igniterealtime.openfire.plugin.omemo.core.store.Fingerprint;
import org.igniterealtime.openfire.plugin.omemo.protocol.Bundle;
import org.igniterealtime.openfire.plugin.omemo.protocol.Device;
import org.igniterealtime.openfire.plugin.omemo.protocol.Family;
import org.igniterealtime.openfire.plugin.omemo.protocol.MalformedElementException;
import org.igniterealtime.openfire.plugin.omemo.protocol.OmemoNode;

/**
 * What an account has published of one device.
 *
 * @param label what its user calls it
 * @param isListed whether it is on the list
 * @param preKeys how many prekeys its bundle has; 0 if there is none that can be read
 * @param fingerprint of its identity key, if the bundle says so
 */
public record DeviceKeys(Family family, int id, Optional<String> label, boolean isListed, State bundle, int preKeys,
                         Optional<Fingerprint> fingerprint) {

    /** How a device's bundle is. */
    public enum State {
        /** The signature verifies. */
        SIGNED,
        /** It does not, or the identity key is none. */
        NOT_SIGNED,
        /** What is there is no bundle. */
        FAULTY,
        /** There is none. */
        ABSENT
    }

    private record Place(OmemoNode node, String name, String item) {
    }

    /** All devices of an account, of each family by their ids. */
    public static List<DeviceKeys> of(AccountKeys keys) {
        List<DeviceKeys> devices = new ArrayList<>();
        for (Family family : Family.values()) {
            Map<Integer, Device> listed = listed(keys, family);
            Map<Integer, Place> bundles = bundles(keys, family);
            SortedSet<Integer> ids = new TreeSet<>(listed.keySet());
            ids.addAll(bundles.keySet());
            ids.forEach(id -> devices.add(of(keys, family, id, listed, bundles)));
        }
        return List.copyOf(devices);
    }

    /** One of them; empty if nothing of it is published. No other bundle is looked into. */
    public static Optional<DeviceKeys> of(AccountKeys keys, Family family, int id) {
        Map<Integer, Device> listed = listed(keys, family);
        Map<Integer, Place> bundles = bundles(keys, family);
        return listed.containsKey(id) || bundles.containsKey(id)
            ? Optional.of(of(keys, family, id, listed, bundles)) : Optional.empty();
    }

    private static Map<Integer, Device> listed(AccountKeys keys, Family family) {
        Map<Integer, Device> listed = new HashMap<>();
        PublishedDevices.list(keys, family.deviceListNode())
            .ifPresent(list -> list.devices().forEach(device -> listed.put(device.id(), device)));
        return listed;
    }

    /** Where bundles are; what is in them is not looked at. */
    private static Map<Integer, Place> bundles(AccountKeys keys, Family family) {
        Map<Integer, Place> bundles = new HashMap<>();
        for (String name : new TreeSet<>(keys.nodes().keySet())) {
            Family.ofNode(name).filter(node -> node.family() == family && node.content() == OmemoNode.Content.BUNDLES)
                .ifPresent(node -> keys.nodes().get(name).items().keySet().forEach(item -> PublishedDevices.ofBundle(node, item)
                    .ifPresent(id -> bundles.putIfAbsent(id, new Place(node, name, item)))));
        }
        return bundles;
    }

    private static DeviceKeys of(AccountKeys keys, Family family, int id, Map<Integer, Device> listed,
        Map<Integer, Place> bundles) {
        DeviceKeys device = new DeviceKeys(family, id, Optional.ofNullable(listed.get(id)).flatMap(Device::label),
            listed.containsKey(id), State.ABSENT, 0, Optional.empty());
        return Optional.ofNullable(bundles.get(id)).map(place -> device.with(place, keys)).orElse(device);
    }

    private DeviceKeys with(Place place, AccountKeys keys) {
        Element payload = StoredItem.element(keys.nodes().get(place.name).items().get(place.item))
            .filter(element -> !Weight.isTooMuch(element)).orElse(null);
        if (payload == null || !payload.getNamespaceURI().equals(place.node.family().namespace())) {
            return with(State.FAULTY, 0, Optional.empty());
        }
        try {
            int count = Bundle.parse(payload).preKeys().size();
            Optional<Fingerprint> verified = FamilyKeys.fingerprint(payload);
            return with(verified.isPresent() ? State.SIGNED : State.NOT_SIGNED, count, verified);
        } catch (MalformedElementException e) {
            return with(State.FAULTY, 0, Optional.empty());
        }
    }

    private DeviceKeys with(State state, int count, Optional<Fingerprint> of) {
        return new DeviceKeys(family, id, label, isListed, state, count, of);
    }
}

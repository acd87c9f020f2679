package org.igniterealtime.openfire.plugin.omemo.keys;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
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

    /** All devices of an account, of each family by their ids. */
    public static List<DeviceKeys> of(AccountKeys keys) {
        List<DeviceKeys> devices = new ArrayList<>();
        for (Family family : Family.values()) {
            devices.addAll(of(family, keys));
        }
        return List.copyOf(devices);
    }

    private static Collection<DeviceKeys> of(Family family, AccountKeys keys) {
        Map<Integer, DeviceKeys> devices = new TreeMap<>();
        PublishedDevices.list(keys, family.deviceListNode()).ifPresent(list -> {
            for (Device device : list.devices()) {
                devices.put(device.id(), new DeviceKeys(
                    family, device.id(), device.label(), true, State.ABSENT, 0, Optional.empty()));
            }
        });
        PublishedFamily.of(family, keys).bundles().forEach((id, place) -> {
            DeviceKeys listed = devices.getOrDefault(id,
                new DeviceKeys(family, id, Optional.empty(), false, State.ABSENT, 0, Optional.empty()));
            devices.put(id, listed.with(place, keys));
        });
        return devices.values();
    }

    private DeviceKeys with(PublishedFamily.Place place, AccountKeys keys) {
        Element payload = StoredItem.element(keys.nodes().get(place.node()).items().get(place.item()))
            .filter(element -> !Weight.isTooMuch(element)).orElse(null);
        OmemoNode node = Family.ofNode(place.node()).orElseThrow();
        if (payload == null || !payload.getNamespaceURI().equals(node.family().namespace())) {
            return with(State.FAULTY, 0, Optional.empty());
        }
        try {
            Bundle read = Bundle.parse(payload);
            boolean isSigned = Publication.judge(node, place.item(), payload).stream().map(PublicationFinding::fault)
                .noneMatch(fault -> fault == PublicationFault.INVALID_SIGNATURE || fault == PublicationFault.INVALID_IDENTITY_KEY);
            return with(isSigned ? State.SIGNED : State.NOT_SIGNED, read.preKeys().size(),
                isSigned ? FamilyKeys.fingerprint(payload) : Optional.empty());
        } catch (MalformedElementException e) {
            return with(State.FAULTY, 0, Optional.empty());
        }
    }

    private DeviceKeys with(State state, int count, Optional<Fingerprint> of) {
        return new DeviceKeys(family, id, label, isListed, state, count, of);
    }
}

package org.igniterealtime.openfire.plugin.omemo.keys;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.dom4j.Element;
import org.igniterealtime.openfire.plugin.omemo.core.OmemoException;
import org.igniterealtime.openfire.plugin.omemo.core.crypto.IdentityEncoding;
import org.igniterealtime.openfire.plugin.omemo.core.crypto.LegacySignature;
import org.igniterealtime.openfire.plugin.omemo.core.crypto.Signature;
import org.igniterealtime.openfire.plugin.omemo.core.crypto.SignedPreKey;
import org.igniterealtime.openfire.plugin.omemo.core.profile.Profile;
import org.igniterealtime.openfire.plugin.omemo.core.store.Fingerprint;
import org.igniterealtime.openfire.plugin.omemo.core.x3dh.PreKeyBundle;
import org.igniterealtime.openfire.plugin.omemo.protocol.Bundle;
import org.igniterealtime.openfire.plugin.omemo.protocol.Device;
import org.igniterealtime.openfire.plugin.omemo.protocol.DeviceList;
import org.igniterealtime.openfire.plugin.omemo.protocol.Family;
import org.igniterealtime.openfire.plugin.omemo.protocol.MalformedElementException;
import org.igniterealtime.openfire.plugin.omemo.protocol.OmemoNode;

/**
 * An account's devices of one family, and their identity keys.
 *
 * @param isListKnown  whether its list can be read, if only as absent
 * @param listed       the devices on the list
 * @param fingerprints of the identity keys in bundles that verify
 */
public record FamilyKeys(Family family, boolean isListKnown, List<Device> listed,
                            SortedMap<Integer, Fingerprint> fingerprints) {

    /** Those of each family. */
    public static List<FamilyKeys> of(AccountKeys keys) {
        List<FamilyKeys> families = new ArrayList<>();
        for (Family family : Family.values()) {
            Optional<PublishedNode> node = keys.node(family.deviceListNode());
            Optional<DeviceList> list = PublishedDevices.list(keys, family.deviceListNode());
            SortedMap<Integer, Fingerprint> fingerprints = new TreeMap<>();
            keys.nodes().forEach((name, published) -> Family.ofNode(name)
                .filter(known -> known.family() == family && known.content() == OmemoNode.Content.BUNDLES)
                .ifPresent(known -> published.items().forEach((item, xml) -> note(known, item, xml, fingerprints))));
            families.add(new FamilyKeys(family, list.isPresent() || node.isEmpty() || node.get().items().isEmpty(),
                list.map(DeviceList::devices).orElse(List.of()), fingerprints));
        }
        return families;
    }

    private static void note(OmemoNode node, String item, String xml, Map<Integer, Fingerprint> fingerprints) {
        PublishedDevices.ofBundle(node, item).ifPresent(device ->
            StoredItem.element(xml).flatMap(FamilyKeys::fingerprint)
                .ifPresent(fingerprint -> fingerprints.putIfAbsent(device, fingerprint)));
    }

    /**
     * The fingerprint of the identity key in a bundle, in whichever reading the bundle's signature confirms; empty if it is no
     * bundle, or none does.
     */
    public static Optional<Fingerprint> fingerprint(Element payload) {
        if (Weight.isTooMuch(payload)) {
            return Optional.empty();
        }
        try {
            Bundle bundle = Bundle.parse(payload);
            byte[] identityKey = bundle.identityKey().decode();
            byte[] signedPreKey = bundle.signedPreKey().publicKey().decode();
            Signature signature = Signature.decode(bundle.signedPreKey().signature().decode());
            return switch (bundle.family()) {
                // Without the type in front of it.
                case LEGACY -> LegacySignature.verifies(identityKey, signedPreKey, signature)
                    ? Optional.of(Fingerprint.of(IdentityEncoding.CURVE25519.decode(
                        Arrays.copyOfRange(identityKey, 1, identityKey.length)))) : Optional.empty();
                case OMEMO_1, OMEMO_2 -> Optional.of(Fingerprint.of(PreKeyBundle.verify(
                    bundle.family() == Family.OMEMO_1 ? Profile.OMEMO_1 : Profile.OMEMO_2, identityKey,
                    SignedPreKey.decode(bundle.signedPreKey().id(), signedPreKey), signature).identityKey()));
            };
        } catch (MalformedElementException | OmemoException e) {
            return Optional.empty();
        }
    }
}

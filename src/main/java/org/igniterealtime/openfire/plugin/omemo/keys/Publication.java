package org.igniterealtime.openfire.plugin.omemo.keys;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.dom4j.Element;
import org.igniterealtime.openfire.plugin.omemo.core.OmemoException;
import org.igniterealtime.openfire.plugin.omemo.core.OmemoException.Reason;
import org.igniterealtime.openfire.plugin.omemo.core.crypto.LegacySignature;
import org.igniterealtime.openfire.plugin.omemo.core.crypto.Signature;
import org.igniterealtime.openfire.plugin.omemo.core.crypto.SignedPreKey;
import org.igniterealtime.openfire.plugin.omemo.core.profile.Profile;
import org.igniterealtime.openfire.plugin.omemo.core.x3dh.PreKeyBundle;
import org.igniterealtime.openfire.plugin.omemo.protocol.Bundle;
import org.igniterealtime.openfire.plugin.omemo.protocol.DeviceList;
import org.igniterealtime.openfire.plugin.omemo.protocol.Family;
import org.igniterealtime.openfire.plugin.omemo.protocol.MalformedElementException;
import org.igniterealtime.openfire.plugin.omemo.protocol.OmemoNode;

/**
 * Judges what an account publishes, before it is stored (XEP-0384, "Announcing support"): the right element in the right
 * item, ids in range and unique, keys of the right length, a signature that verifies, enough prekeys.
 *
 * <p>Every look at it is bounded: an element that is too large is refused before it is read.
 */
public final class Publication {

    /** The item of every device list and every legacy bundle. */
    public static final String CURRENT = "current";

    private static final int LONGEST_DEVICE_ID = 10;
    private static final int LEAST_PREKEYS_LEGACY = 20;
    private static final int LEAST_PREKEYS = 25;

    private Publication() {
    }

    /**
     * What is wrong with an item; nothing if it is in order. Only the first flaw inside the element is told.
     *
     * @param itemId  null if the publisher left it to the server
     * @param payload null if there is none; it is not changed
     */
    public static List<PublicationFinding> judge(OmemoNode node, String itemId, Element payload) {
        List<PublicationFinding> findings = new ArrayList<>();
        judgeItemId(node, itemId).ifPresent(fault -> findings.add(PublicationFinding.of(fault)));
        if (payload == null) {
            findings.add(PublicationFinding.of(PublicationFault.NO_PAYLOAD));
        } else if (Weight.isTooMuch(payload)) {
            findings.add(PublicationFinding.of(PublicationFault.TOO_LARGE));
        } else if (!payload.getNamespaceURI().equals(node.family().namespace())) {
            findings.add(PublicationFinding.of(PublicationFault.WRONG_ELEMENT));
        } else {
            judgeElement(node, payload, findings);
        }
        return List.copyOf(findings);
    }

    private static Optional<PublicationFault> judgeItemId(OmemoNode node, String itemId) {
        if (node.content() == OmemoNode.Content.DEVICE_LIST || node.family() == Family.LEGACY) {
            return CURRENT.equals(itemId) ? Optional.empty() : Optional.of(PublicationFault.ITEM_ID_NOT_CURRENT);
        }
        return itemId != null && isDeviceId(itemId)
            ? Optional.empty() : Optional.of(PublicationFault.ITEM_ID_NOT_A_DEVICE_ID);
    }

    static boolean isDeviceId(String text) {
        return text.length() <= LONGEST_DEVICE_ID && text.matches("[1-9][0-9]*")
            && Long.parseLong(text) <= Integer.MAX_VALUE;
    }

    private static void judgeElement(OmemoNode node, Element payload, List<PublicationFinding> findings) {
        try {
            if (node.content() == OmemoNode.Content.DEVICE_LIST) {
                DeviceList.parse(payload);
            } else {
                judgeBundle(Bundle.parse(payload), findings);
            }
        } catch (MalformedElementException e) {
            findings.add(switch (e.flaw()) {
                case WRONG_ELEMENT -> PublicationFinding.of(PublicationFault.WRONG_ELEMENT);
                default -> PublicationFinding.of(PublicationFault.MALFORMED, e.getMessage());
            });
        }
    }

    private static void judgeBundle(Bundle bundle, List<PublicationFinding> findings) {
        int least = bundle.family() == Family.LEGACY ? LEAST_PREKEYS_LEGACY : LEAST_PREKEYS;
        if (bundle.preKeys().size() < least) {
            findings.add(PublicationFinding.of(PublicationFault.TOO_FEW_PREKEYS,
                bundle.preKeys().size() + ", at least " + least));
        }
        try {
            if (!isSigned(bundle)) {
                findings.add(PublicationFinding.of(PublicationFault.INVALID_SIGNATURE));
            }
        } catch (OmemoException e) {
            findings.add(PublicationFinding.of(e.reason() == Reason.INVALID_SIGNATURE
                ? PublicationFault.INVALID_SIGNATURE : PublicationFault.INVALID_IDENTITY_KEY));
        }
    }

    /** Of the namespace of 0.4 either reading of the identity key is good: 0.5 to 0.7 share it and write Ed25519. */
    private static boolean isSigned(Bundle bundle) throws OmemoException {
        byte[] identityKey = bundle.identityKey().decode();
        byte[] signedPreKey = bundle.signedPreKey().publicKey().decode();
        Signature signature = Signature.decode(bundle.signedPreKey().signature().decode());
        if (bundle.family() == Family.LEGACY) {
            return LegacySignature.verifies(identityKey, signedPreKey, signature);
        }
        Profile profile = bundle.family() == Family.OMEMO_1 ? Profile.OMEMO_1 : Profile.OMEMO_2;
        PreKeyBundle.verify(profile, identityKey, SignedPreKey.decode(bundle.signedPreKey().id(), signedPreKey), signature);
        return true;
    }
}

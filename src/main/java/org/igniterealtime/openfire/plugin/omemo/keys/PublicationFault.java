package org.igniterealtime.openfire.plugin.omemo.keys;

import java.util.Locale;

/** What can be wrong with a device list or bundle that is published. The codes are stable; the sentences are for people. */
public enum PublicationFault {

    /** More than any client can need, whatever else it is: never stored. */
    TOO_LARGE("The published element is larger than a device list or bundle can be."),
    NO_PAYLOAD("There is no element in the published item."),
    /** Not the element, or not of the family, that belongs into the node. */
    WRONG_ELEMENT("The published element is not the one that belongs into this node."),
    /** The element breaks the rules of its family: a missing child, an id out of range or used twice, a short key. */
    MALFORMED("The published element is not well-formed"),
    /** The list and every legacy bundle are in item {@code current}. */
    ITEM_ID_NOT_CURRENT("The id of the item must be 'current'."),
    /** From 0.4 on a bundle is in the item of its device. */
    ITEM_ID_NOT_A_DEVICE_ID("The id of the item must be a device id: a number between 1 and 2147483647."),
    INVALID_IDENTITY_KEY("The identity key is not a valid public key."),
    INVALID_SIGNATURE("The signature of the signed prekey does not verify with the identity key."),
    TOO_FEW_PREKEYS("There are too few prekeys");

    private final String sentence;

    PublicationFault(String sentence) {
        this.sentence = sentence;
    }

    /** The code in its written form, such as {@code invalid-signature}. */
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    String sentence() {
        return sentence;
    }
}

package org.igniterealtime.openfire.plugin.omemo.protocol;

import java.util.List;
import org.dom4j.DocumentHelper;
import org.dom4j.Element;
import org.dom4j.QName;

/**
 * A {@code <bundle>}: the public keys with which others begin a session with a device (XEP-0384, "Announcing support").
 *
 * <p>Public keys have 32 bytes: the u-coordinate of a Curve25519 key, or for the identity key of 0.5 and later an
 * Ed25519 key. Legacy ones have 33, the first of them 0x05. Nothing is said about whether keys are on their curve or
 * signatures valid, nor is the least number of prekeys that the XEP wants (20, later 25) demanded: a bundle that was
 * not refilled for a while is still of use.
 *
 * @param family       whose form it has
 * @param signedPreKey the signed prekey
 * @param identityKey  the identity key
 * @param preKeys      at least one, each with another id
 */
public record Bundle(Family family, SignedPreKey signedPreKey, Base64Text identityKey, List<PreKey> preKeys) {

    /** How many prekeys {@link #parse(Element)} accepts; the XEP wants about 100. */
    public static final int DEFAULT_MAX_PREKEYS = 1_000;

    /** The name of the element. */
    public static final String ELEMENT = "bundle";

    private static final byte LEGACY_KEY_TYPE = 5;

    /** @throws IllegalArgumentException if there is no prekey, two have one id, or a key is not of the family's form */
    public Bundle {
        preKeys = List.copyOf(preKeys);
        Check.that(!preKeys.isEmpty(), "a bundle has at least one prekey");
        checkKey(family, signedPreKey.publicKey());
        checkKey(family, identityKey);
        IdSet ids = new IdSet(preKeys.size());
        for (PreKey preKey : preKeys) {
            Check.that(ids.add(preKey.id()), "prekeys have different ids");
            checkKey(family, preKey.publicKey());
        }
    }

    private static void checkKey(Family family, Base64Text key) {
        Check.length(key, keyBytes(family), keyBytes(family));
        Check.that(hasKeyType(family, key), Flaw.WRONG_KEY_TYPE.phrase());
    }

    /** {@link #parse(Element, int)} of at most {@link #DEFAULT_MAX_PREKEYS} prekeys. */
    public static Bundle parse(Element element) throws MalformedElementException {
        return parse(element, DEFAULT_MAX_PREKEYS);
    }

    /**
     * Reads the element, which is not changed. Its children may come in any order.
     *
     * @throws MalformedElementException if it is anything else than a complete bundle of at most so many prekeys
     */
    public static Bundle parse(Element element, int maxPreKeys) throws MalformedElementException {
        return BundleReader.read(element, maxPreKeys);
    }

    /** A new element that says the same, as its family writes it. */
    public Element toElement() {
        Names names = Names.of(family);
        Element bundle = DocumentHelper.createElement(QName.get(ELEMENT, family.namespace()));
        add(bundle, names.signedPreKey())
                .addAttribute(names.signedPreKeyId(), Integer.toString(signedPreKey.id()))
                .addText(signedPreKey.publicKey().text());
        add(bundle, names.signature()).addText(signedPreKey.signature().text());
        add(bundle, names.identityKey()).addText(identityKey.text());
        Element list = add(bundle, names.preKeys());
        for (PreKey preKey : preKeys) {
            add(list, names.preKey())
                    .addAttribute(names.preKeyId(), Integer.toString(preKey.id()))
                    .addText(preKey.publicKey().text());
        }
        return bundle;
    }

    private Element add(Element parent, String name) {
        return parent.addElement(QName.get(name, family.namespace()));
    }

    /** The length of a public key in bytes. */
    static int keyBytes(Family family) {
        return family == Family.LEGACY ? 33 : 32;
    }

    static boolean hasKeyType(Family family, Base64Text key) {
        return family != Family.LEGACY || key.decode()[0] == LEGACY_KEY_TYPE;
    }

    /** What the elements and attributes are called. */
    record Names(String signedPreKey, String signedPreKeyId, String signature, String identityKey, String preKeys,
            String preKey, String preKeyId) {

        private static final Names LEGACY = new Names("signedPreKeyPublic", "signedPreKeyId", "signedPreKeySignature",
                "identityKey", "prekeys", "preKeyPublic", "preKeyId");
        private static final Names OMEMO = new Names("spk", "id", "spks", "ik", "prekeys", "pk", "id");

        static Names of(Family family) {
            return family == Family.LEGACY ? LEGACY : OMEMO;
        }
    }
}

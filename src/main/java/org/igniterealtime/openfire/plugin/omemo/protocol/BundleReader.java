package org.igniterealtime.openfire.plugin.omemo.protocol;

import static org.igniterealtime.openfire.plugin.omemo.protocol.StrictReader.IdRule;

import java.util.ArrayList;
import java.util.List;
import org.dom4j.Element;

/** One reading of a {@code <bundle>}. */
final class BundleReader {

    private final Family family;
    private final Bundle.Names names;
    private final StrictReader reader;
    private final int maxPreKeys;

    private BundleReader(Family family, StrictReader reader, int maxPreKeys) {
        this.family = family;
        this.names = Bundle.Names.of(family);
        this.reader = reader;
        this.maxPreKeys = maxPreKeys;
    }

    static Bundle read(Element root, int maxPreKeys) throws MalformedElementException {
        Family family = StrictReader.familyOf(root, Bundle.ELEMENT);
        StrictReader reader = StrictReader.of(root, family, Bundle.ELEMENT);
        return new BundleReader(family, reader, maxPreKeys).bundle(root);
    }

    private Bundle bundle(Element root) throws MalformedElementException {
        reader.requireNoAttributes(root);
        Element signedPreKey = null;
        Element signature = null;
        Element identityKey = null;
        Element preKeys = null;
        for (int i = 0; i < root.nodeCount(); i++) {
            Element child = reader.child(root, i);
            if (child == null) {
                continue;
            }
            String name = child.getName();
            if (name.equals(names.signedPreKey())) {
                signedPreKey = reader.only(signedPreKey, child);
            } else if (name.equals(names.signature())) {
                signature = reader.only(signature, child);
            } else if (name.equals(names.identityKey())) {
                identityKey = reader.only(identityKey, child);
            } else if (name.equals(names.preKeys())) {
                preKeys = reader.only(preKeys, child);
            } else {
                throw reader.unexpected(child);
            }
        }
        require(root, names.signedPreKey(), signedPreKey);
        require(root, names.signature(), signature);
        require(root, names.identityKey(), identityKey);
        require(root, names.preKeys(), preKeys);
        return new Bundle(family, signedPreKey(signedPreKey, signature), identityKey(identityKey), preKeys(preKeys));
    }

    private void require(Element root, String name, Element child) throws MalformedElementException {
        if (child == null) {
            throw reader.flaw(Flaw.MISSING_ELEMENT, root, "/" + name);
        }
    }

    private SignedPreKey signedPreKey(Element signedPreKey, Element signature) throws MalformedElementException {
        int id = id(signedPreKey, names.signedPreKeyId());
        Base64Text key = key(signedPreKey);
        reader.requireNoAttributes(signature);
        int bytes = SignedPreKey.SIGNATURE_BYTES;
        return new SignedPreKey(id, key, reader.base64(signature, bytes, bytes));
    }

    private Base64Text identityKey(Element identityKey) throws MalformedElementException {
        reader.requireNoAttributes(identityKey);
        return key(identityKey);
    }

    private List<PreKey> preKeys(Element parent) throws MalformedElementException {
        reader.requireNoAttributes(parent);
        int nodes = parent.nodeCount();
        int room = Math.min(nodes, maxPreKeys);
        List<PreKey> preKeys = new ArrayList<>(room);
        IdSet ids = new IdSet(room);
        for (int i = 0; i < nodes; i++) {
            Element child = reader.child(parent, i);
            if (child == null) {
                continue;
            }
            if (!child.getName().equals(names.preKey())) {
                throw reader.unexpected(child);
            }
            if (preKeys.size() == maxPreKeys) {
                throw reader.flaw(Flaw.TOO_MANY_PREKEYS, child, "", maxPreKeys + 1, maxPreKeys);
            }
            PreKey preKey = new PreKey(id(child, names.preKeyId()), key(child));
            if (!ids.add(preKey.id())) {
                throw reader.flaw(Flaw.DUPLICATE_ID, child, "@" + names.preKeyId());
            }
            preKeys.add(preKey);
        }
        if (preKeys.isEmpty()) {
            throw reader.flaw(Flaw.NO_PREKEYS, parent);
        }
        return preKeys;
    }

    private int id(Element element, String attribute) throws MalformedElementException {
        return reader.id(element, attribute, reader.onlyAttribute(element, attribute), IdRule.PREKEY);
    }

    private Base64Text key(Element element) throws MalformedElementException {
        int bytes = Bundle.keyBytes(family);
        Base64Text key = reader.base64(element, bytes, bytes);
        if (!Bundle.hasKeyType(family, key)) {
            throw reader.flaw(Flaw.WRONG_KEY_TYPE, element);
        }
        return key;
    }
}

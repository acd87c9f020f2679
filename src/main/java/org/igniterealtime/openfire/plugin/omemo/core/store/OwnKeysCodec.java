package org.igniterealtime.openfire.plugin.omemo.core.store;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.igniterealtime.openfire.plugin.omemo.core.OmemoException;
import org.igniterealtime.openfire.plugin.omemo.core.crypto.IdentityKeyPair;
import org.igniterealtime.openfire.plugin.omemo.core.crypto.PreKeyPair;
import org.igniterealtime.openfire.plugin.omemo.core.crypto.SignedPreKeyPair;
import org.igniterealtime.openfire.plugin.omemo.core.profile.Profile;
import org.igniterealtime.openfire.plugin.omemo.core.store.proto.StoredKeyPair;
import org.igniterealtime.openfire.plugin.omemo.core.store.proto.StoredOwnDevice;
import org.igniterealtime.openfire.plugin.omemo.core.store.proto.StoredPreKeys;
import org.igniterealtime.openfire.plugin.omemo.core.store.proto.StoredSignedPreKeys;

/**
 * The keys of this device as bytes for storage, private parts included. Bytes that are none of this are refused with
 * UNDECODABLE.
 */
public final class OwnKeysCodec {

    private OwnKeysCodec() {
    }

    public static byte[] encode(OwnDevice device) {
        StoredOwnDevice.Builder stored = StoredOwnDevice.newBuilder()
            .setProfile(device.profile().name())
            .setJid(device.address().jid().toString())
            .setDeviceId(device.address().deviceId())
            .setIdentitySeed(Stored.bytes(device.identity().seed()));
        device.label().ifPresent(stored::setLabel);
        return stored.build().toByteArray();
    }

    /** @throws OmemoException UNDECODABLE */
    public static OwnDevice decodeOwnDevice(byte[] bytes) throws OmemoException {
        return Stored.decode(() -> {
            StoredOwnDevice stored = StoredOwnDevice.parseFrom(bytes);
            return new OwnDevice(Profile.valueOf(stored.getProfile()),
                new DeviceAddress(Stored.jid(stored.getJid()), stored.getDeviceId()),
                IdentityKeyPair.of(stored.getIdentitySeed().toByteArray()),
                Stored.optional(stored, StoredOwnDevice::hasLabel, StoredOwnDevice::getLabel));
        });
    }

    public static byte[] encode(SignedPreKeys keys) {
        StoredSignedPreKeys.Builder stored = StoredSignedPreKeys.newBuilder()
            .setCurrent(keyPair(keys.current()))
            .setSince(Stored.instant(keys.since()));
        keys.previous().ifPresent(pair -> stored.setPrevious(keyPair(pair)));
        return stored.build().toByteArray();
    }

    /** @throws OmemoException UNDECODABLE */
    public static SignedPreKeys decodeSignedPreKeys(byte[] bytes) throws OmemoException {
        return Stored.decode(() -> {
            StoredSignedPreKeys stored = StoredSignedPreKeys.parseFrom(bytes);
            return new SignedPreKeys(signedPreKey(stored.getCurrent()), Stored.instant(stored.getSince()),
                Stored.optional(
                    stored, StoredSignedPreKeys::hasPrevious, message -> signedPreKey(message.getPrevious())));
        });
    }

    public static byte[] encode(PreKeys keys) {
        StoredPreKeys.Builder stored = StoredPreKeys.newBuilder().setLastId(keys.lastId());
        keys.published().forEach(pair -> stored.addPublished(keyPair(pair)));
        keys.kept().forEach(pair -> stored.addKept(keyPair(pair)));
        return stored.build().toByteArray();
    }

    /** @throws OmemoException UNDECODABLE */
    public static PreKeys decodePreKeys(byte[] bytes) throws OmemoException {
        return Stored.decode(() -> {
            StoredPreKeys stored = StoredPreKeys.parseFrom(bytes);
            if (stored.getKeptCount() > PreKeys.MAX_KEPT) {
                throw new IllegalArgumentException("too many prekeys");
            }
            Set<Integer> ids = new HashSet<>();
            return new PreKeys(preKeys(stored.getPublishedList(), ids), preKeys(stored.getKeptList(), ids),
                Stored.number(stored.getLastId()));
        });
    }

    private static List<PreKeyPair> preKeys(List<StoredKeyPair> stored, Set<Integer> ids) {
        List<PreKeyPair> pairs = new ArrayList<>(stored.size());
        for (StoredKeyPair pair : stored) {
            if (!ids.add(pair.getId())) {
                throw new IllegalArgumentException("two prekeys with one id");
            }
            pairs.add(PreKeyPair.of(pair.getId(), pair.getPrivateKey().toByteArray()));
        }
        return pairs;
    }

    private static SignedPreKeyPair signedPreKey(StoredKeyPair stored) {
        return SignedPreKeyPair.of(stored.getId(), stored.getPrivateKey().toByteArray());
    }

    private static StoredKeyPair keyPair(SignedPreKeyPair pair) {
        return keyPair(pair.id(), pair.privateBytes());
    }

    private static StoredKeyPair keyPair(PreKeyPair pair) {
        return keyPair(pair.id(), pair.privateBytes());
    }

    private static StoredKeyPair keyPair(int id, byte[] privateKey) {
        return StoredKeyPair.newBuilder().setId(id).setPrivateKey(Stored.bytes(privateKey)).build();
    }
}

package org.igniterealtime.openfire.plugin.omemo.core.store;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import org.igniterealtime.openfire.plugin.omemo.core.OmemoException;
import org.igniterealtime.openfire.plugin.omemo.core.store.proto.StoredStore;

/** All that a store holds as bytes, private keys included. */
public final class StoreSnapshot {

    private StoreSnapshot() {
    }

    /** What the store holds now. */
    public static byte[] of(InMemoryStore store) {
        StoredStore.Builder stored = StoredStore.newBuilder();
        store.ownDevice().ifPresent(device -> stored.setOwnDevice(Stored.bytes(OwnKeysCodec.encode(device))));
        store.signedPreKeys().ifPresent(keys -> stored.setSignedPreKeys(Stored.bytes(OwnKeysCodec.encode(keys))));
        store.preKeys().ifPresent(keys -> stored.setPreKeys(Stored.bytes(OwnKeysCodec.encode(keys))));
        store.allSessions().forEach((address, sessions) ->
            stored.addSessions(ofDevice(address, SessionsCodec.encode(sessions))));
        store.allDevices().forEach((jid, devices) -> devices.forEach((id, device) ->
            stored.addDevices(ofDevice(new DeviceAddress(jid, id), DeviceCodec.encode(device)))));
        store.allTrust().forEach((jid, keys) -> keys.forEach((fingerprint, trust) ->
            stored.addTrust(StoredStore.Trust.newBuilder().setJid(jid.toString())
                .setFingerprint(Stored.bytes(fingerprint.toBytes())).setLevel(trust.name()))));
        store.allModes().forEach((jid, mode) ->
            stored.addModes(StoredStore.Mode.newBuilder().setJid(jid.toString()).setMode(mode.name())));
        return stored.build().toByteArray();
    }

    /**
     * Fills an empty store.
     *
     * @throws OmemoException UNDECODABLE if the bytes are no snapshot; then the store is not to be used
     */
    public static void restore(byte[] bytes, InMemoryStore store) throws OmemoException {
        Stored.decode(() -> {
            StoredStore stored = StoredStore.parseFrom(bytes);
            restoreOwn(stored, store);
            for (StoredStore.OfDevice sessions : stored.getSessionsList()) {
                store.storeSessions(address(sessions), SessionsCodec.decode(sessions.getValue().toByteArray()));
            }
            for (StoredStore.OfDevice device : stored.getDevicesList()) {
                store.storeDevice(address(device), DeviceCodec.decode(device.getValue().toByteArray()));
            }
            for (StoredStore.Trust trust : stored.getTrustList()) {
                store.storeTrust(Stored.jid(trust.getJid()), Fingerprint.of(trust.getFingerprint().toByteArray()),
                    Trust.valueOf(trust.getLevel()));
            }
            for (StoredStore.Mode mode : stored.getModesList()) {
                store.storeMode(Stored.jid(mode.getJid()), ConversationMode.valueOf(mode.getMode()));
            }
            return store;
        });
    }

    private static void restoreOwn(StoredStore stored, InMemoryStore store)
            throws OmemoException, InvalidProtocolBufferException {
        Stored.optional(stored, StoredStore::hasOwnDevice,
            message -> OwnKeysCodec.decodeOwnDevice(bytes(message.getOwnDevice()))).ifPresent(store::storeOwnDevice);
        Stored.optional(stored, StoredStore::hasSignedPreKeys,
                message -> OwnKeysCodec.decodeSignedPreKeys(bytes(message.getSignedPreKeys())))
            .ifPresent(store::storeSignedPreKeys);
        Stored.optional(stored, StoredStore::hasPreKeys,
            message -> OwnKeysCodec.decodePreKeys(bytes(message.getPreKeys()))).ifPresent(store::storePreKeys);
    }

    private static byte[] bytes(ByteString stored) {
        return stored.toByteArray();
    }

    private static StoredStore.OfDevice ofDevice(DeviceAddress address, byte[] value) {
        return StoredStore.OfDevice.newBuilder().setJid(address.jid().toString())
            .setDeviceId(address.deviceId()).setValue(Stored.bytes(value)).build();
    }

    private static DeviceAddress address(StoredStore.OfDevice stored) {
        return new DeviceAddress(Stored.jid(stored.getJid()), stored.getDeviceId());
    }
}

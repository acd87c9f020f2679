package org.igniterealtime.openfire.plugin.omemo.core.store;

import java.time.Instant;
import java.util.List;
import org.igniterealtime.openfire.plugin.omemo.core.OmemoException;
import org.igniterealtime.openfire.plugin.omemo.core.crypto.SignedPreKey;
import org.igniterealtime.openfire.plugin.omemo.core.store.proto.StoredDevice;
import org.igniterealtime.openfire.plugin.omemo.core.store.proto.StoredSignedPreKey;

/** What is known of another device as bytes for storage. Bytes that are none of this are refused with UNDECODABLE. */
public final class DeviceCodec {

    private DeviceCodec() {
    }

    public static byte[] encode(DeviceRecord device) {
        StoredDevice.Builder stored = StoredDevice.newBuilder()
            .setListed(device.listed())
            .setUnheard(device.unheard());
        device.identity().ifPresent(identity -> stored.setIdentity(Stored.bytes(identity.toBytes())));
        device.signedPreKey().ifPresent(key -> stored.setSignedPreKey(
            StoredSignedPreKey.newBuilder().setId(key.id()).setPublicKey(Stored.bytes(key.toBytes()))));
        device.lastSeen().ifPresent(time -> stored.setLastSeen(Stored.instant(time)));
        device.withoutBundleSince().ifPresent(time -> stored.setWithoutBundleSince(Stored.instant(time)));
        device.recoveries().forEach(time -> stored.addRecoveries(Stored.instant(time)));
        return stored.build().toByteArray();
    }

    /** @throws OmemoException UNDECODABLE */
    public static DeviceRecord decode(byte[] bytes) throws OmemoException {
        return Stored.decode(() -> {
            StoredDevice stored = StoredDevice.parseFrom(bytes);
            List<Instant> recoveries = stored.getRecoveriesList().stream().map(Stored::instant).toList();
            return new DeviceRecord(stored.getListed(),
                Stored.optional(stored, StoredDevice::hasIdentity,
                    message -> Fingerprint.of(message.getIdentity().toByteArray())),
                Stored.optional(stored, StoredDevice::hasSignedPreKey, message -> signedPreKey(message.getSignedPreKey())),
                Stored.optional(stored, StoredDevice::hasLastSeen, message -> Stored.instant(message.getLastSeen())),
                Stored.optional(stored, StoredDevice::hasWithoutBundleSince,
                    message -> Stored.instant(message.getWithoutBundleSince())),
                Stored.number(stored.getUnheard()), recoveries);
        });
    }

    private static SignedPreKey signedPreKey(StoredSignedPreKey stored) throws OmemoException {
        return SignedPreKey.decode(stored.getId(), stored.getPublicKey().toByteArray());
    }
}

package org.igniterealtime.openfire.plugin.omemo.core.store;

import java.util.HashMap;
import java.util.Map;
import org.igniterealtime.openfire.plugin.omemo.core.OmemoException;
import org.igniterealtime.openfire.plugin.omemo.core.store.proto.StoredTrust;

/**
 * What the user thinks of an account's identity keys as bytes for storage. Bytes that are none of this are refused with
 * UNDECODABLE.
 */
final class TrustCodec {

    private TrustCodec() {
    }

    static byte[] encode(Map<Fingerprint, Trust> account) {
        StoredTrust.Builder stored = StoredTrust.newBuilder();
        account.forEach((fingerprint, trust) -> stored.addKeys(
            StoredTrust.Key.newBuilder().setFingerprint(Stored.bytes(fingerprint.toBytes())).setLevel(trust.name())));
        return stored.build().toByteArray();
    }

    /** @throws OmemoException UNDECODABLE */
    static Map<Fingerprint, Trust> decode(byte[] bytes) throws OmemoException {
        return Stored.decode(() -> {
            Map<Fingerprint, Trust> account = new HashMap<>();
            for (StoredTrust.Key key : StoredTrust.parseFrom(bytes).getKeysList()) {
                Fingerprint fingerprint = Fingerprint.of(key.getFingerprint().toByteArray());
                if (account.put(fingerprint, Trust.valueOf(key.getLevel())) != null) {
                    throw new IllegalArgumentException("two decisions on one key");
                }
            }
            return account;
        });
    }
}

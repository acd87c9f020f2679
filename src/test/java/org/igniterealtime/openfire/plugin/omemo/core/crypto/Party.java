package org.igniterealtime.openfire.plugin.omemo.core.crypto;

import org.igniterealtime.openfire.plugin.omemo.core.OmemoException;
import org.igniterealtime.openfire.plugin.omemo.core.profile.Profile;
import org.igniterealtime.openfire.plugin.omemo.core.vectors.Vectors;
import org.igniterealtime.openfire.plugin.omemo.core.x3dh.PreKeyBundle;

/**
 * A or B of the vectors. Their identity is a clamped scalar without a seed, and A's point has sign bit 1; ours come
 * from seeds and never have. So this identity can agree on keys, but not sign.
 */
public record Party(IdentityKeyPair identity, SignedPreKeyPair signedPreKey, Vectors vectors) {

    private static final byte[] NO_SEED = new byte[32];

    public static Party of(Profile profile, String name) {
        Vectors vectors = Vectors.of(profile).at("parties").at(name);
        try {
            IdentityKey publicKey = profile.identityEncoding().decode(vectors.bytes("identity_wire"));
            return new Party(
                new IdentityKeyPair(NO_SEED, vectors.bytes("identity_priv"), publicKey),
                SignedPreKeyPair.of(vectors.number("spk_id"), vectors.bytes("spk_priv")), vectors);
        } catch (OmemoException e) {
            throw new AssertionError(e);
        }
    }

    /** What others see of it. */
    public PreKeyBundle bundle() throws OmemoException {
        return PreKeyBundle.verify(vectors.profile(), vectors.bytes("identity_wire"), signedPreKey.publicKey(),
            Signature.decode(vectors.bytes("spk_signature")));
    }

    public PreKeyPair preKey(int id) {
        return vectors.each("pre_keys").filter(key -> key.number("id") == id).findFirst()
            .map(key -> PreKeyPair.of(id, key.bytes("priv"))).orElseThrow();
    }

    @Override
    public String toString() {
        return vectors.toString();
    }
}

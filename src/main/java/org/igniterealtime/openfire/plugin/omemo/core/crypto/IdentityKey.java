package org.igniterealtime.openfire.plugin.omemo.core.crypto;

import java.util.Arrays;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/**
 * IK of X3DH: the public key that names a device for its lifetime. It agrees on keys as a u-coordinate and verifies
 * signatures as an Ed25519 point, 32 bytes each; {@link IdentityEncoding} reads and writes either.
 *
 * <p>Two keys are equal if their Ed25519 points are. Whether two readings of different profiles mean the same device
 * key is told by {@link #toBytes()}, which the sign bit is no part of.
 */
public final class IdentityKey extends DhPublicKey {

    final byte[] edwards;

    /** @param edwards the canonical form of a point that belongs to u */
    IdentityKey(byte[] u, byte[] edwards) {
        super(u);
        this.edwards = edwards;
    }

    /** Whether this key signed the prekey as XEP-0384 0.4 and later encode it, by XEdDSA or Ed25519. */
    public boolean verifies(SignedPreKey signedPreKey, Signature signature) {
        return verifies(signedPreKey.u, signature);
    }

    /** Whether this key signed the message, by XEdDSA (section 2.5) or Ed25519 (RFC 8032, section 5.1.7). */
    public boolean verifies(byte[] message, Signature signature) {
        return Ed25519.verify(signature.bytes, 0, edwards, 0, message, 0, message.length);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof IdentityKey key && Arrays.equals(edwards, key.edwards);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(edwards);
    }
}

package org.igniterealtime.openfire.plugin.omemo.core.crypto;

import java.util.Arrays;
import org.bouncycastle.math.ec.rfc8032.Ed25519;
import org.bouncycastle.math.ec.rfc8032.Ed25519.PublicPoint;
import org.igniterealtime.openfire.plugin.omemo.core.OmemoException;
import org.igniterealtime.openfire.plugin.omemo.core.OmemoException.Reason;

/**
 * IK of X3DH: the public key that names a device for its lifetime. It agrees on keys as a u-coordinate and verifies
 * signatures as an Ed25519 point, 32 bytes each; {@link IdentityEncoding} reads and writes either.
 *
 * <p>Two keys are equal if their Ed25519 points are. Whether two readings of different profiles mean the same device
 * key is told by {@link #toBytes()}, which the sign bit is no part of.
 */
public final class IdentityKey extends DhPublicKey {

    final byte[] edwards;
    private final PublicPoint point;

    /**
     * @param u the u-coordinate
     * @param edwards the Ed25519 form that belongs to it
     * @throws OmemoException INVALID_KEY if the point is not canonical, not on the curve or of low order
     */
    IdentityKey(byte[] u, byte[] edwards) throws OmemoException {
        super(u);
        this.edwards = edwards;
        this.point = Ed25519.validatePublicKeyPartialExport(edwards, 0);
        if (point == null) {
            throw new OmemoException(Reason.INVALID_KEY);
        }
    }

    /** Whether this key signed the prekey as XEP-0384 0.4 and later encode it, by XEdDSA or Ed25519. */
    public boolean verifies(SignedPreKey signedPreKey, Signature signature) {
        return verifies(signedPreKey.u, signature);
    }

    /** Whether this key signed the message, by XEdDSA (section 2.5) or Ed25519 (RFC 8032, section 5.1.7). */
    public boolean verifies(byte[] message, Signature signature) {
        return Ed25519.verify(signature.bytes, 0, point, message, 0, message.length);
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

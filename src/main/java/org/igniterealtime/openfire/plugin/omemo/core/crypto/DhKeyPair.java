package org.igniterealtime.openfire.plugin.omemo.core.crypto;

import java.security.MessageDigest;
import java.security.SecureRandom;
import org.bouncycastle.math.ec.rfc7748.X25519;
import org.igniterealtime.openfire.plugin.omemo.core.OmemoException;
import org.igniterealtime.openfire.plugin.omemo.core.OmemoException.Reason;

/** A key pair for X25519 (RFC 7748). The private part, 32 bytes, is shown to nobody. */
public abstract sealed class DhKeyPair
    permits IdentityKeyPair, SignedPreKeyPair, PreKeyPair, EphemeralKeyPair, RatchetKeyPair {

    /** The length of every private key in bytes. */
    public static final int SIZE = 32;

    final byte[] scalar;

    /** @param scalar 32 bytes, which belong to this object from now on; X25519 clamps them when it uses them */
    DhKeyPair(byte[] scalar) {
        if (scalar.length != SIZE) {
            throw new IllegalArgumentException("a private key has 32 bytes");
        }
        this.scalar = scalar;
    }

    static byte[] draw(SecureRandom random) {
        byte[] scalar = new byte[SIZE];
        random.nextBytes(scalar);
        return scalar;
    }

    static byte[] publicPart(byte[] scalar) {
        byte[] u = new byte[DhPublicKey.SIZE];
        X25519.scalarMultBase(scalar, 0, u, 0);
        return u;
    }

    /** The public part. */
    public abstract DhPublicKey publicKey();

    /**
     * DH of the X3DH paper (section 2.2).
     *
     * @throws OmemoException INVALID_KEY if the other key is of low order, so that the result is all zero
     */
    public final DhOutput agree(DhPublicKey other) throws OmemoException {
        byte[] output = new byte[Secret.SIZE];
        if (!X25519.calculateAgreement(scalar, 0, other.u, 0, output, 0)) {
            throw new OmemoException(Reason.INVALID_KEY);
        }
        return new DhOutput(output);
    }

    @Override
    public final boolean equals(Object other) {
        return other instanceof DhKeyPair pair && publicKey().equals(pair.publicKey())
            && MessageDigest.isEqual(scalar, pair.scalar);
    }

    @Override
    public final int hashCode() {
        return publicKey().hashCode();
    }

    /** The public part alone. */
    @Override
    public final String toString() {
        return getClass().getSimpleName() + '[' + publicKey() + ']';
    }
}

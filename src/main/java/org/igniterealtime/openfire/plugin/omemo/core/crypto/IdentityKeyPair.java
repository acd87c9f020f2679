package org.igniterealtime.openfire.plugin.omemo.core.crypto;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.ProviderException;
import java.security.SecureRandom;
import java.util.Arrays;
import org.bouncycastle.math.ec.rfc8032.Ed25519;
import org.igniterealtime.openfire.plugin.omemo.core.OmemoException;

/**
 * The identity key pair of a device, made from an Ed25519 seed of 32 bytes (RFC 8032, section 5.1.5) whose public point
 * has sign bit 0. So its Ed25519 signatures are valid XEdDSA ones, where the sign bit is 0 by definition, and one key
 * serves all profiles.
 */
public final class IdentityKeyPair extends DhKeyPair {

    private final byte[] seed;
    private final IdentityKey publicKey;

    IdentityKeyPair(byte[] seed, byte[] scalar, IdentityKey publicKey) {
        super(scalar);
        this.seed = seed;
        this.publicKey = publicKey;
    }

    /** Draws seeds until one has a point with sign bit 0: two on average. */
    public static IdentityKeyPair generate(SecureRandom random) {
        while (true) {
            byte[] seed = draw(random);
            byte[] edwards = point(seed);
            if (hasSignBitZero(edwards)) {
                return make(seed, edwards);
            }
        }
    }

    /** @throws IllegalArgumentException if there are not 32 bytes, or their point has sign bit 1 */
    public static IdentityKeyPair of(byte[] seed) {
        if (seed.length != Ed25519.SECRET_KEY_SIZE) {
            throw new IllegalArgumentException("a seed has 32 bytes");
        }
        byte[] edwards = point(seed);
        if (!hasSignBitZero(edwards)) {
            throw new IllegalArgumentException("the Ed25519 point of an identity key has sign bit 0");
        }
        return make(seed.clone(), edwards);
    }

    private static IdentityKeyPair make(byte[] seed, byte[] edwards) {
        try {
            return new IdentityKeyPair(seed, scalar(seed), IdentityEncoding.ED25519.read(edwards));
        } catch (OmemoException e) {
            throw new ProviderException("the point of a seed is a good one", e);
        }
    }

    static byte[] point(byte[] seed) {
        byte[] edwards = new byte[Ed25519.PUBLIC_KEY_SIZE];
        Ed25519.generatePublicKey(seed, 0, edwards, 0);
        return edwards;
    }

    /** The scalar of the point, as XEP-0384 converts an Ed25519 private key for X25519. */
    static byte[] scalar(byte[] seed) {
        try {
            byte[] scalar = Arrays.copyOf(MessageDigest.getInstance("SHA-512").digest(seed), SIZE);
            scalar[0] &= (byte) 0xF8;
            scalar[31] &= 0x7F;
            scalar[31] |= 0x40;
            return scalar;
        } catch (NoSuchAlgorithmException e) {
            throw new ProviderException("every JDK has SHA-512", e);
        }
    }

    private static boolean hasSignBitZero(byte[] edwards) {
        return edwards[31] >= 0;
    }

    @Override
    public IdentityKey publicKey() {
        return publicKey;
    }

    /** Sig of X3DH (section 2.2) over the 32 bytes of the prekey: valid as Ed25519 and as XEdDSA, always the same. */
    public Signature sign(SignedPreKey signedPreKey) {
        return sign(signedPreKey.u);
    }

    /** Signs a message: valid as Ed25519 and as XEdDSA, always the same. */
    public Signature sign(byte[] message) {
        byte[] signature = new byte[Signature.SIZE];
        Ed25519.sign(seed, 0, publicKey.edwards, 0, message, 0, message.length, signature, 0);
        return new Signature(signature);
    }

    /** A copy of the seed, 32 bytes, for storage and for nothing else. */
    public byte[] seed() {
        return seed.clone();
    }
}

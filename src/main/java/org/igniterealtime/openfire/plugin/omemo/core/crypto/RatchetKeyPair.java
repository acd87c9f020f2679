package org.igniterealtime.openfire.plugin.omemo.core.crypto;

import java.security.SecureRandom;

/** The own key pair of a ratchet step, DHs of the Double Ratchet. */
public final class RatchetKeyPair extends DhKeyPair {

    private final RatchetKey publicKey;

    RatchetKeyPair(byte[] scalar, byte[] u) {
        super(scalar);
        this.publicKey = new RatchetKey(u);
    }

    /** @throws IllegalArgumentException if there are not 32 bytes */
    public static RatchetKeyPair of(byte[] privateKey) {
        byte[] scalar = privateKey.clone();
        return new RatchetKeyPair(scalar, publicPart(scalar));
    }

    public static RatchetKeyPair generate(SecureRandom random) {
        byte[] scalar = draw(random);
        return new RatchetKeyPair(scalar, publicPart(scalar));
    }

    @Override
    public RatchetKey publicKey() {
        return publicKey;
    }

    /** A copy of the private part, 32 bytes, for storage and for nothing else. */
    public byte[] privateBytes() {
        return scalar.clone();
    }
}

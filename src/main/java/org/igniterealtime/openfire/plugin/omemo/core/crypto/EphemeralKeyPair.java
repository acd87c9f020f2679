package org.igniterealtime.openfire.plugin.omemo.core.crypto;

import java.security.SecureRandom;

/** The initiator's ephemeral key pair of X3DH. It is used once and never stored. */
public final class EphemeralKeyPair extends DhKeyPair {

    private final EphemeralKey publicKey;

    EphemeralKeyPair(byte[] scalar, byte[] u) {
        super(scalar);
        this.publicKey = new EphemeralKey(u);
    }

    /** @throws IllegalArgumentException if there are not 32 bytes */
    public static EphemeralKeyPair of(byte[] privateKey) {
        byte[] scalar = privateKey.clone();
        return new EphemeralKeyPair(scalar, publicPart(scalar));
    }

    public static EphemeralKeyPair generate(SecureRandom random) {
        byte[] scalar = draw(random);
        return new EphemeralKeyPair(scalar, publicPart(scalar));
    }

    @Override
    public EphemeralKey publicKey() {
        return publicKey;
    }
}

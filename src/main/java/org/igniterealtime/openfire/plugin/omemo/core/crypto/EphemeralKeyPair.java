package org.igniterealtime.openfire.plugin.omemo.core.crypto;

import java.security.SecureRandom;

/** The initiator's ephemeral key pair of X3DH. It is used once and never stored. */
public final class EphemeralKeyPair extends DhKeyPair {

    private final EphemeralKey publicKey;

    private EphemeralKeyPair(byte[] scalar) {
        super(scalar);
        this.publicKey = new EphemeralKey(publicPart(scalar));
    }

    public static EphemeralKeyPair generate(SecureRandom random) {
        return new EphemeralKeyPair(draw(random));
    }

    @Override
    public EphemeralKey publicKey() {
        return publicKey;
    }
}

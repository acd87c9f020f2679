package org.igniterealtime.openfire.plugin.omemo.core.crypto;

import java.security.SecureRandom;

/** The signed prekey pair of X3DH. Its signature is made by the identity key when it is asked for. */
public final class SignedPreKeyPair extends DhKeyPair {

    private final SignedPreKey publicKey;

    private SignedPreKeyPair(int id, byte[] scalar) {
        super(scalar);
        this.publicKey = new SignedPreKey(id, publicPart(scalar));
    }

    /** @throws IllegalArgumentException if there are not 32 bytes, or the id is negative */
    public static SignedPreKeyPair of(int id, byte[] privateKey) {
        return new SignedPreKeyPair(id, privateKey.clone());
    }

    /** @throws IllegalArgumentException if the id is negative */
    public static SignedPreKeyPair generate(int id, SecureRandom random) {
        return new SignedPreKeyPair(id, draw(random));
    }

    @Override
    public SignedPreKey publicKey() {
        return publicKey;
    }

    /** Its number in the bundle, 0 to 2^31-1. */
    public int id() {
        return publicKey.id();
    }

    /** The own first ratchet key pair of the side that was written to (Double Ratchet, section 3.3). */
    public RatchetKeyPair toRatchetKeyPair() {
        return new RatchetKeyPair(scalar, publicKey.u);
    }

    /** A copy of the private part, 32 bytes, for storage and for nothing else. */
    public byte[] privateBytes() {
        return scalar.clone();
    }
}

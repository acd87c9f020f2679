package org.igniterealtime.openfire.plugin.omemo.core.crypto;

import java.security.SecureRandom;

/** A one-time prekey pair of X3DH: it serves one key exchange and is then replaced. */
public final class PreKeyPair extends DhKeyPair {

    private final PreKey publicKey;

    private PreKeyPair(int id, byte[] scalar) {
        super(scalar);
        this.publicKey = new PreKey(id, publicPart(scalar));
    }

    /** @throws IllegalArgumentException if there are not 32 bytes, or the id is negative */
    public static PreKeyPair of(int id, byte[] privateKey) {
        return new PreKeyPair(id, privateKey.clone());
    }

    /** @throws IllegalArgumentException if the id is negative */
    public static PreKeyPair generate(int id, SecureRandom random) {
        return new PreKeyPair(id, draw(random));
    }

    @Override
    public PreKey publicKey() {
        return publicKey;
    }

    /** Its number in the bundle, 0 to 2^31-1. */
    public int id() {
        return publicKey.id();
    }

    /** A copy of the private part, 32 bytes, for storage and for nothing else. */
    public byte[] privateBytes() {
        return scalar.clone();
    }
}

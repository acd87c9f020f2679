package org.igniterealtime.openfire.plugin.omemo.core.crypto;

import java.security.MessageDigest;

/** 32 secret bytes with a purpose. They are compared in constant time and shown to nobody. */
public abstract sealed class Secret
        permits SharedSecret, DhOutput, RootKey, ChainKey, MessageKey, PayloadKey, SealingKey {

    /** The length of every secret in bytes. */
    public static final int SIZE = 32;

    final byte[] bytes;

    /** @param bytes 32 bytes, which belong to this object from now on */
    Secret(byte[] bytes) {
        if (bytes.length != SIZE) {
            throw new IllegalArgumentException("a secret has 32 bytes");
        }
        this.bytes = bytes;
    }

    /** A copy of the 32 bytes, for storage and for nothing else. */
    public final byte[] toBytes() {
        return bytes.clone();
    }

    @Override
    public final boolean equals(Object other) {
        return other instanceof Secret secret && secret.getClass() == getClass()
            && MessageDigest.isEqual(bytes, secret.bytes);
    }

    /** The same for all, so that it tells nothing. */
    @Override
    public final int hashCode() {
        return getClass().hashCode();
    }

    @Override
    public final String toString() {
        return getClass().getSimpleName();
    }
}

package org.igniterealtime.openfire.plugin.omemo.core.store;

import java.util.Arrays;
import java.util.HexFormat;
import org.igniterealtime.openfire.plugin.omemo.core.crypto.DhPublicKey;
import org.igniterealtime.openfire.plugin.omemo.core.crypto.IdentityKey;

/**
 * What people compare, and what trust is given to: the identity key in its Curve25519 form, 32 bytes, the same in all
 * versions of OMEMO (XEP-0384, section "Security Considerations").
 */
public final class Fingerprint {

    private static final int GROUP = 8;

    private final byte[] bytes;

    private Fingerprint(byte[] bytes) {
        this.bytes = bytes;
    }

    public static Fingerprint of(IdentityKey key) {
        return new Fingerprint(key.toBytes());
    }

    /** @throws IllegalArgumentException if there are not 32 bytes */
    public static Fingerprint of(byte[] bytes) {
        if (bytes.length != DhPublicKey.SIZE) {
            throw new IllegalArgumentException("a fingerprint has 32 bytes");
        }
        return new Fingerprint(bytes.clone());
    }

    /** A copy of the 32 bytes. */
    public byte[] toBytes() {
        return bytes.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Fingerprint fingerprint && Arrays.equals(bytes, fingerprint.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /** Eight groups of eight hexadecimal digits, for people. */
    @Override
    public String toString() {
        return HexFormat.of().formatHex(bytes).replaceAll("(.{" + GROUP + "})(?!$)", "$1 ");
    }
}

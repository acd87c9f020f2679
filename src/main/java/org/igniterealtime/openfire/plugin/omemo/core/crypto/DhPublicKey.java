package org.igniterealtime.openfire.plugin.omemo.core.crypto;

import java.util.Arrays;
import java.util.HexFormat;
import org.igniterealtime.openfire.plugin.omemo.core.OmemoException;
import org.igniterealtime.openfire.plugin.omemo.core.OmemoException.Reason;

/**
 * A public key for X25519 (RFC 7748): the u-coordinate, 32 bytes, little-endian. It is kept as it was received, since
 * it is part of what gets authenticated; whether the point is any good shows when a key is agreed on.
 */
public abstract sealed class DhPublicKey permits IdentityKey, SignedPreKey, PreKey, EphemeralKey, RatchetKey {

    /** The length of every public key in bytes. */
    public static final int SIZE = 32;

    final byte[] u;

    /** @param u 32 bytes, which belong to this object from now on */
    DhPublicKey(byte[] u) {
        this.u = u;
    }

    /** A copy of received bytes, if they have the length of a key. */
    static byte[] received(byte[] bytes) throws OmemoException {
        if (bytes.length != SIZE) {
            throw new OmemoException(Reason.UNDECODABLE);
        }
        return bytes.clone();
    }

    /** A copy of the u-coordinate, 32 bytes. */
    public final byte[] toBytes() {
        return u.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof DhPublicKey key && key.getClass() == getClass() && Arrays.equals(u, key.u);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(u);
    }

    @Override
    public final String toString() {
        return getClass().getSimpleName() + '[' + HexFormat.of().formatHex(u) + ']';
    }
}

package org.igniterealtime.openfire.plugin.omemo.core.crypto;

import java.util.Arrays;
import java.util.HexFormat;
import org.igniterealtime.openfire.plugin.omemo.core.OmemoException;
import org.igniterealtime.openfire.plugin.omemo.core.OmemoException.Reason;

/** An Ed25519 or XEdDSA signature: 64 bytes, R ‖ s. Both kinds are verified in the same way. */
public final class Signature {

    /** The length in bytes. */
    public static final int SIZE = 64;

    final byte[] bytes;

    /** @param bytes 64 bytes, which belong to this object from now on */
    Signature(byte[] bytes) {
        this.bytes = bytes;
    }

    /** @throws OmemoException UNDECODABLE if there are not 64 bytes */
    public static Signature decode(byte[] bytes) throws OmemoException {
        if (bytes.length != SIZE) {
            throw new OmemoException(Reason.UNDECODABLE);
        }
        return new Signature(bytes.clone());
    }

    /** A copy of the 64 bytes. */
    public byte[] toBytes() {
        return bytes.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Signature signature && Arrays.equals(bytes, signature.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return "Signature[" + HexFormat.of().formatHex(bytes) + ']';
    }
}

package org.igniterealtime.openfire.plugin.omemo.core.x3dh;

import java.util.Arrays;
import java.util.HexFormat;
import org.igniterealtime.openfire.plugin.omemo.core.crypto.DhPublicKey;
import org.igniterealtime.openfire.plugin.omemo.core.crypto.IdentityEncoding;
import org.igniterealtime.openfire.plugin.omemo.core.crypto.IdentityKey;

/** AD of X3DH (section 3.3): Encode(IK_A) ‖ Encode(IK_B), 64 bytes, A being the initiator. It is no secret. */
public final class AssociatedData {

    /** The length in bytes. */
    public static final int SIZE = 2 * DhPublicKey.SIZE;

    private final byte[] bytes;

    private AssociatedData(byte[] bytes) {
        this.bytes = bytes;
    }

    static AssociatedData of(IdentityEncoding encoding, IdentityKey initiator, IdentityKey responder) {
        byte[] bytes = Arrays.copyOf(encoding.encode(initiator), SIZE);
        System.arraycopy(encoding.encode(responder), 0, bytes, DhPublicKey.SIZE, DhPublicKey.SIZE);
        return new AssociatedData(bytes);
    }

    /** @throws IllegalArgumentException if there are not 64 bytes */
    public static AssociatedData of(byte[] bytes) {
        if (bytes.length != SIZE) {
            throw new IllegalArgumentException("associated data has 64 bytes");
        }
        return new AssociatedData(bytes.clone());
    }

    /** A copy of the 64 bytes. */
    public byte[] toBytes() {
        return bytes.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof AssociatedData data && Arrays.equals(bytes, data.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return "AssociatedData[" + HexFormat.of().formatHex(bytes) + ']';
    }
}

package org.igniterealtime.openfire.plugin.omemo.core.crypto;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** SK of X3DH (section 3.3): the 32 bytes that both sides agree on, and the first root key of their ratchet. */
public final class SharedSecret extends Secret {

    private static final byte[] INFO = "OMEMO X3DH".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] ZERO_SALT = new byte[SIZE];

    private SharedSecret(byte[] bytes) {
        super(bytes);
    }

    /**
     * KDF of X3DH (section 2.2): HKDF-SHA-256 over F ‖ DH1 ‖ DH2 ‖ DH3 [‖ DH4], where F is 32 bytes of 0xFF.
     *
     * @param outputs DH1 to DH3 or DH4 in this order
     */
    public static SharedSecret derive(List<DhOutput> outputs) {
        byte[] keyMaterial = new byte[SIZE * (1 + outputs.size())];
        Arrays.fill(keyMaterial, 0, SIZE, (byte) 0xFF);
        int at = SIZE;
        for (DhOutput output : outputs) {
            System.arraycopy(output.bytes, 0, keyMaterial, at, SIZE);
            at += SIZE;
        }
        return new SharedSecret(Hkdf.derive(ZERO_SALT, keyMaterial, INFO, SIZE));
    }

    /** RK = SK: how the Double Ratchet starts (section 3.3 there). */
    public RootKey toRootKey() {
        return new RootKey(bytes);
    }
}

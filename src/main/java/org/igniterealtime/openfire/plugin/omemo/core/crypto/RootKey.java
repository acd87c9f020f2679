package org.igniterealtime.openfire.plugin.omemo.core.crypto;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** RK of the Double Ratchet: 32 bytes, the key of the root chain. */
public final class RootKey extends Secret {

    private static final byte[] INFO = "OMEMO Root Chain".getBytes(StandardCharsets.US_ASCII);

    /** What a step of the root chain gives: the next root key and the key of a new sending or receiving chain. */
    public record Step(RootKey root, ChainKey chain) {
    }

    RootKey(byte[] bytes) {
        super(bytes);
    }

    /** @throws IllegalArgumentException if there are not 32 bytes */
    public static RootKey of(byte[] bytes) {
        return new RootKey(bytes.clone());
    }

    /** KDF_RK (Double Ratchet, section 3.1): HKDF-SHA-256 with this key as salt. */
    public Step step(DhOutput output) {
        byte[] material = Hkdf.derive(bytes, output.bytes, INFO, 2 * SIZE);
        return new Step(
            new RootKey(Arrays.copyOf(material, SIZE)), new ChainKey(Arrays.copyOfRange(material, SIZE, 2 * SIZE)));
    }
}

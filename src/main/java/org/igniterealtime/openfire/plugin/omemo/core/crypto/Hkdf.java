package org.igniterealtime.openfire.plugin.omemo.core.crypto;

import java.util.Arrays;

/** HKDF-SHA-256 (RFC 5869) over the JDK's HMAC. */
final class Hkdf {

    private Hkdf() {
    }

    static byte[] derive(byte[] salt, byte[] keyMaterial, byte[] info, int length) {
        try (Hmac hmac = Hmac.withKey(extract(salt, keyMaterial))) {
            return expand(hmac, info, length);
        }
    }

    private static byte[] extract(byte[] salt, byte[] keyMaterial) {
        try (Hmac hmac = Hmac.withKey(salt)) {
            return hmac.of(keyMaterial);
        }
    }

    private static byte[] expand(Hmac hmac, byte[] info, int length) {
        int blocks = (length + Hmac.SIZE - 1) / Hmac.SIZE;
        byte[] output = new byte[blocks * Hmac.SIZE];
        for (int block = 0; block < blocks; block++) {
            int at = block * Hmac.SIZE;
            if (block > 0) {
                hmac.update(output, at - Hmac.SIZE, Hmac.SIZE);
            }
            hmac.update(info, 0, info.length);
            hmac.update((byte) (block + 1));
            hmac.finish(output, at);
        }
        return length == output.length ? output : Arrays.copyOf(output, length);
    }
}

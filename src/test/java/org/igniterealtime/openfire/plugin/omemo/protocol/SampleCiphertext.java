package org.igniterealtime.openfire.plugin.omemo.protocol;

import java.util.Base64;
import java.util.Random;

/** What has the outer form of ciphertext, and is none. Another seed, another one. */
public final class SampleCiphertext {

    private SampleCiphertext() {
    }

    /** The base64 of what a ratchet of 0.4 or 0.8+ could have written, without a key exchange. */
    public static String key(int seed) {
        return Base64.getEncoder().encodeToString(authenticatedMessage(seed));
    }

    /** The same of a legacy ratchet. */
    public static String legacyKey(int seed) {
        return Base64.getEncoder().encodeToString(signalMessage(seed));
    }

    /** The base64 of so many bytes. */
    public static String payload(int length, int seed) {
        return Base64.getEncoder().encodeToString(bytes(length, seed));
    }

    /** mac and message. */
    private static byte[] authenticatedMessage(int seed) {
        byte[] bytes = bytes(16 + 2 + 2 + 60, seed);
        bytes[0] = 0x0A;
        bytes[1] = 16;
        bytes[18] = 0x12;
        bytes[19] = 60;
        return bytes;
    }

    /** Version, ratchet key, ciphertext, MAC. */
    static byte[] signalMessage(int seed) {
        byte[] bytes = bytes(1 + 2 + 33 + 2 + 32 + 8, seed);
        bytes[0] = 0x33;
        bytes[1] = 0x0A;
        bytes[2] = 33;
        bytes[36] = 0x22;
        bytes[37] = 32;
        return bytes;
    }

    private static byte[] bytes(int length, int seed) {
        byte[] bytes = new byte[length];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }
}

package org.igniterealtime.openfire.plugin.omemo.core.crypto;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;

/** The random key of a payload: 32 bytes, sent to every device through its ratchet. */
public final class PayloadKey extends Secret {

    private static final byte[] INFO = "OMEMO Payload".getBytes(StandardCharsets.US_ASCII);

    private PayloadKey(byte[] bytes) {
        super(bytes);
    }

    /** @throws IllegalArgumentException if there are not 32 bytes */
    public static PayloadKey of(byte[] bytes) {
        return new PayloadKey(bytes.clone());
    }

    public static PayloadKey generate(SecureRandom random) {
        byte[] bytes = new byte[SIZE];
        random.nextBytes(bytes);
        return new PayloadKey(bytes);
    }

    /** The keys of the payload's encryption (XEP-0384, section "Message Encryption"). */
    public CipherKeys cipherKeys() {
        return CipherKeys.derive(this, INFO);
    }
}

package org.igniterealtime.openfire.plugin.omemo.core.crypto;

import java.nio.charset.StandardCharsets;

/** mk of the Double Ratchet: 32 bytes that encrypt one message. */
public final class MessageKey extends Secret {

    private static final byte[] INFO = "OMEMO Message Key Material".getBytes(StandardCharsets.US_ASCII);

    MessageKey(byte[] bytes) {
        super(bytes);
    }

    /** @throws IllegalArgumentException if there are not 32 bytes */
    public static MessageKey of(byte[] bytes) {
        return new MessageKey(bytes.clone());
    }

    /** The keys of ENCRYPT and DECRYPT (XEP-0384, section "Double Ratchet"). */
    public CipherKeys cipherKeys() {
        return CipherKeys.derive(this, INFO);
    }
}

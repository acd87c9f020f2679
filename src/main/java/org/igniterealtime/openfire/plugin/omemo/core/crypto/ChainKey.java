package org.igniterealtime.openfire.plugin.omemo.core.crypto;

/** CK of the Double Ratchet: 32 bytes, the key of a sending or receiving chain at one of its steps. */
public final class ChainKey extends Secret {

    private static final byte MESSAGE_KEY = 1;
    private static final byte NEXT_CHAIN_KEY = 2;

    ChainKey(byte[] bytes) {
        super(bytes);
    }

    /** @throws IllegalArgumentException if there are not 32 bytes */
    public static ChainKey of(byte[] bytes) {
        return new ChainKey(bytes.clone());
    }

    /** KDF_CK (Double Ratchet, section 3.1), the half that gives the key of the message at this step. */
    public MessageKey messageKey() {
        return new MessageKey(derive(MESSAGE_KEY));
    }

    /** KDF_CK, the half that leads on. */
    public ChainKey next() {
        return new ChainKey(derive(NEXT_CHAIN_KEY));
    }

    private byte[] derive(byte constant) {
        try (Hmac hmac = Hmac.withKey(bytes)) {
            return hmac.of(constant);
        }
    }
}

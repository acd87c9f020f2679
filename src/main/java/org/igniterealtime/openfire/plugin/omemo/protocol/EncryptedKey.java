package org.igniterealtime.openfire.plugin.omemo.protocol;

/**
 * A {@code <key>}: what the sender's ratchet encrypted for one device.
 *
 * @param rid         the recipient's device id
 * @param keyExchange whether a key exchange is enclosed (legacy: {@code prekey}, others: {@code kex})
 * @param data        32 to 1,024 bytes
 */
public record EncryptedKey(int rid, boolean keyExchange, Base64Text data) {

    /**
     * The least length of {@link #data} in bytes. Every form of ratchet message carries a public key of 32 bytes; the
     * smallest that real clients send, a legacy one around a bare 16 byte key, has about 80.
     */
    public static final int MIN_BYTES = 32;

    /**
     * The greatest length of {@link #data} in bytes. The largest form, a 0.4 key exchange, has 215, and a few more when
     * its counters and ids are large; nearly five times that leaves room for what a later version may add.
     */
    public static final int MAX_BYTES = 1_024;

    /** @throws IllegalArgumentException if the rid is not positive or the data's length is out of bounds */
    public EncryptedKey {
        Check.deviceId(rid);
        Check.length(data, MIN_BYTES, MAX_BYTES);
    }
}

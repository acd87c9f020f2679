package org.igniterealtime.openfire.plugin.omemo.core.payload;

import java.security.MessageDigest;
import java.util.Arrays;
import org.igniterealtime.openfire.plugin.omemo.core.OmemoException;
import org.igniterealtime.openfire.plugin.omemo.core.OmemoException.Reason;
import org.igniterealtime.openfire.plugin.omemo.core.crypto.CipherKeys;
import org.igniterealtime.openfire.plugin.omemo.core.crypto.PayloadKey;
import org.igniterealtime.openfire.plugin.omemo.core.profile.Profile;

/**
 * What the ratchet carries to every device: the key of the payload, 32 bytes, and the message authentication code over
 * its ciphertext, 32 or 16 bytes (XEP-0384, section "Message Encryption").
 */
public final class KeyMaterial {

    private static final int KEY_SIZE = PayloadKey.SIZE;

    private final PayloadKey key;
    private final byte[] code;

    KeyMaterial(PayloadKey key, byte[] code) {
        this.key = key;
        this.code = code;
    }

    /**
     * Reads what the ratchet carried.
     *
     * @throws OmemoException UNDECODABLE if it has another length than the profile's, 64 or 48 bytes
     */
    public static KeyMaterial decode(Profile profile, byte[] bytes) throws OmemoException {
        if (bytes.length != KEY_SIZE + profile.payloadCodeLength()) {
            throw new OmemoException(Reason.UNDECODABLE);
        }
        return new KeyMaterial(
            PayloadKey.of(Arrays.copyOf(bytes, KEY_SIZE)), Arrays.copyOfRange(bytes, KEY_SIZE, bytes.length));
    }

    /** The bytes for the ratchet. */
    public byte[] encode() {
        byte[] bytes = Arrays.copyOf(key.toBytes(), KEY_SIZE + code.length);
        System.arraycopy(code, 0, bytes, KEY_SIZE, code.length);
        return bytes;
    }

    /** What the ratchet carries in an empty message of {@link Profile.EmptyMessage#ZERO_KEY}: 32 zero bytes. */
    public static byte[] ofEmptyMessage() {
        return new byte[KEY_SIZE];
    }

    /** Whether this is what the ratchet carries in such an empty message. */
    public static boolean isOfEmptyMessage(byte[] bytes) {
        return MessageDigest.isEqual(bytes, ofEmptyMessage());
    }

    /**
     * Decrypts the payload.
     *
     * @throws OmemoException UNAUTHENTICATED if the code does not fit; UNDECODABLE if a genuine payload is badly padded
     */
    public byte[] open(byte[] ciphertext) throws OmemoException {
        CipherKeys keys = key.cipherKeys();
        if (!keys.verifies(code, ciphertext)) {
            throw new OmemoException(Reason.UNAUTHENTICATED);
        }
        return keys.decrypt(ciphertext);
    }

    @Override
    public String toString() {
        return "KeyMaterial";
    }
}

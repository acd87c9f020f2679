package org.igniterealtime.openfire.plugin.omemo.core.crypto;

import java.security.MessageDigest;
import java.util.Arrays;
import org.igniterealtime.openfire.plugin.omemo.core.OmemoException;

/**
 * What XEP-0384 derives from a message key or a payload key to encrypt one message: 32 bytes for AES-256-CBC with
 * PKCS#7, 32 bytes for HMAC-SHA-256, 16 bytes of IV. The code covers what it is told to; it does not do so by itself.
 */
public final class CipherKeys {

    private static final int KEY_SIZE = 32;
    private static final int IV_SIZE = 16;
    private static final byte[] ZERO_SALT = new byte[Secret.SIZE];

    /** Encryption key ‖ authentication key ‖ IV, 80 bytes. */
    final byte[] material;

    private CipherKeys(byte[] material) {
        this.material = material;
    }

    static CipherKeys derive(Secret secret, byte[] info) {
        return new CipherKeys(Hkdf.derive(ZERO_SALT, secret.bytes, info, 2 * KEY_SIZE + IV_SIZE));
    }

    /** The ciphertext, whole blocks of 16 bytes. */
    public byte[] encrypt(byte[] plaintext) {
        return AesCbc.encrypt(material, plaintext);
    }

    /** @throws OmemoException UNDECODABLE if these are not whole blocks, or the padding is broken */
    public byte[] decrypt(byte[] ciphertext) throws OmemoException {
        return AesCbc.decrypt(material, ciphertext);
    }

    /** The message authentication code over the parts in their order, cut to a length of 1 to 32 bytes. */
    public byte[] authenticate(int length, byte[]... parts) {
        try (Hmac hmac = Hmac.withKey(material, KEY_SIZE, KEY_SIZE)) {
            byte[] code = hmac.of(parts);
            return length == code.length ? code : Arrays.copyOf(code, length);
        }
    }

    /** Whether this is the code, whole or cut to its length, over the parts; compared in constant time. */
    public boolean verifies(byte[] code, byte[]... parts) {
        return MessageDigest.isEqual(code, authenticate(code.length, parts));
    }
}

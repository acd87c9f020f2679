package org.igniterealtime.openfire.plugin.omemo.core.crypto;

import java.security.GeneralSecurityException;
import java.security.ProviderException;
import java.util.concurrent.atomic.AtomicReference;
import javax.crypto.BadPaddingException;
import javax.crypto.Cipher;
import javax.crypto.IllegalBlockSizeException;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.igniterealtime.openfire.plugin.omemo.core.OmemoException;

/** AES-256-CBC with PKCS#7 padding, by the JDK. */
final class AesCbc {

    private static final int KEY_AT = 0;
    private static final int KEY_SIZE = 32;
    private static final int IV_AT = 64;
    private static final int IV_SIZE = 16;

    /**
     * Looking a cipher up costs more than using it ten times; whoever finds this taken makes another. It remembers the
     * key of its last message until the next one.
     */
    private static final AtomicReference<Cipher> SPARE = new AtomicReference<>();

    private AesCbc() {
    }

    /** @param material 32 bytes of key, 32 for others, 16 bytes of IV */
    static byte[] encrypt(byte[] material, byte[] plaintext) {
        try {
            return run(Cipher.ENCRYPT_MODE, material, plaintext);
        } catch (BadPaddingException | IllegalBlockSizeException e) {
            throw new ProviderException("padding is added by the cipher", e);
        }
    }

    static byte[] decrypt(byte[] material, byte[] ciphertext) throws OmemoException {
        if (ciphertext.length == 0) {
            throw new OmemoException(OmemoException.Reason.UNDECODABLE);
        }
        try {
            return run(Cipher.DECRYPT_MODE, material, ciphertext);
        } catch (BadPaddingException | IllegalBlockSizeException e) {
            throw new OmemoException(OmemoException.Reason.UNDECODABLE);
        }
    }

    private static byte[] run(int mode, byte[] material, byte[] input)
            throws BadPaddingException, IllegalBlockSizeException {
        Cipher spare = SPARE.getAndSet(null);
        try {
            Cipher cipher = spare == null ? Cipher.getInstance("AES/CBC/PKCS5Padding") : spare;
            cipher.init(mode, new SecretKeySpec(material, KEY_AT, KEY_SIZE, "AES"),
                new IvParameterSpec(material, IV_AT, IV_SIZE));
            byte[] output = cipher.doFinal(input);
            SPARE.set(cipher);
            return output;
        } catch (BadPaddingException | IllegalBlockSizeException e) {
            throw e;
        } catch (GeneralSecurityException e) {
            throw new ProviderException("every JDK has AES-256-CBC", e);
        }
    }
}

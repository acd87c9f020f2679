package org.igniterealtime.openfire.plugin.omemo.core.crypto;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.ProviderException;
import java.security.SecureRandom;
import java.util.Optional;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * 32 secret bytes under which what is stored is sealed: AES-256-GCM with random nonces, and HMAC-SHA-256 for names that
 * nobody is to read. Each has a key of its own, derived with HKDF-SHA-256. Not more than 2^32 values are to be sealed
 * under one key (NIST SP 800-38D, section 8.3), so what is sealed often has {@linkplain #derive(String) keys} of its own.
 */
public final class SealingKey extends Secret {

    /** By how many bytes a sealed value is longer than what is sealed in it: the nonce and the tag. */
    public static final int OVERHEAD = 28;

    private static final int NONCE_SIZE = 12;
    private static final int TAG_SIZE = 16;
    private static final String INFO = "OMEMO storage: ";

    private final SecretKeySpec sealing;
    private final byte[] naming;

    private SealingKey(byte[] bytes) {
        super(bytes);
        sealing = new SecretKeySpec(derived("values"), "AES");
        naming = derived("names");
    }

    /** @throws IllegalArgumentException if there are not 32 bytes */
    public static SealingKey of(byte[] bytes) {
        return new SealingKey(bytes.clone());
    }

    /** A new one. */
    public static SealingKey generate(SecureRandom random) {
        byte[] bytes = new byte[SIZE];
        random.nextBytes(bytes);
        return new SealingKey(bytes);
    }

    /** The key for one purpose. It tells nothing about this one, nor about those for others. */
    public SealingKey derive(String purpose) {
        return new SealingKey(derived("for " + purpose));
    }

    private byte[] derived(String purpose) {
        return Hkdf.derive(new byte[Hmac.SIZE], bytes, (INFO + purpose).getBytes(StandardCharsets.UTF_8), SIZE);
    }

    /** 32 bytes that stand for this name: always the same, and without the key they tell only that. */
    public byte[] nameTag(byte[] name) {
        try (Hmac hmac = Hmac.withKey(naming)) {
            return hmac.of(name);
        }
    }

    /**
     * Seals a value.
     *
     * @param associatedData what it is bound to: it is not in the result, and opens with nothing else
     * @return a nonce of 12 bytes, the value encrypted, a tag of 16 bytes
     */
    public byte[] seal(byte[] value, byte[] associatedData, SecureRandom random) {
        byte[] nonce = new byte[NONCE_SIZE];
        random.nextBytes(nonce);
        ByteBuffer sealed = ByteBuffer.allocate(OVERHEAD + value.length).put(nonce);
        try {
            cipher(Cipher.ENCRYPT_MODE, nonce, associatedData).doFinal(ByteBuffer.wrap(value), sealed);
        } catch (GeneralSecurityException e) {
            throw new ProviderException("every JDK has AES-256-GCM", e);
        }
        return sealed.array();
    }

    /** What was sealed under this key with the same associated data; empty if this was not. */
    public Optional<byte[]> open(byte[] sealed, byte[] associatedData) {
        if (sealed.length < OVERHEAD) {
            return Optional.empty();
        }
        byte[] nonce = new byte[NONCE_SIZE];
        ByteBuffer.wrap(sealed).get(nonce);
        try {
            return Optional.of(cipher(Cipher.DECRYPT_MODE, nonce, associatedData)
                .doFinal(sealed, NONCE_SIZE, sealed.length - NONCE_SIZE));
        } catch (AEADBadTagException e) {
            return Optional.empty();
        } catch (GeneralSecurityException e) {
            throw new ProviderException("every JDK has AES-256-GCM", e);
        }
    }

    private Cipher cipher(int mode, byte[] nonce, byte[] associatedData) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, sealing, new GCMParameterSpec(TAG_SIZE * Byte.SIZE, nonce));
        cipher.updateAAD(associatedData);
        return cipher;
    }
}

package org.igniterealtime.openfire.plugin.omemo.core.payload;

import java.security.SecureRandom;
import org.igniterealtime.openfire.plugin.omemo.core.crypto.CipherKeys;
import org.igniterealtime.openfire.plugin.omemo.core.crypto.PayloadKey;
import org.igniterealtime.openfire.plugin.omemo.core.profile.Profile;

/**
 * A payload, encrypted once for all devices (XEP-0384, section "Message Encryption").
 *
 * @param ciphertext what goes into {@code <payload/>}: AES-256-CBC
 * @param keyMaterial what goes to each device through its ratchet
 */
public record EncryptedPayload(byte[] ciphertext, KeyMaterial keyMaterial) {

    /** Encrypts content with a key of its own. */
    public static EncryptedPayload of(Profile profile, byte[] content, SecureRandom random) {
        PayloadKey key = PayloadKey.generate(random);
        CipherKeys keys = key.cipherKeys();
        byte[] ciphertext = keys.encrypt(content);
        byte[] code = keys.authenticate(profile.payloadCodeLength(), ciphertext);
        return new EncryptedPayload(ciphertext, new KeyMaterial(key, code));
    }
}

package org.igniterealtime.openfire.plugin.omemo.core.ratchet;

import org.igniterealtime.openfire.plugin.omemo.core.OmemoException;
import org.igniterealtime.openfire.plugin.omemo.core.OmemoException.Reason;
import org.igniterealtime.openfire.plugin.omemo.core.crypto.CipherKeys;
import org.igniterealtime.openfire.plugin.omemo.core.crypto.MessageKey;
import org.igniterealtime.openfire.plugin.omemo.core.x3dh.AssociatedData;

/** ENCRYPT and DECRYPT (XEP-0384, section "Double Ratchet"): AES-256-CBC, then HMAC-SHA-256 cut to 16 bytes. */
final class Aead {

    private Aead() {
    }

    static AuthenticatedMessage encrypt(
            MessageKey key, Header header, AssociatedData associatedData, byte[] plaintext) {
        CipherKeys keys = key.cipherKeys();
        byte[] ciphertext = keys.encrypt(plaintext);
        byte[] message = AuthenticatedMessage.message(header, ciphertext);
        byte[] code = keys.authenticate(AuthenticatedMessage.CODE_SIZE, associatedData.toBytes(), message);
        return new AuthenticatedMessage(code, message, header, ciphertext);
    }

    /** @throws OmemoException UNAUTHENTICATED; UNDECODABLE if a genuine message is badly padded */
    static byte[] decrypt(MessageKey key, AuthenticatedMessage message, AssociatedData associatedData)
            throws OmemoException {
        CipherKeys keys = key.cipherKeys();
        if (!keys.verifies(message.code(), associatedData.toBytes(), message.message())) {
            throw new OmemoException(Reason.UNAUTHENTICATED);
        }
        return keys.decrypt(message.ciphertext());
    }
}

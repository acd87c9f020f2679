package org.igniterealtime.openfire.plugin.omemo.core.crypto;

import java.util.Arrays;
import org.igniterealtime.openfire.plugin.omemo.core.OmemoException;
import org.igniterealtime.openfire.plugin.omemo.core.OmemoException.Reason;

/**
 * The signature of a legacy bundle ({@code eu.siacs.conversations.axolotl}), as libsignal makes it. It covers all 33
 * bytes of the signed prekey, and the top bit of its last byte is not part of s: it is the sign bit of the identity
 * key's Ed25519 point, which libsignal, unlike XEdDSA, does not choose to be 0.
 */
public final class LegacySignature {

    private static final int KEY_SIZE = 33;
    private static final byte CURVE25519_TYPE = 5;
    private static final int TOP_BIT = 0x80;

    private LegacySignature() {
    }

    /**
     * Whether the identity key signed the prekey.
     *
     * @param identityKey 33 bytes, 0x05 ‖ u
     * @param signedPreKey 33 bytes, 0x05 ‖ u
     * @throws OmemoException UNDECODABLE if a key is not of this form; INVALID_KEY if the identity key is none
     */
    public static boolean verifies(byte[] identityKey, byte[] signedPreKey, Signature signature) throws OmemoException {
        requireLegacyForm(identityKey);
        requireLegacyForm(signedPreKey);
        byte[] u = Arrays.copyOfRange(identityKey, 1, KEY_SIZE);
        byte[] edwards = IdentityEncoding.CURVE25519.read(u).edwards.clone();
        byte[] plain = signature.toBytes();
        edwards[31] |= (byte) (plain[63] & TOP_BIT);
        plain[63] &= (byte) ~TOP_BIT;
        return IdentityEncoding.ED25519.read(edwards).verifies(signedPreKey, new Signature(plain));
    }

    private static void requireLegacyForm(byte[] key) throws OmemoException {
        if (key.length != KEY_SIZE || key[0] != CURVE25519_TYPE) {
            throw new OmemoException(Reason.UNDECODABLE);
        }
    }
}

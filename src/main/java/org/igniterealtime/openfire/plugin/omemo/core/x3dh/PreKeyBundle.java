package org.igniterealtime.openfire.plugin.omemo.core.x3dh;

import org.igniterealtime.openfire.plugin.omemo.core.OmemoException;
import org.igniterealtime.openfire.plugin.omemo.core.OmemoException.Reason;
import org.igniterealtime.openfire.plugin.omemo.core.crypto.IdentityEncoding;
import org.igniterealtime.openfire.plugin.omemo.core.crypto.IdentityKey;
import org.igniterealtime.openfire.plugin.omemo.core.crypto.Signature;
import org.igniterealtime.openfire.plugin.omemo.core.crypto.SignedPreKey;
import org.igniterealtime.openfire.plugin.omemo.core.profile.Profile;

/**
 * The part of a device's bundle that stays (X3DH, section 3.2): IK_B and SPK_B. There is none whose signature does not
 * verify, so that nobody agrees on a key with a forged one.
 */
public final class PreKeyBundle {

    private final IdentityKey identityKey;
    private final IdentityEncoding encoding;
    private final SignedPreKey signedPreKey;

    private PreKeyBundle(IdentityKey identityKey, IdentityEncoding encoding, SignedPreKey signedPreKey) {
        this.identityKey = identityKey;
        this.encoding = encoding;
        this.signedPreKey = signedPreKey;
    }

    /**
     * Checks the signature of the signed prekey under each reading of the identity key that the profile knows.
     *
     * @param identityKey the 32 bytes of the bundle's identity key, in an encoding that only the signature tells
     * @throws OmemoException UNDECODABLE if the identity key has not 32 bytes; INVALID_KEY if it is none in any
     *     reading; INVALID_SIGNATURE if the signature verifies under none
     */
    public static PreKeyBundle verify(
            Profile profile, byte[] identityKey, SignedPreKey signedPreKey, Signature signature) throws OmemoException {
        OmemoException refusal = new OmemoException(Reason.INVALID_KEY);
        for (IdentityEncoding encoding : profile.identityReadings()) {
            try {
                IdentityKey reading = encoding.decode(identityKey);
                if (reading.verifies(signedPreKey, signature)) {
                    return new PreKeyBundle(reading, encoding, signedPreKey);
                }
                refusal = new OmemoException(Reason.INVALID_SIGNATURE);
            } catch (OmemoException e) {
                if (e.reason() != Reason.INVALID_KEY) {
                    throw e;
                }
            }
        }
        throw refusal;
    }

    /** IK_B. */
    public IdentityKey identityKey() {
        return identityKey;
    }

    /** The reading of the identity key that the signature confirmed; the key exchange is written in the same. */
    public IdentityEncoding encoding() {
        return encoding;
    }

    /** SPK_B. */
    public SignedPreKey signedPreKey() {
        return signedPreKey;
    }
}

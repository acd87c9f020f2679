package org.igniterealtime.openfire.plugin.omemo.core.x3dh;

import java.util.OptionalInt;
import org.igniterealtime.openfire.plugin.omemo.core.crypto.EphemeralKey;
import org.igniterealtime.openfire.plugin.omemo.core.crypto.IdentityEncoding;
import org.igniterealtime.openfire.plugin.omemo.core.crypto.IdentityKey;

/**
 * What the initiator tells the responder so that it can agree, too (X3DH, section 3.3).
 *
 * @param identityKey IK_A
 * @param encoding how identity keys are written, here and in AD
 * @param ephemeralKey EK_A
 * @param signedPreKeyId which SPK_B was used
 * @param preKeyId which OPK_B was used, if one was
 */
public record KeyExchangeHeader(
    IdentityKey identityKey,
    IdentityEncoding encoding,
    EphemeralKey ephemeralKey,
    int signedPreKeyId,
    OptionalInt preKeyId) {
}

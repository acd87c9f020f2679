package org.igniterealtime.openfire.plugin.omemo.core.crypto;

import org.igniterealtime.openfire.plugin.omemo.core.OmemoException;

/** EK_A of X3DH: the public key that an initiator makes for one key exchange, 32 bytes. */
public final class EphemeralKey extends DhPublicKey {

    EphemeralKey(byte[] u) {
        super(u);
    }

    /** @throws OmemoException UNDECODABLE if there are not 32 bytes */
    public static EphemeralKey decode(byte[] bytes) throws OmemoException {
        return new EphemeralKey(received(bytes));
    }
}

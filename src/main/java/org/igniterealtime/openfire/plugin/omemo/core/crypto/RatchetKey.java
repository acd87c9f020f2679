package org.igniterealtime.openfire.plugin.omemo.core.crypto;

import org.igniterealtime.openfire.plugin.omemo.core.OmemoException;

/** DHs or DHr of the Double Ratchet: the public key of a ratchet step, 32 bytes. */
public final class RatchetKey extends DhPublicKey {

    RatchetKey(byte[] u) {
        super(u);
    }

    /** @throws OmemoException UNDECODABLE if there are not 32 bytes */
    public static RatchetKey decode(byte[] bytes) throws OmemoException {
        return new RatchetKey(received(bytes));
    }
}

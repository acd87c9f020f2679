package org.igniterealtime.openfire.plugin.omemo.core.crypto;

import org.igniterealtime.openfire.plugin.omemo.core.OmemoException;

/** SPK_B of X3DH: the prekey that the identity key signs, 32 bytes and a number. */
public final class SignedPreKey extends DhPublicKey {

    private final int id;

    SignedPreKey(int id, byte[] u) {
        super(u);
        this.id = PreKeyId.check(id);
    }

    /**
     * @throws OmemoException UNDECODABLE if there are not 32 bytes
     * @throws IllegalArgumentException if the id is negative
     */
    public static SignedPreKey decode(int id, byte[] bytes) throws OmemoException {
        return new SignedPreKey(id, received(bytes));
    }

    /** Its number in the bundle, 0 to 2^31-1. */
    public int id() {
        return id;
    }

    /** The other side's first ratchet key, before it has answered (Double Ratchet, section 3.3). */
    public RatchetKey toRatchetKey() {
        return new RatchetKey(u);
    }

    @Override
    public boolean equals(Object other) {
        return super.equals(other) && ((SignedPreKey) other).id == id;
    }

    @Override
    public int hashCode() {
        return 31 * super.hashCode() + id;
    }
}

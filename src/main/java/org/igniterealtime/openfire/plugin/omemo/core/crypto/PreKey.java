package org.igniterealtime.openfire.plugin.omemo.core.crypto;

import org.igniterealtime.openfire.plugin.omemo.core.OmemoException;

/** OPK_B of X3DH: a one-time prekey, 32 bytes and a number. */
public final class PreKey extends DhPublicKey {

    private final int id;

    PreKey(int id, byte[] u) {
        super(u);
        this.id = PreKeyId.check(id);
    }

    /**
     * @throws OmemoException UNDECODABLE if there are not 32 bytes
     * @throws IllegalArgumentException if the id is negative
     */
    public static PreKey decode(int id, byte[] bytes) throws OmemoException {
        return new PreKey(id, received(bytes));
    }

    /** Its number in the bundle, 0 to 2^31-1. */
    public int id() {
        return id;
    }

    @Override
    public boolean equals(Object other) {
        return super.equals(other) && ((PreKey) other).id == id;
    }

    @Override
    public int hashCode() {
        return 31 * super.hashCode() + id;
    }
}

package org.igniterealtime.openfire.plugin.omemo.core.crypto;

import org.igniterealtime.openfire.plugin.omemo.core.OmemoException;
import org.igniterealtime.openfire.plugin.omemo.core.OmemoException.Reason;

/** How an identity key is written in bundles, key exchanges and associated data: 32 bytes either way. */
public enum IdentityEncoding {

    /** The u-coordinate (RFC 7748), as in XEP-0384 0.4. The Ed25519 point has sign bit 0 by definition (XEdDSA). */
    CURVE25519 {
        @Override
        IdentityKey read(byte[] u) throws OmemoException {
            if (!BirationalMap.isCanonical(u)) {
                throw new OmemoException(Reason.INVALID_KEY);
            }
            return new IdentityKey(u, BirationalMap.toEdwards(u));
        }

        @Override
        public byte[] encode(IdentityKey key) {
            return key.toBytes();
        }
    },

    /** The Ed25519 point (RFC 8032), as in XEP-0384 0.5 and later. */
    ED25519 {
        @Override
        IdentityKey read(byte[] edwards) throws OmemoException {
            return new IdentityKey(BirationalMap.toMontgomery(edwards), edwards);
        }

        @Override
        public byte[] encode(IdentityKey key) {
            return key.edwards.clone();
        }
    };

    /**
     * Reads 32 bytes as an identity key.
     *
     * @throws OmemoException UNDECODABLE for another length; INVALID_KEY if the point is not canonical, not on the
     *     curve or of low order
     */
    public IdentityKey decode(byte[] bytes) throws OmemoException {
        return read(DhPublicKey.received(bytes));
    }

    /** Writes a key as 32 bytes. */
    public abstract byte[] encode(IdentityKey key);

    abstract IdentityKey read(byte[] bytes) throws OmemoException;
}

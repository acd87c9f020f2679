package org.igniterealtime.openfire.plugin.omemo.core.ratchet;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnsafeByteOperations;
import java.util.OptionalInt;
import org.igniterealtime.openfire.plugin.omemo.core.OmemoException;
import org.igniterealtime.openfire.plugin.omemo.core.OmemoException.Reason;
import org.igniterealtime.openfire.plugin.omemo.core.crypto.EphemeralKey;
import org.igniterealtime.openfire.plugin.omemo.core.crypto.IdentityEncoding;
import org.igniterealtime.openfire.plugin.omemo.core.crypto.IdentityKey;
import org.igniterealtime.openfire.plugin.omemo.core.profile.Profile;
import org.igniterealtime.openfire.plugin.omemo.core.proto.OMEMOKeyExchange;
import org.igniterealtime.openfire.plugin.omemo.core.x3dh.KeyExchangeHeader;

/**
 * OMEMOKeyExchange of XEP-0384: what the responder needs for X3DH, and the first message of the session, or one of
 * those that repeat the key exchange until it is answered.
 */
public record KeyExchange(KeyExchangeHeader header, AuthenticatedMessage message) {

    /**
     * Reads what was received.
     *
     * @throws OmemoException UNDECODABLE if it is none; INVALID_KEY if the identity key is none; MISSING_PREKEY if it
     *     names no one-time prekey and the profile demands one
     */
    public static KeyExchange decode(Profile profile, byte[] bytes) throws OmemoException {
        return decode(profile, profile.identityEncoding(), bytes);
    }

    /**
     * Reads what was received from a device whose bundle is known to write identity keys in this encoding.
     *
     * @throws OmemoException as {@link #decode(Profile, byte[])}
     */
    public static KeyExchange decode(Profile profile, IdentityEncoding encoding, byte[] bytes) throws OmemoException {
        try {
            OMEMOKeyExchange outer = OMEMOKeyExchange.parseFrom(bytes);
            if (outer.getPkId() < 0 || outer.getSpkId() < 0) {
                throw new OmemoException(Reason.UNDECODABLE);
            }
            if (profile.preKeyRequired() && !outer.hasPkId()) {
                throw new OmemoException(Reason.MISSING_PREKEY);
            }
            IdentityKey identityKey = encoding.decode(outer.getIk().toByteArray());
            KeyExchangeHeader header = new KeyExchangeHeader(
                identityKey, encoding, EphemeralKey.decode(outer.getEk().toByteArray()), outer.getSpkId(),
                outer.hasPkId() ? OptionalInt.of(outer.getPkId()) : OptionalInt.empty());
            return new KeyExchange(header, AuthenticatedMessage.decode(outer.getMessage().toByteArray()));
        } catch (InvalidProtocolBufferException e) {
            throw new OmemoException(Reason.UNDECODABLE);
        }
    }

    /** The bytes to send. */
    public byte[] encode() {
        OMEMOKeyExchange.Builder outer = OMEMOKeyExchange.newBuilder()
            .setSpkId(header.signedPreKeyId())
            .setIk(ByteString.copyFrom(header.encoding().encode(header.identityKey())))
            .setEk(ByteString.copyFrom(header.ephemeralKey().toBytes()))
            .setMessage(UnsafeByteOperations.unsafeWrap(message.encode()));
        header.preKeyId().ifPresent(outer::setPkId);
        return outer.build().toByteArray();
    }
}

package org.igniterealtime.openfire.plugin.omemo.core.ratchet;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnsafeByteOperations;
import org.igniterealtime.openfire.plugin.omemo.core.OmemoException;
import org.igniterealtime.openfire.plugin.omemo.core.OmemoException.Reason;
import org.igniterealtime.openfire.plugin.omemo.core.crypto.RatchetKey;
import org.igniterealtime.openfire.plugin.omemo.core.proto.OMEMOAuthenticatedMessage;
import org.igniterealtime.openfire.plugin.omemo.core.proto.OMEMOMessage;

/**
 * OMEMOAuthenticatedMessage of XEP-0384: an OMEMOMessage as the bytes that were sent, and 16 bytes of HMAC-SHA-256 over
 * AD and these bytes. What it says is not to be believed before it is decrypted.
 */
public final class AuthenticatedMessage {

    /** The length of the message authentication code in bytes. */
    public static final int CODE_SIZE = 16;

    private static final int BLOCK_SIZE = 16;

    private final byte[] code;
    private final byte[] message;
    private final Header header;
    private final byte[] ciphertext;

    AuthenticatedMessage(byte[] code, byte[] message, Header header, byte[] ciphertext) {
        this.code = code;
        this.message = message;
        this.header = header;
        this.ciphertext = ciphertext;
    }

    /**
     * Reads what was received.
     *
     * @throws OmemoException UNDECODABLE if it is none: a missing field, a key or code of another length, a counter of
     *     2^31 or more, a ciphertext that is not whole blocks
     */
    public static AuthenticatedMessage decode(byte[] bytes) throws OmemoException {
        try {
            OMEMOAuthenticatedMessage outer = OMEMOAuthenticatedMessage.parseFrom(bytes);
            OMEMOMessage inner = OMEMOMessage.parseFrom(outer.getMessage());
            byte[] ciphertext = inner.getCiphertext().toByteArray();
            if (outer.getMac().size() != CODE_SIZE || inner.getN() < 0 || inner.getPn() < 0
                    || ciphertext.length == 0 || ciphertext.length % BLOCK_SIZE != 0) {
                throw new OmemoException(Reason.UNDECODABLE);
            }
            RatchetKey ratchetKey = RatchetKey.decode(inner.getDhPub().toByteArray());
            return new AuthenticatedMessage(outer.getMac().toByteArray(), outer.getMessage().toByteArray(),
                new Header(ratchetKey, inner.getPn(), inner.getN()), ciphertext);
        } catch (InvalidProtocolBufferException e) {
            throw new OmemoException(Reason.UNDECODABLE);
        }
    }

    /** The bytes to send. */
    public byte[] encode() {
        return OMEMOAuthenticatedMessage.newBuilder()
            .setMac(UnsafeByteOperations.unsafeWrap(code))
            .setMessage(UnsafeByteOperations.unsafeWrap(message))
            .build().toByteArray();
    }

    /** OMEMOMessage: CONCAT of the paper, with the ciphertext at the end. */
    static byte[] message(Header header, byte[] ciphertext) {
        return OMEMOMessage.newBuilder()
            .setN(header.number())
            .setPn(header.previousLength())
            .setDhPub(ByteString.copyFrom(header.ratchetKey().toBytes()))
            .setCiphertext(UnsafeByteOperations.unsafeWrap(ciphertext))
            .build().toByteArray();
    }

    /** What the sender claims about its place in the session. */
    public Header header() {
        return header;
    }

    byte[] code() {
        return code;
    }

    byte[] message() {
        return message;
    }

    byte[] ciphertext() {
        return ciphertext;
    }
}

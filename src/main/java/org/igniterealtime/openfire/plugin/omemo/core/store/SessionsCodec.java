package org.igniterealtime.openfire.plugin.omemo.core.store;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.igniterealtime.openfire.plugin.omemo.core.OmemoException;
import org.igniterealtime.openfire.plugin.omemo.core.crypto.EphemeralKey;
import org.igniterealtime.openfire.plugin.omemo.core.crypto.IdentityEncoding;
import org.igniterealtime.openfire.plugin.omemo.core.crypto.IdentityKey;
import org.igniterealtime.openfire.plugin.omemo.core.crypto.RatchetKey;
import org.igniterealtime.openfire.plugin.omemo.core.store.proto.StoredKeyExchange;
import org.igniterealtime.openfire.plugin.omemo.core.store.proto.StoredSession;
import org.igniterealtime.openfire.plugin.omemo.core.store.proto.StoredSessions;
import org.igniterealtime.openfire.plugin.omemo.core.x3dh.KeyExchangeHeader;

/**
 * The sessions with a device as bytes for storage, secrets included. Bytes that are none of this are refused with
 * UNDECODABLE.
 */
public final class SessionsCodec {

    private SessionsCodec() {
    }

    public static byte[] encode(DeviceSessions sessions) {
        StoredSessions.Builder stored = StoredSessions.newBuilder().setCurrent(session(sessions.current()));
        sessions.previous().forEach(session -> stored.addPrevious(session(session)));
        sessions.forgotten().forEach(key -> stored.addForgotten(Stored.bytes(key.toBytes())));
        return stored.build().toByteArray();
    }

    /** @throws OmemoException UNDECODABLE */
    public static DeviceSessions decode(byte[] bytes) throws OmemoException {
        return Stored.decode(() -> {
            StoredSessions stored = StoredSessions.parseFrom(bytes);
            List<SessionState> previous = new ArrayList<>();
            for (StoredSession session : stored.getPreviousList()) {
                previous.add(session(session));
            }
            List<EphemeralKey> forgotten = new ArrayList<>();
            for (ByteString key : stored.getForgottenList()) {
                forgotten.add(EphemeralKey.decode(key.toByteArray()));
            }
            return new DeviceSessions(session(stored.getCurrent()), previous, forgotten);
        });
    }

    private static StoredSession session(SessionState session) {
        StoredSession.Builder stored = StoredSession.newBuilder()
            .setIdentityKey(Stored.bytes(IdentityEncoding.ED25519.encode(session.identityKey())))
            .setEphemeralKey(Stored.bytes(session.ephemeralKey().toBytes()))
            .setInitiated(session.initiated())
            .setRatchet(RatchetCodec.encode(session.ratchet()))
            .setAnswerOwed(session.answerOwed());
        session.unanswered().ifPresent(header -> stored.setUnanswered(keyExchange(header)));
        session.pastKeys().forEach(key -> stored.addPastKeys(Stored.bytes(key.toBytes())));
        session.heartbeatFor().ifPresent(key -> stored.setHeartbeatFor(Stored.bytes(key.toBytes())));
        return stored.build();
    }

    private static SessionState session(StoredSession stored) throws OmemoException, InvalidProtocolBufferException {
        EphemeralKey ephemeralKey = EphemeralKey.decode(stored.getEphemeralKey().toByteArray());
        List<RatchetKey> pastKeys = new ArrayList<>();
        for (ByteString key : stored.getPastKeysList()) {
            pastKeys.add(RatchetKey.decode(key.toByteArray()));
        }
        return new SessionState(
            IdentityEncoding.ED25519.decode(stored.getIdentityKey().toByteArray()), ephemeralKey,
            stored.getInitiated(),
            Stored.optional(stored, StoredSession::hasUnanswered,
                message -> keyExchange(message.getUnanswered(), ephemeralKey)),
            RatchetCodec.decode(stored.getRatchet()), pastKeys,
            Stored.optional(stored, StoredSession::hasHeartbeatFor,
                message -> RatchetKey.decode(message.getHeartbeatFor().toByteArray())),
            stored.getAnswerOwed());
    }

    private static StoredKeyExchange keyExchange(KeyExchangeHeader header) {
        StoredKeyExchange.Builder stored = StoredKeyExchange.newBuilder()
            .setEncoding(header.encoding().name())
            .setIdentityKey(Stored.bytes(IdentityEncoding.ED25519.encode(header.identityKey())))
            .setSignedPreKeyId(header.signedPreKeyId());
        header.preKeyId().ifPresent(stored::setPreKeyId);
        return stored.build();
    }

    private static KeyExchangeHeader keyExchange(StoredKeyExchange stored, EphemeralKey ephemeralKey)
            throws OmemoException {
        IdentityKey identityKey = IdentityEncoding.ED25519.decode(stored.getIdentityKey().toByteArray());
        return new KeyExchangeHeader(identityKey, IdentityEncoding.valueOf(stored.getEncoding()), ephemeralKey,
            Stored.number(stored.getSignedPreKeyId()),
            stored.hasPreKeyId() ? OptionalInt.of(Stored.number(stored.getPreKeyId())) : OptionalInt.empty());
    }
}

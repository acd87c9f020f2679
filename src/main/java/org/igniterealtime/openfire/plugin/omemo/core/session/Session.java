package org.igniterealtime.openfire.plugin.omemo.core.session;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.igniterealtime.openfire.plugin.omemo.core.OmemoException;
import org.igniterealtime.openfire.plugin.omemo.core.OmemoException.Reason;
import org.igniterealtime.openfire.plugin.omemo.core.crypto.IdentityKeyPair;
import org.igniterealtime.openfire.plugin.omemo.core.crypto.PreKey;
import org.igniterealtime.openfire.plugin.omemo.core.crypto.PreKeyPair;
import org.igniterealtime.openfire.plugin.omemo.core.crypto.RatchetKey;
import org.igniterealtime.openfire.plugin.omemo.core.crypto.SignedPreKeyPair;
import org.igniterealtime.openfire.plugin.omemo.core.ratchet.AuthenticatedMessage;
import org.igniterealtime.openfire.plugin.omemo.core.ratchet.DoubleRatchet;
import org.igniterealtime.openfire.plugin.omemo.core.ratchet.Header;
import org.igniterealtime.openfire.plugin.omemo.core.ratchet.KeyExchange;
import org.igniterealtime.openfire.plugin.omemo.core.ratchet.RatchetState;
import org.igniterealtime.openfire.plugin.omemo.core.store.SessionState;
import org.igniterealtime.openfire.plugin.omemo.core.x3dh.Agreement;
import org.igniterealtime.openfire.plugin.omemo.core.x3dh.Initiation;
import org.igniterealtime.openfire.plugin.omemo.core.x3dh.PreKeyBundle;
import org.igniterealtime.openfire.plugin.omemo.core.x3dh.X3dh;

/**
 * A session with a device: the key agreement, then the ratchet (XEP-0384, section "Double Ratchet"). All it does gives a
 * new state and changes none.
 */
final class Session {

    /** The counter from which on a message calls for a heartbeat (XEP-0384, section "Business Rules"). */
    static final int HEARTBEAT_AT = 53;

    private Session() {
    }

    /**
     * A message to send.
     *
     * @param next the state after it
     * @param wire the bytes of the message
     * @param keyExchange whether they are a key exchange
     */
    record Sent(SessionState next, byte[] wire, boolean keyExchange) {
    }

    /**
     * A message that was authentic.
     *
     * @param next the state after it
     * @param plaintext what it carried
     * @param isNews whether it is later than all that were read before, rather than one of those that were left out
     * @param heartbeatDue whether it calls for a heartbeat
     */
    record Opened(SessionState next, byte[] plaintext, boolean isNews, boolean heartbeatDue) {
    }

    /**
     * Agrees with what a device has published.
     *
     * @throws OmemoException INVALID_KEY if a key of theirs is of low order
     */
    static SessionState initiate(
            IdentityKeyPair identity, PreKeyBundle bundle, Optional<PreKey> oneTime, SecureRandom random)
            throws OmemoException {
        Initiation initiation = X3dh.initiate(identity, bundle, oneTime, random);
        DoubleRatchet ratchet = DoubleRatchet.initiate(initiation.agreement(), bundle.signedPreKey(), random);
        return new SessionState(bundle.identityKey(), initiation.header().ephemeralKey(), true,
            Optional.of(initiation.header()), ratchet.state(), List.of(), Optional.empty(), false);
    }

    /**
     * Agrees with a device that has begun, and reads its message. The answer to it serves as heartbeat, too.
     *
     * @throws OmemoException if the message is not authentic or cannot be read
     */
    static Opened respond(IdentityKeyPair identity, SignedPreKeyPair signed, Optional<PreKeyPair> oneTime,
            KeyExchange exchange) throws OmemoException {
        Agreement agreement = X3dh.respond(identity, signed, oneTime, exchange.header());
        DoubleRatchet.Received first = DoubleRatchet.respond(agreement, signed, exchange.message());
        Header header = exchange.message().header();
        SessionState next = new SessionState(exchange.header().identityKey(), exchange.header().ephemeralKey(), false,
            Optional.empty(), first.next().state(), List.of(),
            header.number() >= HEARTBEAT_AT ? Optional.of(header.ratchetKey()) : Optional.empty(), true);
        return new Opened(next, first.plaintext(), true, false);
    }

    /** The key exchange is repeated until the first answer. To have written is to have answered. */
    static Sent encrypt(SessionState state, byte[] plaintext, SecureRandom random) {
        DoubleRatchet.Sent sent = DoubleRatchet.of(state.ratchet()).encrypt(plaintext, random);
        SessionState next = new SessionState(state.identityKey(), state.ephemeralKey(), state.initiated(),
            state.unanswered(), sent.next().state(), state.pastKeys(), state.heartbeatFor(), false);
        byte[] wire = state.unanswered()
            .map(header -> new KeyExchange(header, sent.message()).encode())
            .orElseGet(() -> sent.message().encode());
        return new Sent(next, wire, state.unanswered().isPresent());
    }

    /**
     * Reads a message of this session, which proves that the other side has it, too.
     *
     * @throws OmemoException DUPLICATE if it was read before, as far as can be told; otherwise as
     *     {@link DoubleRatchet#decrypt}
     */
    static Opened decrypt(SessionState state, AuthenticatedMessage message) throws OmemoException {
        RatchetKey key = message.header().ratchetKey();
        DoubleRatchet.Received received;
        try {
            received = DoubleRatchet.of(state.ratchet()).decrypt(message);
        } catch (OmemoException e) {
            throw state.pastKeys().contains(key) ? new OmemoException(Reason.DUPLICATE) : e;
        }
        RatchetState ratchet = received.next().state();
        boolean isNews = !ratchet.receiving().equals(state.ratchet().receiving());
        boolean heartbeatDue = isNews && message.header().number() >= HEARTBEAT_AT
            && !state.heartbeatFor().equals(Optional.of(key));
        SessionState next = new SessionState(state.identityKey(), state.ephemeralKey(), state.initiated(),
            Optional.empty(), ratchet, pastKeys(state, ratchet),
            heartbeatDue ? Optional.of(key) : state.heartbeatFor(), state.answerOwed() || heartbeatDue);
        return new Opened(next, received.plaintext(), isNews, heartbeatDue);
    }

    /** Whether a message with this ratchet key is of this session without doubt. */
    static boolean isIn(SessionState state, AuthenticatedMessage message) {
        RatchetKey key = message.header().ratchetKey();
        return state.ratchet().receiving().isPresent() && state.ratchet().theirs().equals(key)
            || state.pastKeys().contains(key);
    }

    private static List<RatchetKey> pastKeys(SessionState before, RatchetState after) {
        RatchetKey theirs = before.ratchet().theirs();
        if (before.ratchet().receiving().isEmpty() || theirs.equals(after.theirs())) {
            return before.pastKeys();
        }
        List<RatchetKey> keys = new ArrayList<>(before.pastKeys());
        keys.add(theirs);
        return keys.subList(Math.max(0, keys.size() - SessionState.MAX_PAST_KEYS), keys.size());
    }
}

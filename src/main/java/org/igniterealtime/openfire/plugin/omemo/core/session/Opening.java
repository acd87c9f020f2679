package org.igniterealtime.openfire.plugin.omemo.core.session;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.igniterealtime.openfire.plugin.omemo.core.OmemoException;
import org.igniterealtime.openfire.plugin.omemo.core.OmemoException.Reason;
import org.igniterealtime.openfire.plugin.omemo.core.crypto.IdentityEncoding;
import org.igniterealtime.openfire.plugin.omemo.core.crypto.PreKeyPair;
import org.igniterealtime.openfire.plugin.omemo.core.crypto.SignedPreKeyPair;
import org.igniterealtime.openfire.plugin.omemo.core.ratchet.AuthenticatedMessage;
import org.igniterealtime.openfire.plugin.omemo.core.ratchet.KeyExchange;
import org.igniterealtime.openfire.plugin.omemo.core.store.DeviceSessions;
import org.igniterealtime.openfire.plugin.omemo.core.store.SessionState;
import org.igniterealtime.openfire.plugin.omemo.core.x3dh.KeyExchangeHeader;

/** Finds the session that a message belongs to, or agrees on a new one. Reads the stores and changes nothing. */
final class Opening {

    private final DeviceContext context;
    private final OwnKeys ownKeys;
    private final Optional<DeviceSessions> sessions;

    /**
     * A message that was authentic.
     *
     * @param message the message, and its session after it
     * @param begun whether the session began with it
     * @param preKeyId which one-time prekey it used
     */
    record Opened(Session.Opened message, boolean begun, OptionalInt preKeyId) {
    }

    /** @param sessions those with the device that the message is from */
    Opening(DeviceContext context, OwnKeys ownKeys, Optional<DeviceSessions> sessions) {
        this.context = context;
        this.ownKeys = ownKeys;
        this.sessions = sessions;
    }

    /** @throws OmemoException if it cannot be read; DUPLICATE if that is for having been read */
    Opened open(byte[] bytes) throws OmemoException {
        AuthenticatedMessage message = AuthenticatedMessage.decode(bytes);
        OmemoException refusal = new OmemoException(Reason.NO_SESSION);
        for (SessionState session : sessions.map(DeviceSessions::all).orElseGet(Stream::empty).toList()) {
            try {
                return inSession(session, message);
            } catch (OmemoException e) {
                if (Session.isIn(session, message)) {
                    throw e;
                }
                refusal = e;
            }
        }
        throw refusal;
    }

    private Opened inSession(SessionState session, AuthenticatedMessage message) throws OmemoException {
        return new Opened(Session.decrypt(session, message), false, OptionalInt.empty());
    }

    /**
     * Reads a key exchange, or the message in one that was read before. Where the profile knows several readings of an
     * identity key, the message is authentic under one of them only, since AD holds the key as it is written.
     *
     * @throws OmemoException as {@link #open}
     */
    Opened openKeyExchange(byte[] bytes) throws OmemoException {
        List<OmemoException> refusals = new ArrayList<>();
        for (IdentityEncoding encoding : context.profile().identityReadings()) {
            try {
                return respond(KeyExchange.decode(context.profile(), encoding, bytes));
            } catch (OmemoException e) {
                if (e.reason() != Reason.INVALID_KEY && e.reason() != Reason.UNAUTHENTICATED) {
                    throw e;
                }
                refusals.add(e);
            }
        }
        throw refusals.stream().filter(e -> e.reason() == Reason.UNAUTHENTICATED).findFirst().orElse(refusals.get(0));
    }

    private Opened respond(KeyExchange exchange) throws OmemoException {
        KeyExchangeHeader header = exchange.header();
        Optional<SessionState> begun = sessions.flatMap(known -> known.begunWith(header.ephemeralKey()));
        if (begun.isPresent()) {
            return inSession(begun.get(), exchange.message());
        }
        if (sessions.isPresent() && sessions.get().forgotten().contains(header.ephemeralKey())) {
            throw new OmemoException(Reason.DUPLICATE);
        }
        SignedPreKeyPair signed = ownKeys.signedPreKeys().find(header.signedPreKeyId())
            .orElseThrow(() -> new OmemoException(Reason.UNKNOWN_SIGNED_PREKEY));
        Optional<PreKeyPair> oneTime = Optional.empty();
        if (header.preKeyId().isPresent()) {
            oneTime = Optional.of(ownKeys.preKeys().find(header.preKeyId().getAsInt())
                .orElseThrow(() -> new OmemoException(Reason.UNKNOWN_PREKEY)));
        }
        return new Opened(
            Session.respond(context.own().identity(), signed, oneTime, exchange), true, header.preKeyId());
    }
}

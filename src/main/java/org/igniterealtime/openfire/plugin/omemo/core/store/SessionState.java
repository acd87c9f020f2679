package org.igniterealtime.openfire.plugin.omemo.core.store;

import java.util.List;
import java.util.Optional;
import org.igniterealtime.openfire.plugin.omemo.core.crypto.EphemeralKey;
import org.igniterealtime.openfire.plugin.omemo.core.crypto.IdentityKey;
import org.igniterealtime.openfire.plugin.omemo.core.crypto.RatchetKey;
import org.igniterealtime.openfire.plugin.omemo.core.ratchet.RatchetState;
import org.igniterealtime.openfire.plugin.omemo.core.x3dh.KeyExchangeHeader;

/**
 * All that has to be stored of a session with a device. Immutable.
 *
 * @param identityKey the peer's IK, with which the session was agreed on
 * @param ephemeralKey EK of the initiator, which tells a session from others with the same device
 * @param initiated whether this device was the initiator
 * @param unanswered what an initiator repeats with every message until the first answer
 * @param ratchet the Double Ratchet
 * @param pastKeys the peer's ratchet keys before the current one, the oldest first, at most {@value #MAX_PAST_KEYS}: they
 *     tell a message that was read before from one that cannot be read
 * @param heartbeatFor the ratchet key of the peer for which a heartbeat was called for last
 * @param answerOwed whether the peer waits for a message: it began the session, or its chain has become long
 */
public record SessionState(
    IdentityKey identityKey,
    EphemeralKey ephemeralKey,
    boolean initiated,
    Optional<KeyExchangeHeader> unanswered,
    RatchetState ratchet,
    List<RatchetKey> pastKeys,
    Optional<RatchetKey> heartbeatFor,
    boolean answerOwed) {

    /** How many of the peer's past ratchet keys are remembered. */
    public static final int MAX_PAST_KEYS = 64;

    /** @throws IllegalArgumentException if an initiator is missing what it has to repeat, or there are too many keys */
    public SessionState {
        pastKeys = List.copyOf(pastKeys);
        if (unanswered.isPresent() && !initiated) {
            throw new IllegalArgumentException("only an initiator waits for the first answer");
        }
        if (pastKeys.size() > MAX_PAST_KEYS) {
            throw new IllegalArgumentException("too many past ratchet keys");
        }
    }
}

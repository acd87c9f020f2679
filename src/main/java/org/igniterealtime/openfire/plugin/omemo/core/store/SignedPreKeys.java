package org.igniterealtime.openfire.plugin.omemo.core.store;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.igniterealtime.openfire.plugin.omemo.core.crypto.SignedPreKeyPair;

/**
 * The signed prekey in use and the one before it, whose private part is kept for one more period, for messages that were
 * on their way (XEP-0384, section "Key Exchange"). Immutable.
 *
 * @param current what the bundle holds
 * @param since since when it does
 * @param previous what it held before
 */
public record SignedPreKeys(SignedPreKeyPair current, Instant since, Optional<SignedPreKeyPair> previous) {

    private static final int FIRST_ID = 1;

    /** The first signed prekey of a device. */
    public static SignedPreKeys generate(Instant now, SecureRandom random) {
        return new SignedPreKeys(SignedPreKeyPair.generate(FIRST_ID, random), now, Optional.empty());
    }

    /** Whether it is time for another. A clock that was fast and was set right does not put it off. */
    public boolean isDue(Duration period, Instant now) {
        return now.isBefore(since) || !now.isBefore(since.plus(period));
    }

    /** A new signed prekey; the one before the current is forgotten. */
    public SignedPreKeys rotate(Instant now, SecureRandom random) {
        SignedPreKeyPair next = SignedPreKeyPair.generate(PreKeys.idAfter(current.id()), random);
        return new SignedPreKeys(next, now, Optional.of(current));
    }

    /** The one with this id, if it is still there. */
    public Optional<SignedPreKeyPair> find(int id) {
        return current.id() == id ? Optional.of(current) : previous.filter(pair -> pair.id() == id);
    }
}

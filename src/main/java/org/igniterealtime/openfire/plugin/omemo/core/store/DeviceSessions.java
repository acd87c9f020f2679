package org.igniterealtime.openfire.plugin.omemo.core.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.igniterealtime.openfire.plugin.omemo.core.crypto.EphemeralKey;

/**
 * The sessions with a device: the one to write in, and those that it replaced, in which messages may still be on their
 * way. Immutable.
 *
 * @param current the one to write in
 * @param previous those that were replaced, the latest first, at most {@value #MAX_PREVIOUS}
 * @param forgotten the ephemeral keys of key exchanges that the device made and that are not remembered otherwise, the
 *     oldest first, at most {@value #MAX_FORGOTTEN}: a key exchange without one-time prekey could be replayed
 */
public record DeviceSessions(SessionState current, List<SessionState> previous, List<EphemeralKey> forgotten) {

    /** How many replaced sessions are kept. */
    public static final int MAX_PREVIOUS = 5;

    /** How many ephemeral keys of earlier sessions are remembered. */
    public static final int MAX_FORGOTTEN = 100;

    /** @throws IllegalArgumentException if there is too much of something */
    public DeviceSessions {
        previous = List.copyOf(previous);
        forgotten = List.copyOf(forgotten);
        if (previous.size() > MAX_PREVIOUS || forgotten.size() > MAX_FORGOTTEN) {
            throw new IllegalArgumentException("too many sessions");
        }
    }

    public static DeviceSessions of(SessionState only) {
        return new DeviceSessions(only, List.of(), List.of());
    }

    /** The current one first. */
    public Stream<SessionState> all() {
        return Stream.concat(Stream.of(current), previous.stream());
    }

    /** The session that the device began with this ephemeral key. */
    public Optional<SessionState> begunWith(EphemeralKey ephemeralKey) {
        return all().filter(session -> !session.initiated() && session.ephemeralKey().equals(ephemeralKey)).findFirst();
    }

    /** Replaces the current session, or all of the sessions with the same ephemeral key, by this one. */
    public DeviceSessions withCurrent(SessionState session) {
        List<SessionState> others = all().filter(other -> !isSame(other, session)).toList();
        List<SessionState> rest = others.subList(0, Math.min(MAX_PREVIOUS, others.size()));
        List<EphemeralKey> keys = new ArrayList<>(forgotten);
        others.stream().skip(MAX_PREVIOUS).filter(other -> !other.initiated())
            .forEach(other -> keys.add(other.ephemeralKey()));
        return new DeviceSessions(session, rest, keys.subList(Math.max(0, keys.size() - MAX_FORGOTTEN), keys.size()));
    }

    /** The session in a later state, in its place. */
    public DeviceSessions with(SessionState session) {
        return isSame(current, session)
            ? new DeviceSessions(session, previous, forgotten)
            : new DeviceSessions(
                current, previous.stream().map(other -> isSame(other, session) ? session : other).toList(), forgotten);
    }

    private static boolean isSame(SessionState one, SessionState other) {
        return one.initiated() == other.initiated() && one.ephemeralKey().equals(other.ephemeralKey());
    }
}

package org.igniterealtime.openfire.plugin.omemo.bot;

import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;

/**
 * What clients live on.
 *
 * @param connection where their stanzas go
 * @param threads on which they work
 * @param timer which wakes them
 */
record Surroundings(StanzaConnection connection, Executor threads, ScheduledExecutorService timer, InstantSource clock,
        SecureRandom random) {

    private static final int TOKEN_BYTES = 12;

    /** A new lane; see {@link Lane}. */
    Lane lane(int most, Consumer<Throwable> failures) {
        return new Lane(threads, most, failures);
    }

    /** The same with another way out. */
    Surroundings with(StanzaConnection other) {
        return new Surroundings(other, threads, timer, clock, random);
    }

    /** A text that nobody guesses. */
    String token() {
        byte[] bytes = new byte[TOKEN_BYTES];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}

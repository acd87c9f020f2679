package org.igniterealtime.openfire.plugin.omemo.stats;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Which violations are looked for; empty means any.
 *
 * @param from    occurred then or later
 * @param until   began before
 * @param room    the room's bare JID in its normal spelling
 * @param sender  the sender's bare JID in its normal spelling
 * @param finding the finding's number
 */
public record ViolationFilter(Optional<Instant> from, Optional<Instant> until, Optional<String> room,
                              Optional<String> sender, OptionalInt finding, Optional<Violation.Action> action) {

    /** All of them. */
    public static final ViolationFilter ALL = new ViolationFilter(Optional.empty(), Optional.empty(), Optional.empty(),
        Optional.empty(), OptionalInt.empty(), Optional.empty());
}

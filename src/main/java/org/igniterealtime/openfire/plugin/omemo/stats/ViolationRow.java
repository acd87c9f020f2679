package org.igniterealtime.openfire.plugin.omemo.stats;

import java.time.Instant;
import java.util.Optional;

/**
 * A violation of one hour as it is stored.
 *
 * @param room   the room's bare JID, shortened if it has more than 255 bytes; empty for those that found no line
 * @param sender the sender's bare JID, shortened likewise; empty if nothing is kept about persons
 * @param amount how often
 * @param first  when first in this hour
 * @param last   when last in this hour
 */
public record ViolationRow(Optional<String> room, Optional<String> sender, int finding, Violation.Action action,
                           long amount, Instant first, Instant last) {
}

package org.igniterealtime.openfire.plugin.omemo.stats;

import org.igniterealtime.openfire.plugin.omemo.protocol.Family;
import java.time.Instant;
import java.util.Map;

/**
 * What was counted in an hour, a day or a month, all of UTC.
 *
 * @param from    its beginning
 * @param amounts by the names of {@link MessageCounts}
 */
public record CountPoint(Instant from, Map<String, Long> amounts) {

    public CountPoint {
        amounts = Map.copyOf(amounts);
    }

    /** Encrypted messages that were delivered. */
    public long encrypted() {
        return of(Outcome.PASSED, Content.ENCRYPTED) + of(Outcome.REWRITTEN, Content.ENCRYPTED)
            + of(Outcome.LET_THROUGH, Content.ENCRYPTED);
    }

    /** Readable messages that were delivered; one that was rewritten is readable no longer. */
    public long plaintext() {
        return of(Outcome.PASSED, Content.PLAINTEXT) + of(Outcome.LET_THROUGH, Content.PLAINTEXT);
    }

    /** Messages that were kept out. */
    public long refused() {
        long sum = 0;
        for (Content content : Content.values()) {
            sum += of(Outcome.REFUSED, content);
        }
        return sum;
    }

    /** Delivered messages that carried something of this family. */
    public long of(Family family) {
        return amounts.getOrDefault(MessageCounts.name(family), 0L);
    }

    /** Messages of one kind. */
    public long of(Outcome outcome, Content content) {
        return amounts.getOrDefault(MessageCounts.name(outcome, content), 0L);
    }
}

package org.igniterealtime.openfire.plugin.omemo.core.session;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.igniterealtime.openfire.plugin.omemo.core.store.DeviceRecord;

/**
 * How often a session with one device is mended without the user having asked for it, so that two devices that cannot
 * read each other do not go on for ever.
 *
 * @param count how often in the period, at most 16
 * @param period in which recoveries are counted
 * @param pause between one recovery and the next: messages of the broken session may still be on their way
 */
public record RecoveryLimit(int count, Duration period, Duration pause) {

    /** Three a day, at least an hour apart. */
    public static final RecoveryLimit DEFAULT = new RecoveryLimit(3, Duration.ofDays(1), Duration.ofHours(1));

    /** @throws IllegalArgumentException if the count is out of bounds, or a time not positive */
    public RecoveryLimit {
        if (count < 0 || count > DeviceRecord.MAX_RECOVERIES) {
            throw new IllegalArgumentException("between 0 and 16 recoveries");
        }
        if (period.isNegative() || period.isZero() || pause.isNegative()) {
            throw new IllegalArgumentException("a period is positive");
        }
    }

    /** Whether one more is within the limit. What a clock that was fast has noted for later times does not count. */
    boolean allows(List<Instant> recoveries, Instant now) {
        List<Instant> past = recoveries.stream().filter(time -> !time.isAfter(now)).toList();
        return past.stream().filter(time -> time.isAfter(now.minus(period))).count() < count
            && past.stream().noneMatch(time -> time.isAfter(now.minus(pause)));
    }
}

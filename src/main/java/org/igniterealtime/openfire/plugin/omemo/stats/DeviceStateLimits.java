package org.igniterealtime.openfire.plugin.omemo.stats;

import java.time.Duration;

/**
 * From when on a device is what.
 *
 * @param inactive without a sign for so long
 * @param dead     the same
 * @param bundle   so long on a list without a bundle, a device is dead
 * @param stale    so many messages were sent to it without a sign
 */
public record DeviceStateLimits(Duration inactive, Duration dead, Duration bundle, int stale) {

    /** 30, 180 and 7 days, and 53 messages: as many as XEP-0384 lets a device receive before it has to answer. */
    public static final DeviceStateLimits DEFAULT =
        new DeviceStateLimits(Duration.ofDays(30), Duration.ofDays(180), Duration.ofDays(7), 53);
}

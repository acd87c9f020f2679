package org.igniterealtime.openfire.plugin.omemo.stats;

import java.time.Duration;

/**
 * From when on a device is what.
 *
 * @param inactive without a sign for so long
 * @param dead     the same
 * @param bundle   so long on a list without a bundle, a device is dead
 */
public record DeviceStateLimits(Duration inactive, Duration dead, Duration bundle) {

    /** 30, 180 and 7 days. */
    public static final DeviceStateLimits DEFAULT =
        new DeviceStateLimits(Duration.ofDays(30), Duration.ofDays(180), Duration.ofDays(7));
}

package org.igniterealtime.openfire.plugin.omemo.keys;

import java.time.Duration;

/**
 * From when on something is dead.
 *
 * @param silence how long nothing was published by a device and nothing seen of it
 * @param oneSide how long a device was listed without a bundle, or a bundle was there without its device on the list
 */
public record SurveyLimits(Duration silence, Duration oneSide) {

    /** 180 and 7 days. */
    public static final SurveyLimits DEFAULT = new SurveyLimits(Duration.ofDays(180), Duration.ofDays(7));
}

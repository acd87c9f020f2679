package org.igniterealtime.openfire.plugin.omemo.server;

import org.igniterealtime.openfire.plugin.omemo.stats.Activity;

/** What the operator has set about what is kept. */
public final class StatisticsSettings {

    /** What is remembered of persons. What cannot be understood is taken for {@code off}: somebody wanted less. */
    public static final Setting.Choice<Activity> ACTIVITY =
        new Setting.Choice<>("plugin.omemo.activity", Activity.ROOMS, Activity.OFF);

    /** For how many days the counts of days are kept. */
    public static final Setting.Number STATISTICS_DAYS =
        new Setting.Number("plugin.omemo.statistics.days", 365, 1, KeySettings.MOST_DAYS);

    /** For how many days violations are kept. */
    public static final Setting.Number VIOLATION_DAYS =
        new Setting.Number("plugin.omemo.violations.days", 90, 1, KeySettings.MOST_DAYS);

    private StatisticsSettings() {
    }
}

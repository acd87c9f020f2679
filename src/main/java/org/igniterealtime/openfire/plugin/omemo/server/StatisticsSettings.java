package org.igniterealtime.openfire.plugin.omemo.server;

import org.igniterealtime.openfire.plugin.omemo.stats.Activity;
import org.jivesoftware.util.JiveGlobals;

/** What the operator has set about what is kept, read from the server's properties whenever it is needed. */
final class StatisticsSettings {

    /** {@code off}, {@code rooms}, the default, or {@code rooms-and-direct}. */
    static final String ACTIVITY = "plugin.omemo.activity";

    /** For how many days the counts of days are kept. */
    static final String STATISTICS_DAYS = "plugin.omemo.statistics.days";

    /** For how many days violations are kept. */
    static final String VIOLATION_DAYS = "plugin.omemo.violations.days";

    private static final int STATISTICS_DAYS_DEFAULT = 365;
    private static final int VIOLATION_DAYS_DEFAULT = 90;

    private StatisticsSettings() {
    }

    /** What cannot be understood is taken for {@code off}: somebody wanted less. */
    static Activity activity() {
        return Activity.ofCode(JiveGlobals.getProperty(ACTIVITY, Activity.ROOMS.code()).strip()).orElse(Activity.OFF);
    }

    static int statisticsDays() {
        return days(STATISTICS_DAYS, STATISTICS_DAYS_DEFAULT);
    }

    static int violationDays() {
        return days(VIOLATION_DAYS, VIOLATION_DAYS_DEFAULT);
    }

    private static int days(String property, int usual) {
        return Math.max(1, JiveGlobals.getIntProperty(property, usual));
    }
}

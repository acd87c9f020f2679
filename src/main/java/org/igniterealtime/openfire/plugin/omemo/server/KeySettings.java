package org.igniterealtime.openfire.plugin.omemo.server;

import java.time.Duration;
import org.igniterealtime.openfire.plugin.omemo.keys.SurveyLimits;
import org.igniterealtime.openfire.plugin.omemo.stats.DeviceStateLimits;
import org.jivesoftware.util.JiveGlobals;

/** What the operator has set about published keys, read from the server's properties whenever it is needed. */
public final class KeySettings {

    /** {@code strict} or, the default, {@code lenient}. */
    public static final String VALIDATION = "plugin.omemo.keys.validation";

    /** Whether those in a room for members only may read its members' keys even in nodes that are not open. */
    public static final String COMMON_ROOMS = "plugin.omemo.keys.common-rooms";

    /** After how many days without a sign a device is dead. */
    public static final String SILENCE_DAYS = "plugin.omemo.keys.silence-days";

    /** After how many days a device is dead that is listed without a bundle, or a bundle without its device listed. */
    public static final String ONE_SIDE_DAYS = "plugin.omemo.keys.one-side-days";

    /** After how many days without a sign a device is inactive. */
    public static final String INACTIVE_DAYS = "plugin.omemo.keys.inactive-days";

    /** After how many messages to it without a sign a device is stale. */
    public static final String STALE_MESSAGES = "plugin.omemo.keys.stale-messages";

    /** What is larger counts as this. */
    public static final int LARGEST_LIMIT = 10_000;

    private static final String MOST_ITEMS_READ = "xmpp.pubsub.fetch.max";
    private static final int MOST_ITEMS_READ_DEFAULT = 2_000;

    private KeySettings() {
    }

    /** Whether the operator lets accounts publish at all. */
    static boolean personalEventing() {
        return JiveGlobals.getBooleanProperty("xmpp.pep.enabled", true);
    }

    /** Whether a publication that has faults is refused; otherwise it is stored, and counted. */
    static boolean refusesFaults() {
        return "strict".equals(JiveGlobals.getProperty(VALIDATION, "lenient"));
    }

    /** See {@link #COMMON_ROOMS}. */
    static boolean commonRoomsOpenNodes() {
        return JiveGlobals.getBooleanProperty(COMMON_ROOMS, false);
    }

    /** How many items a node can keep: as many as Openfire reads of one. It stands for {@code max}. */
    static int mostItems() {
        return Math.max(1, JiveGlobals.getIntProperty(MOST_ITEMS_READ, MOST_ITEMS_READ_DEFAULT));
    }

    /** From when on something is dead; a day at least. */
    static SurveyLimits surveyLimits() {
        return new SurveyLimits(days(SILENCE_DAYS, SurveyLimits.DEFAULT.silence()),
            days(ONE_SIDE_DAYS, SurveyLimits.DEFAULT.oneSide()));
    }

    /** From when on a device is what; a day and a message at least. What is dead was inactive before. */
    static DeviceStateLimits deviceStateLimits() {
        DeviceStateLimits usual = DeviceStateLimits.DEFAULT;
        SurveyLimits survey = surveyLimits();
        Duration inactive = days(INACTIVE_DAYS, usual.inactive());
        return new DeviceStateLimits(inactive.compareTo(survey.silence()) < 0 ? inactive : survey.silence(), survey.silence(),
            survey.oneSide(), limit(STALE_MESSAGES, usual.stale()));
    }

    private static Duration days(String property, Duration usual) {
        return Duration.ofDays(limit(property, (int) usual.toDays()));
    }

    private static int limit(String property, int usual) {
        return Math.max(1, Math.min(LARGEST_LIMIT, JiveGlobals.getIntProperty(property, usual)));
    }
}

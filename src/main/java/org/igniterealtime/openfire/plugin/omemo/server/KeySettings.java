package org.igniterealtime.openfire.plugin.omemo.server;

import java.time.Duration;
import org.igniterealtime.openfire.plugin.omemo.keys.SurveyLimits;
import org.igniterealtime.openfire.plugin.omemo.stats.DeviceStateLimits;
import org.jivesoftware.util.JiveGlobals;

/** What the operator has set about published keys, read from the server's properties whenever it is needed. */
public final class KeySettings {

    /** What becomes of a publication that has faults. */
    public enum Validation {
        /** It is stored, and counted. */
        LENIENT,
        /** It is refused. */
        STRICT
    }

    /** Of every time that can be set. */
    static final int MOST_DAYS = 10_000;

    /** How what is published is checked. Whoever has written something else wanted more than what is usual. */
    public static final Setting.Choice<Validation> VALIDATION =
        new Setting.Choice<>("plugin.omemo.keys.validation", Validation.LENIENT, Validation.STRICT);

    /** Whether those in a room for members only may read its members' keys even in nodes that are not open. */
    public static final Setting.Switch COMMON_ROOMS = new Setting.Switch("plugin.omemo.keys.common-rooms", false);

    /** After how many days without a sign a device is inactive. */
    public static final Setting.Number INACTIVE_DAYS =
        days("plugin.omemo.keys.inactive-days", DeviceStateLimits.DEFAULT.inactive());

    /** After how many days without a sign a device is dead. */
    public static final Setting.Number SILENCE_DAYS = days("plugin.omemo.keys.silence-days", SurveyLimits.DEFAULT.silence());

    /** After how many days a device is dead that is listed without a bundle, or a bundle without its device listed. */
    public static final Setting.Number ONE_SIDE_DAYS = days("plugin.omemo.keys.one-side-days", SurveyLimits.DEFAULT.oneSide());

    /** After how many messages to it without a sign a device is stale. */
    public static final Setting.Number STALE_MESSAGES =
        new Setting.Number("plugin.omemo.keys.stale-messages", DeviceStateLimits.DEFAULT.stale(), 1, 10_000);

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
        return VALIDATION.value() == Validation.STRICT;
    }

    /** See {@link #COMMON_ROOMS}. */
    static boolean commonRoomsOpenNodes() {
        return COMMON_ROOMS.value();
    }

    /** How many items a node can keep: as many as Openfire reads of one. It stands for {@code max}. */
    static int mostItems() {
        return Math.max(1, JiveGlobals.getIntProperty(MOST_ITEMS_READ, MOST_ITEMS_READ_DEFAULT));
    }

    /** From when on something published is dead. */
    static SurveyLimits surveyLimits() {
        return new SurveyLimits(duration(SILENCE_DAYS), duration(ONE_SIDE_DAYS));
    }

    /** From when on a device is what. What is dead was inactive before. */
    static DeviceStateLimits deviceStateLimits() {
        SurveyLimits survey = surveyLimits();
        Duration inactive = duration(INACTIVE_DAYS);
        return new DeviceStateLimits(inactive.compareTo(survey.silence()) < 0 ? inactive : survey.silence(), survey.silence(),
            survey.oneSide(), STALE_MESSAGES.value());
    }

    private static Setting.Number days(String property, Duration usual) {
        return new Setting.Number(property, (int) usual.toDays(), 1, MOST_DAYS);
    }

    private static Duration duration(Setting.Number days) {
        return Duration.ofDays(days.value());
    }
}

package org.igniterealtime.openfire.plugin.omemo.admin;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.igniterealtime.openfire.plugin.omemo.protocol.Family;
import org.igniterealtime.openfire.plugin.omemo.stats.DeviceState;
import org.jivesoftware.util.JiveGlobals;

/**
 * What the overview shows.
 *
 * @param span {@code hour}, {@code day} or {@code month}
 * @param counts null if they cannot be read now
 * @param devices how many, by family and state; null if they cannot be read now
 * @param rooms how many, by mode; null if they cannot be read now
 * @param lastTest the newest self-test, or null
 * @param complete whether nothing is missing
 */
public record OverviewModel(String span, List<CountRow> counts, Map<String, Map<String, String>> devices,
    Map<String, String> rooms, SelfTestRow lastTest, List<Concern> concerns, boolean complete) {

    /** Those to choose from. */
    public List<String> spans() {
        return Arrays.stream(CountSpan.values()).map(CountSpan::code).toList();
    }

    /** All families, by their labels. */
    public List<String> families() {
        return Arrays.stream(Family.values()).map(Family::label).toList();
    }

    /** All that a device can be in. */
    public List<String> states() {
        return Arrays.stream(DeviceState.values()).map(state -> state.name().toLowerCase(Locale.ROOT)).toList();
    }

    /** In which the console shows times. */
    public String zone() {
        return JiveGlobals.getTimeZone().getID();
    }

    /** Of the console, as browsers name it. */
    public String language() {
        return JiveGlobals.getLocale().toLanguageTag();
    }
}

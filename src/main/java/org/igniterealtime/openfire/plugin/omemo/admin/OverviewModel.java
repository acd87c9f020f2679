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
 * @param devices how many, by family and state
 * @param lastTest the newest self-test, or null
 * @param readable whether the database could be read
 */
public record OverviewModel(String span, List<CountRow> counts, Map<String, Map<String, String>> devices,
    SelfTestRow lastTest, List<Concern> concerns, boolean readable) {

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

    /** Of the console, as browsers name it. */
    public String language() {
        return JiveGlobals.getLocale().toLanguageTag();
    }
}

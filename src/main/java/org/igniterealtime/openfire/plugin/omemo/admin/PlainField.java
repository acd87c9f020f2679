package org.igniterealtime.openfire.plugin.omemo.admin;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * A {@link PlainSetting} in the form.
 *
 * @param id of the field and, with a prefix, of its texts
 * @param kind {@code switch}, {@code number}, {@code choice} or {@code name}
 * @param choices for a choice
 * @param property that is set
 * @param problem what is wrong with the value, or null
 */
public record PlainField(String id, String kind, List<String> choices, String property, String value, Problem problem) {

    /** All as they are set. */
    static List<PlainField> stored() {
        return Arrays.stream(PlainSetting.values()).map(setting -> of(setting, setting.value())).toList();
    }

    /** All as they were typed. */
    static List<PlainField> typed(Visit visit) {
        return Arrays.stream(PlainSetting.values()).map(setting -> of(setting, setting.typed(visit))).toList();
    }

    private static PlainField of(PlainSetting setting, String value) {
        return new PlainField(setting.id(), setting.kind().name().toLowerCase(Locale.ROOT), setting.choices(),
            setting.property(), value, setting.problem(value).orElse(null));
    }
}

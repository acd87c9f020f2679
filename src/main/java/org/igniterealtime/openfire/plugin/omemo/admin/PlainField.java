package org.igniterealtime.openfire.plugin.omemo.admin;

import java.util.List;
import org.igniterealtime.openfire.plugin.omemo.admin.PlainSetting.Section;
import org.jivesoftware.util.StringUtils;

/**
 * A {@link PlainSetting} in the form.
 *
 * @param id of the field and, with a prefix, of its texts
 * @param kind see {@link PlainSetting#kind}
 * @param choices for a choice
 * @param value what is in force, or was typed
 * @param problem what is wrong with what was typed, or null
 * @param source key of the text that says what is in force and where it comes from
 * @param words for the places in that text
 * @param isUnreadable whether something is written into the property that is no possible value
 */
public record PlainField(String id, String kind, List<String> choices, String value, Problem problem, String source,
    List<String> words, boolean isUnreadable) {

    private static final int LONGEST_ECHO = 200;

    /** All of a section as they are in force. */
    static List<PlainField> inForce(Section section) {
        return PlainSetting.of(section).stream().map(setting -> of(setting, setting.inForce(), null)).toList();
    }

    /** All of a section as they were typed. */
    static List<PlainField> typed(Section section, Visit visit) {
        return PlainSetting.of(section).stream().map(setting -> {
            String typed = setting.typed(visit);
            return of(setting, typed, setting.problem(typed).orElse(null));
        }).toList();
    }

    private static PlainField of(PlainSetting setting, String value, Problem problem) {
        String written = setting.written().orElse(null);
        boolean isUnreadable = written != null && !setting.isPossible(written);
        String source = written == null ? "usual" : !isUnreadable ? "set"
            : setting == PlainSetting.BOTS_NAME ? "no-name" : "unreadable";
        return new PlainField(setting.id(), setting.kind(), setting.choices(), value, problem, "console.settings.source." + source,
            List.of(described(setting), setting.property(),
                written == null ? "" : StringUtils.abbreviate(written, LONGEST_ECHO)), isUnreadable);
    }

    /** What is in force, for people. */
    private static String described(PlainSetting setting) {
        String value = setting.inForce();
        return switch (setting.kind()) {
            case "number" -> Written.number(Long.parseLong(value));
            case "switch" -> Written.text("true".equals(value) ? "console.settings.yes" : "console.settings.no");
            case "choice" -> Written.text("console.settings." + setting.id() + "." + value);
            default -> value;
        };
    }
}

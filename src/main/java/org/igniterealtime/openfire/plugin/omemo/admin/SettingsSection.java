package org.igniterealtime.openfire.plugin.omemo.admin;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.igniterealtime.openfire.plugin.omemo.admin.PlainSetting.Section;

/**
 * A section of the page of settings: what is saved together.
 *
 * @param id of the section and, with a prefix, of its texts
 */
public record SettingsSection(String id, List<PlainField> fields) {

    /** All as they are in force. */
    static List<SettingsSection> all() {
        return Arrays.stream(Section.values()).map(section -> new SettingsSection(section.id(), PlainField.inForce(section)))
            .toList();
    }

    /** All as they are in force, but one as it was typed. */
    static List<SettingsSection> typed(Visit visit) {
        return Arrays.stream(Section.values()).map(section -> new SettingsSection(section.id(), section.id()
            .equals(visit.text("section")) ? PlainField.typed(section, visit) : PlainField.inForce(section))).toList();
    }

    /** Whether something is wrong with what was typed. */
    boolean isWrong() {
        return fields.stream().map(PlainField::problem).anyMatch(Objects::nonNull);
    }
}

package org.igniterealtime.openfire.plugin.omemo.admin;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.igniterealtime.openfire.plugin.omemo.server.BotDomainSettings;
import org.igniterealtime.openfire.plugin.omemo.server.KeySettings;
import org.igniterealtime.openfire.plugin.omemo.server.RoomSettings;
import org.igniterealtime.openfire.plugin.omemo.server.SelfTestSchedule;
import org.igniterealtime.openfire.plugin.omemo.server.Setting;
import org.igniterealtime.openfire.plugin.omemo.server.StatisticsSettings;
import org.jivesoftware.util.JiveGlobals;

/** A setting that is one property of the server with one short value, and the section of the page that it is in. */
enum PlainSetting {

    SEMI_ANONYMOUS(Section.ROOMS, RoomSettings.SEMI_ANONYMOUS),
    OPEN(Section.ROOMS, RoomSettings.OPEN),
    NEW_ROOMS(Section.ROOMS, RoomSettings.NEW),
    OWNERS(Section.ROOMS, RoomSettings.OWNERS),
    ACTIVITY(Section.KEPT, StatisticsSettings.ACTIVITY),
    STATISTICS_DAYS(Section.KEPT, StatisticsSettings.STATISTICS_DAYS),
    VIOLATION_DAYS(Section.KEPT, StatisticsSettings.VIOLATION_DAYS),
    VALIDATION(Section.KEYS, KeySettings.VALIDATION),
    COMMON_ROOMS(Section.KEYS, KeySettings.COMMON_ROOMS),
    INACTIVE_DAYS(Section.STATES, KeySettings.INACTIVE_DAYS),
    SILENCE_DAYS(Section.STATES, KeySettings.SILENCE_DAYS),
    ONE_SIDE_DAYS(Section.STATES, KeySettings.ONE_SIDE_DAYS),
    STALE_MESSAGES(Section.STATES, KeySettings.STALE_MESSAGES),
    BOTS_ENABLED(Section.HOME, BotDomainSettings.ENABLED),
    BOTS_NAME(Section.HOME, BotDomainSettings.NAME),
    SELF_TEST_HOURS(Section.HOME, SelfTestSchedule.HOURS);

    /** What is saved together. */
    enum Section {
        ROOMS, KEPT, KEYS, STATES, HOME;

        /** As the form and the texts call it. */
        String id() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private final Section section;
    private final Setting<?> setting;

    PlainSetting(Section section, Setting<?> setting) {
        this.section = section;
        this.setting = setting;
    }

    /** Those of a section. */
    static List<PlainSetting> of(Section section) {
        return Arrays.stream(values()).filter(setting -> setting.section == section).toList();
    }

    /** As the form and the texts call it. */
    String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    String property() {
        return setting.property();
    }

    /** How a value is typed: {@code switch}, {@code number}, {@code choice} or {@code label}. */
    String kind() {
        return setting.getClass().getSimpleName().toLowerCase(Locale.ROOT);
    }

    /** What can be chosen. */
    List<String> choices() {
        return setting instanceof Setting.Choice<?> choice ? choice.words() : List.of();
    }

    /** What is written into the property; empty if it is not set. */
    Optional<String> written() {
        return setting.written();
    }

    /** What holds now, as it is written. */
    String inForce() {
        return inForce(setting);
    }

    private static <T> String inForce(Setting<T> setting) {
        return setting.text(setting.value());
    }

    /** What was typed into a form. */
    String typed(Visit visit) {
        return setting instanceof Setting.Switch ? Boolean.toString(visit.has(id())) : visit.text(id());
    }

    /** Whether it is a possible value. */
    boolean isPossible(String value) {
        return setting.read(value).isPresent();
    }

    /** What is wrong with a value, if anything. */
    Optional<Problem> problem(String value) {
        if (isPossible(value)) {
            return Optional.empty();
        }
        if (setting instanceof Setting.Number number) {
            return Optional.of(Problem.of("number", number.least(), number.most()));
        }
        return Optional.of(Problem.of(setting instanceof Setting.Label ? "label" : "choice"));
    }

    /** Sets it. @return what was changed into what, for the audit log; empty if that is written already or usual */
    Optional<String> set(String value) {
        String before = written().orElseGet(() -> usual(setting));
        if (before.equals(value)) {
            return Optional.empty();
        }
        JiveGlobals.setProperty(property(), value);
        return Optional.of(property() + ": " + before + " -> " + value);
    }

    private static <T> String usual(Setting<T> setting) {
        return setting.text(setting.usual());
    }
}

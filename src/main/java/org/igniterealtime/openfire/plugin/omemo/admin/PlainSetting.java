package org.igniterealtime.openfire.plugin.omemo.admin;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.igniterealtime.openfire.plugin.omemo.server.BotDomainSettings;
import org.igniterealtime.openfire.plugin.omemo.server.BotName;
import org.igniterealtime.openfire.plugin.omemo.server.KeySettings;
import org.igniterealtime.openfire.plugin.omemo.server.RoomSettings;
import org.igniterealtime.openfire.plugin.omemo.server.SelfTestSchedule;
import org.jivesoftware.util.JiveGlobals;

/** A setting that is one property of the server with one short value. */
enum PlainSetting {

    SEMI_ANONYMOUS(RoomSettings.SEMI_ANONYMOUS, Kind.CHOICE, "tell", "off", "tell", "forbid"),
    OPEN(RoomSettings.OPEN, Kind.CHOICE, "tell", "off", "tell", "forbid"),
    NEW_ROOMS(RoomSettings.NEW, Kind.SWITCH, "false"),
    OWNERS(RoomSettings.OWNERS, Kind.CHOICE, "stricter", "nothing", "stricter", "freely"),
    VALIDATION(KeySettings.VALIDATION, Kind.CHOICE, "lenient", "lenient", "strict"),
    COMMON_ROOMS(KeySettings.COMMON_ROOMS, Kind.SWITCH, "false"),
    SILENCE_DAYS(KeySettings.SILENCE_DAYS, Kind.NUMBER, "180"),
    ONE_SIDE_DAYS(KeySettings.ONE_SIDE_DAYS, Kind.NUMBER, "7"),
    BOTS_ENABLED(BotDomainSettings.ENABLED, Kind.SWITCH, "true"),
    BOTS_NAME(BotDomainSettings.NAME, Kind.NAME, BotDomainSettings.DEFAULT_NAME),
    SELF_TEST_HOURS(SelfTestSchedule.HOURS, Kind.NUMBER, "0");

    /** How a value is typed. */
    enum Kind {
        SWITCH, NUMBER, CHOICE, NAME
    }

    private static final int LONGEST_PERIOD = 10_000;

    private final String property;
    private final Kind kind;
    private final String usual;
    private final List<String> choices;

    PlainSetting(String property, Kind kind, String usual, String... choices) {
        this.property = property;
        this.kind = kind;
        this.usual = usual;
        this.choices = List.of(choices);
    }

    /** As the form and the texts call it. */
    String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    String property() {
        return property;
    }

    Kind kind() {
        return kind;
    }

    List<String> choices() {
        return choices;
    }

    /** What is set, or holds if nothing is. */
    String value() {
        return JiveGlobals.getProperty(property, usual).strip();
    }

    /** What was typed into a form. */
    String typed(Visit visit) {
        return kind == Kind.SWITCH ? Boolean.toString(visit.has(id())) : visit.text(id());
    }

    /** What is wrong with a value, if anything. */
    Optional<Problem> problem(String value) {
        return switch (kind) {
            case SWITCH -> Optional.empty();
            case CHOICE -> unless(choices.contains(value), "choice");
            case NUMBER -> unless(value.matches("[0-9]{1,5}") && Integer.parseInt(value) >= least()
                && Integer.parseInt(value) <= LONGEST_PERIOD, "number", least(), LONGEST_PERIOD);
            case NAME -> unless(new BotName(value).isValid(), "label");
        };
    }

    /** A self-test every 0 hours is none; nothing is dead after 0 days. */
    int least() {
        return this == SELF_TEST_HOURS ? 0 : 1;
    }

    private static Optional<Problem> unless(boolean met, String name, Object... words) {
        return met ? Optional.empty() : Optional.of(Problem.of(name, words));
    }
}

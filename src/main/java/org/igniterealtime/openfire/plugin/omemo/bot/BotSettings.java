package org.igniterealtime.openfire.plugin.omemo.bot;

import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import org.igniterealtime.openfire.plugin.omemo.protocol.Family;

/**
 * What the operator wants a bot to be, as written in a property: {@code echo; families=0.4,0.8+; trust=blind}.
 *
 * @param kind what it does
 * @param families which it speaks; more than one in parallel
 * @param blindTrust whether it trusts every key until one of its account is verified; otherwise each waits for a decision
 * @param every how often a canary sings
 * @param paused whether it is kept, but out of all rooms
 */
public record BotSettings(BotKind kind, Set<Family> families, boolean blindTrust, Duration every, boolean paused) {

    /** Unless told otherwise a canary sings every five minutes. */
    public static final Duration USUAL_INTERVAL = Duration.ofMinutes(5);

    /** A canary sings once in a day at least. */
    public static final int MOST_MINUTES = 24 * 60;

    private static final int LONGEST = 1_000;

    public BotSettings {
        families = Set.copyOf(families);
    }

    /**
     * Reads a setting.
     *
     * @throws IllegalArgumentException with what is wrong, if it cannot be understood as a whole
     */
    public static BotSettings parse(String text) {
        require(text.length() <= LONGEST, "it is longer than " + LONGEST + " characters");
        String[] parts = text.split(";", -1);
        BotKind kind = BotKind.of(parts[0].strip());
        Set<Family> families = EnumSet.copyOf(Devices.SPOKEN);
        boolean blindTrust = false;
        Duration every = USUAL_INTERVAL;
        boolean paused = false;
        for (int i = 1; i < parts.length; i++) {
            String[] rule = parts[i].strip().split("=", 2);
            String value = rule.length == 2 ? rule[1].strip() : "";
            switch (rule[0].strip()) {
                case "families" -> families = families(value);
                case "trust" -> blindTrust = oneOf(value, "blind", "decide");
                case "every" -> every = minutes(value);
                case "paused" -> paused = oneOf(value, "yes", "no");
                default -> throw new IllegalArgumentException("there is no rule '" + rule[0].strip() + "'");
            }
        }
        return new BotSettings(kind, families, blindTrust, every, paused);
    }

    private static Set<Family> families(String value) {
        Set<Family> families = EnumSet.noneOf(Family.class);
        for (String label : value.split(",", -1)) {
            families.add(Family.ofLabel(label.strip()).filter(Devices.SPOKEN::contains).orElseThrow(
                () -> new IllegalArgumentException("bots do not speak '" + label.strip() + "', but 0.4 and 0.8+")));
        }
        return families;
    }

    private static Duration minutes(String value) {
        require(value.matches("[1-9][0-9]{0,3}") && Integer.parseInt(value) <= MOST_MINUTES,
            "'" + value + "' is no number of minutes from 1 to " + MOST_MINUTES);
        return Duration.ofMinutes(Integer.parseInt(value));
    }

    private static boolean oneOf(String value, String yes, String no) {
        require(value.equals(yes) || value.equals(no), "'" + value + "' is neither " + yes + " nor " + no);
        return value.equals(yes);
    }

    private static void require(boolean met, String otherwise) {
        if (!met) {
            throw new IllegalArgumentException(otherwise);
        }
    }

    /** What its device is called on its list: what it is, and what that means. */
    String label() {
        return "test bot (" + kind.word() + "), server can read" + (blindTrust ? ", trusts blindly" : "");
    }
}

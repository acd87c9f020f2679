package org.igniterealtime.openfire.plugin.omemo.policy;

import java.util.Locale;
import java.util.Optional;

/**
 * How much of a room a message may leave out before it counts as incomplete.
 *
 * @param most at most so many; 0 for nobody
 * @param of   members of whom a device is left out, or single devices
 */
public record Tolerance(int most, Unit of) {

    /** What is counted. */
    public enum Unit { MEMBERS, DEVICES }

    /** Not a single device may be left out. */
    public static final Tolerance NONE = new Tolerance(0, Unit.DEVICES);

    /** More than a room has. */
    static final int MOST = 9_999;

    /** @throws IllegalArgumentException if the number is negative or above 9,999 */
    public Tolerance {
        if (most < 0 || most > MOST) {
            throw new IllegalArgumentException("A tolerance is a number from 0 to " + MOST);
        }
    }

    /** Whether so much is too much. */
    boolean isExceededBy(int members, int devices) {
        return (of == Unit.MEMBERS ? members : devices) > most;
    }

    /** Reads {@code <number> members} or {@code <number> devices}; empty when the text is neither. */
    static Optional<Tolerance> parse(String text) {
        for (Unit unit : Unit.values()) {
            String end = ' ' + unit.name().toLowerCase(Locale.ROOT);
            if (text.endsWith(end) && text.substring(0, text.length() - end.length()).matches("0|[1-9][0-9]{0,3}")) {
                return Optional.of(new Tolerance(Integer.parseInt(text.substring(0, text.length() - end.length())), unit));
            }
        }
        return Optional.empty();
    }

    /** As {@link #parse} reads it. */
    @Override
    public String toString() {
        return most + " " + of.name().toLowerCase(Locale.ROOT);
    }
}

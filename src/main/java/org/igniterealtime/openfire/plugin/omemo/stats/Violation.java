package org.igniterealtime.openfire.plugin.omemo.stats;

import java.util.Comparator;
import java.util.Locale;

/**
 * What counts as the same violation: those of one hour are one line.
 *
 * @param hour    hours since 1970, UTC
 * @param room    the room's bare JID; empty in the line of those for which there was no room left
 * @param sender  the sender's bare JID; empty if nothing about persons is kept, and in that line
 * @param finding the number of the finding
 * @param action  what was done
 */
public record Violation(int hour, String room, String sender, int finding, Action action) implements Comparable<Violation> {

    private static final Comparator<Violation> ORDER = Comparator.comparing(Violation::sender).thenComparing(Violation::room)
        .thenComparingInt(Violation::finding).thenComparing(Violation::action).thenComparingInt(Violation::hour);

    /** What was done about it. */
    public enum Action {
        /** The message was kept out. */
        REFUSED,
        /** It was delivered, and its sender told. */
        WARNED,
        /** It was delivered. */
        OBSERVED,
        /** It was delivered without the part in question. */
        REMOVED,
        /** It was delivered, and would be in every mode: the check that found it only observes. */
        NOTED;

        /** As it is called in the database and in exports, such as {@code refused}. */
        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** It keeps hash tables fast when somebody chooses addresses whose hashes collide. */
    @Override
    public int compareTo(Violation that) {
        return ORDER.compare(this, that);
    }

    /** The line of its hour for what finds no room of its own. */
    Violation other() {
        return new Violation(hour, "", "", finding, action);
    }
}

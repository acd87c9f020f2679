package org.igniterealtime.openfire.plugin.omemo.policy;

import java.time.LocalDate;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a policy is going to be (POLICY.md, "Moving"). Each step is taken at the beginning of its day, and never makes a
 * policy milder.
 *
 * @param warnFrom    the first day on which senders are warned
 * @param enforceFrom the first day on which the policy is enforced
 * @param legacyUntil the last day on which the legacy family is taken
 */
public record Plan(Optional<LocalDate> warnFrom, Optional<LocalDate> enforceFrom, Optional<LocalDate> legacyUntil) {

    /** Everything stays as it is. */
    public static final Plan NONE = new Plan(Optional.empty(), Optional.empty(), Optional.empty());

    /** From so many days before a step on, those whom it concerns are told. */
    static final int DAYS_AHEAD = 14;

    /** The mode on this day of a policy that begins with another. */
    Mode mode(Mode first, LocalDate today) {
        return hasBegun(enforceFrom, today) ? Mode.ENFORCE
            : hasBegun(warnFrom, today) && first.compareTo(Mode.WARN) < 0 ? Mode.WARN : first;
    }

    /** Whether the legacy family is no longer taken. */
    boolean endsLegacy(LocalDate today) {
        return legacyUntil.filter(today::isAfter).isPresent();
    }

    /** What of it is still to come; what has become true already is left out. */
    Plan after(LocalDate today) {
        return new Plan(warnFrom.filter(today::isBefore), enforceFrom.filter(today::isBefore),
            legacyUntil.filter(last -> !today.isAfter(last)));
    }

    /** The next day on which something changes. */
    public Optional<LocalDate> next(LocalDate today) {
        return Stream.of(warnFrom, enforceFrom, legacyUntil.map(last -> last.plusDays(1))).flatMap(Optional::stream)
            .filter(today::isBefore).min(LocalDate::compareTo);
    }

    private static boolean hasBegun(Optional<LocalDate> day, LocalDate today) {
        return day.filter(first -> !today.isBefore(first)).isPresent();
    }
}

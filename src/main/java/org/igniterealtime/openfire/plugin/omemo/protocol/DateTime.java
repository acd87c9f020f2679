package org.igniterealtime.openfire.plugin.omemo.protocol;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Points in time as XMPP writes them (XEP-0082, DateTime). */
final class DateTime {

    private static final int MAX_LENGTH = 64;
    private static final Instant FIRST = Instant.parse("0000-01-01T00:00:00Z");
    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999999999Z");

    /** Second, nanoseconds of any number of digits, zone. */
    private static final Pattern FORM = Pattern.compile(
            "(\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d)(?:(\\.\\d{1,9})\\d*)?(Z|[+-]\\d\\d:\\d\\d)");

    private DateTime() {
    }

    /** The point in time, cut off at nanoseconds, or empty if the text is none. */
    static Optional<Instant> parse(String text) {
        if (text.length() > MAX_LENGTH) {
            return Optional.empty();
        }
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            return Optional.empty();
        }
        String fraction = form.group(2) == null ? "" : form.group(2);
        try {
            Instant instant = OffsetDateTime.parse(form.group(1) + fraction + form.group(3)).toInstant();
            return Optional.of(instant).filter(DateTime::canWrite);
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    /** Whether the year has four digits. */
    static boolean canWrite(Instant instant) {
        return !instant.isBefore(FIRST) && !instant.isAfter(LAST);
    }

    /** In UTC, with as many groups of three decimals as are needed. */
    static String write(Instant instant) {
        return instant.toString();
    }
}

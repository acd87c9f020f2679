package org.igniterealtime.openfire.plugin.omemo.admin;

import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.igniterealtime.openfire.plugin.omemo.stats.CountPoint;
import org.igniterealtime.openfire.plugin.omemo.store.CountTable;
import org.jivesoftware.util.JiveGlobals;

/**
 * The times that the charts show. Hours are named as the console's clock has them. Days and months are those of UTC, in
 * which they are counted: what is summed up cannot be parted again.
 */
enum CountSpan {

    HOUR(48, DateTimeFormatter.ofLocalizedDateTime(FormatStyle.SHORT)),
    DAY(30, DateTimeFormatter.ofLocalizedDate(FormatStyle.MEDIUM)),
    MONTH(12, DateTimeFormatter.ofPattern("LLLL yyyy"));

    private final int points;
    private final DateTimeFormatter format;

    CountSpan(int points, DateTimeFormatter format) {
        this.points = points;
        this.format = format;
    }

    /** {@code hour}, {@code day} or {@code month}. */
    String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What is no code stands for days. */
    static CountSpan of(String code) {
        return Arrays.stream(values()).filter(span -> span.code().equals(code)).findFirst().orElse(DAY);
    }

    /**
     * The last ones until now, also those in which nothing was counted.
     *
     * @throws IOException if the database cannot be used
     */
    List<CountRow> read(CountTable table, Instant now) throws IOException {
        List<Instant> times = IntStream.rangeClosed(1, points).mapToObj(i -> back(now, points - i)).toList();
        Instant first = times.get(0);
        Map<Instant, CountPoint> counted = counted(table, first, now).stream()
            .collect(Collectors.toMap(CountPoint::from, Function.identity()));
        DateTimeFormatter written = format.withLocale(JiveGlobals.getLocale())
            .withZone(this == HOUR ? JiveGlobals.getTimeZone().toZoneId() : ZoneOffset.UTC);
        return times.stream().map(time -> CountRow.of(counted.getOrDefault(time, new CountPoint(time, Map.of())),
            written.format(time))).toList();
    }

    private Instant back(Instant now, int steps) {
        LocalDate today = now.atZone(ZoneOffset.UTC).toLocalDate();
        return switch (this) {
            case HOUR -> now.truncatedTo(ChronoUnit.HOURS).minus(steps, ChronoUnit.HOURS);
            case DAY -> start(today.minusDays(steps));
            case MONTH -> start(today.withDayOfMonth(1).minusMonths(steps));
        };
    }

    private List<CountPoint> counted(CountTable table, Instant first, Instant now) throws IOException {
        LocalDate from = first.atZone(ZoneOffset.UTC).toLocalDate();
        LocalDate today = now.atZone(ZoneOffset.UTC).toLocalDate();
        return switch (this) {
            case HOUR -> table.hours(first, now);
            case DAY -> table.days(from, today);
            case MONTH -> table.months(YearMonth.from(from), YearMonth.from(today));
        };
    }

    private static Instant start(LocalDate day) {
        return day.atStartOfDay(ZoneOffset.UTC).toInstant();
    }
}

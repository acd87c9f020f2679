package org.igniterealtime.openfire.plugin.omemo.store;

import static org.igniterealtime.openfire.plugin.omemo.store.Statements.change;

import org.igniterealtime.openfire.plugin.omemo.stats.CountPoint;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What was counted in each hour and in each day, of UTC. Whatever is added to an hour is added to its day in the same
 * transaction, so that hours can go when they are old; any number of nodes may add to the same rows.
 */
public final class CountTable {

    /** Points of a series at most. */
    public static final int MOST_POINTS = 1_000;

    private static final int HOURS_OF_A_DAY = 24;
    private static final long SECONDS_OF_AN_HOUR = 3_600;

    private final ConnectionSource source;

    public CountTable(ConnectionSource source) {
        this.source = source;
    }

    /** @param hour hours since 1970 */
    void add(int hour, Map<String, Long> amounts) throws SQLException {
        Attempts.run(source, connection -> {
            // In one order on all nodes, so that none waits for another that waits for it.
            for (var count : new TreeMap<>(amounts).entrySet()) {
                add(connection, "ofOmemoHour", "hourOf", hour, count.getKey(), count.getValue());
                add(connection, "ofOmemoDay", "dayOf", Math.floorDiv(hour, HOURS_OF_A_DAY), count.getKey(), count.getValue());
            }
            return amounts;
        });
    }

    private static void add(Connection connection, String table, String time, int number, String name, long amount)
            throws SQLException {
        if (change(connection, "UPDATE " + table + " SET amount=amount+? WHERE " + time + "=? AND countName=?",
                amount, number, name) == 0) {
            change(connection, "INSERT INTO " + table + " (" + time + ", countName, amount) VALUES (?, ?, ?)",
                number, name, amount);
        }
    }

    /**
     * The hours from one moment to another, without those in which nothing was counted; the last {@link #MOST_POINTS}.
     *
     * @throws IOException if the database cannot be used
     */
    public List<CountPoint> hours(Instant from, Instant until) throws IOException {
        int first = (int) Math.floorDiv(from.getEpochSecond(), SECONDS_OF_AN_HOUR);
        int last = (int) Math.floorDiv(until.getEpochSecond(), SECONDS_OF_AN_HOUR);
        SortedMap<Integer, Map<String, Long>> hours =
            read("ofOmemoHour", "hourOf", Math.max(first, last - MOST_POINTS + 1), last);
        List<CountPoint> points = new ArrayList<>();
        hours.forEach((hour, amounts) -> points.add(new CountPoint(Instant.ofEpochSecond(hour * SECONDS_OF_AN_HOUR), amounts)));
        return points;
    }

    /**
     * The days from one to another, without those on which nothing was counted; the last {@link #MOST_POINTS}.
     *
     * @throws IOException if the database cannot be used
     */
    public List<CountPoint> days(LocalDate from, LocalDate until) throws IOException {
        List<CountPoint> points = new ArrayList<>();
        int last = (int) until.toEpochDay();
        read("ofOmemoDay", "dayOf", Math.max((int) from.toEpochDay(), last - MOST_POINTS + 1), last)
            .forEach((day, amounts) -> points.add(new CountPoint(start(LocalDate.ofEpochDay(day)), amounts)));
        return points;
    }

    /**
     * The months from one to another, without those in which nothing was counted; the last {@link #MOST_POINTS} days of them.
     *
     * @throws IOException if the database cannot be used
     */
    public List<CountPoint> months(YearMonth from, YearMonth until) throws IOException {
        SortedMap<YearMonth, Map<String, Long>> months = new TreeMap<>();
        for (CountPoint day : days(from.atDay(1), until.atEndOfMonth())) {
            Map<String, Long> month =
                months.computeIfAbsent(YearMonth.from(day.from().atZone(ZoneOffset.UTC)), key -> new HashMap<>());
            day.amounts().forEach((name, amount) -> month.merge(name, amount, Long::sum));
        }
        List<CountPoint> points = new ArrayList<>();
        months.forEach((month, amounts) -> points.add(new CountPoint(start(month.atDay(1)), amounts)));
        return points;
    }

    private static Instant start(LocalDate day) {
        return day.atStartOfDay(ZoneOffset.UTC).toInstant();
    }

    private SortedMap<Integer, Map<String, Long>> read(String table, String time, int first, int last) throws IOException {
        String sql = "SELECT " + time + ", countName, amount FROM " + table + " WHERE " + time + ">=? AND " + time + "<=?";
        SortedMap<Integer, Map<String, Long>> found = new TreeMap<>();
        try (Connection connection = source.open(); PreparedStatement select = connection.prepareStatement(sql)) {
            Statements.bind(select, first, last);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    found.computeIfAbsent(rows.getInt(1), key -> new HashMap<>()).put(rows.getString(2), rows.getLong(3));
                }
            }
            return found;
        } catch (SQLException e) {
            throw new IOException("The counts cannot be read", e);
        }
    }

    /** Forgets what is older than an hour and a day. */
    void forget(int beforeHour, int beforeDay) throws SQLException {
        Transaction.run(source, connection -> change(connection, "DELETE FROM ofOmemoHour WHERE hourOf<?", beforeHour));
        Transaction.run(source, connection -> change(connection, "DELETE FROM ofOmemoDay WHERE dayOf<?", beforeDay));
    }
}

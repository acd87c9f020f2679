package org.igniterealtime.openfire.plugin.omemo.store;

import static org.igniterealtime.openfire.plugin.omemo.store.Statements.change;

import org.igniterealtime.openfire.plugin.omemo.stats.Page;
import org.igniterealtime.openfire.plugin.omemo.stats.Violation;
import org.igniterealtime.openfire.plugin.omemo.stats.ViolationCount;
import org.igniterealtime.openfire.plugin.omemo.stats.ViolationFilter;
import org.igniterealtime.openfire.plugin.omemo.stats.ViolationRow;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Violations, a row for sender, room, finding, action and hour. Any number of nodes may add to the same row. */
public final class ViolationTable {

    private static final String COLUMNS = "room, sender, finding, outcome, amount, firstSeen, lastSeen, violationKey";

    private static final long SHORTEST_SPAN_MILLIS = 3_600_000;
    private static final long LONGEST_SPAN_MILLIS = 1_100 * SHORTEST_SPAN_MILLIS;
    private static final int SPAN_GROWTH = 4;

    private final ConnectionSource source;

    public ViolationTable(ConnectionSource source) {
        this.source = source;
    }

    /** All or nothing. */
    void add(List<ViolationCount> counts) throws SQLException {
        record Keyed(String key, ViolationCount count) {
        }
        // In one order on all nodes, so that none waits for another that waits for it.
        List<Keyed> sorted = counts.stream().map(count -> new Keyed(key(count.violation()), count))
            .sorted((one, other) -> one.key.compareTo(other.key)).toList();
        Attempts.run(source, connection -> {
            for (Keyed keyed : sorted) {
                add(connection, keyed.key, keyed.count);
            }
            RoomTable.note(connection, counts);
            return counts;
        });
    }

    private static String key(Violation violation) {
        return StoredText.key(violation.room(), violation.sender(), Integer.toString(violation.finding()),
            violation.action().code());
    }

    private static void add(Connection connection, String key, ViolationCount count) throws SQLException {
        Violation violation = count.violation();
        int hour = violation.hour();
        if (change(connection, "UPDATE ofOmemoViolation SET amount=amount+? WHERE hourOf=? AND violationKey=?",
                count.amount(), hour, key) > 0) {
            change(connection, "UPDATE ofOmemoViolation SET lastSeen=? WHERE hourOf=? AND violationKey=? AND lastSeen<?",
                count.last(), hour, key, count.last());
            change(connection, "UPDATE ofOmemoViolation SET firstSeen=? WHERE hourOf=? AND violationKey=? AND firstSeen>?",
                count.first(), hour, key, count.first());
            return;
        }
        // Oracle takes an empty text for none.
        boolean unnamed = violation.room().isEmpty();
        boolean anonymous = violation.sender().isEmpty();
        change(connection, "INSERT INTO ofOmemoViolation (hourOf, violationKey, roomKey, senderKey, finding, outcome, room,"
                + " sender, amount, firstSeen, lastSeen) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            hour, key, StoredText.key(violation.room()), anonymous ? Statements.NO_TEXT : StoredText.key(violation.sender()),
            violation.finding(), violation.action().code(), unnamed ? "*" : StoredText.shown(violation.room()),
            anonymous ? Statements.NO_TEXT : StoredText.shown(violation.sender()), count.amount(), count.first(), count.last());
    }

    /**
     * The violations that are looked for, those that occurred last first. While more are written, those that occur again
     * move to the front.
     *
     * @param after where the page begins, from the page before; empty for the first
     * @param rows  how many at most, 1 to {@link Page#MOST_ROWS}
     * @throws IllegalArgumentException if there is no page there
     * @throws IOException if the database cannot be used
     */
    public Page<ViolationRow> page(ViolationFilter filter, Optional<String> after, int rows) throws IOException {
        Optional<Cursor> start = after.map(Cursor::parse);
        int most = Math.max(1, Math.min(rows, Page.MOST_ROWS));
        try (Connection connection = source.open()) {
            List<Found> found = find(connection, filter, start, most + 1);
            List<ViolationRow> page = new ArrayList<>();
            found.stream().limit(most).forEach(row -> page.add(row.row));
            return new Page<>(page,
                found.size() > most ? Optional.of(found.get(most - 1).cursor.toString()) : Optional.empty());
        } catch (SQLException e) {
            throw new IOException("The violations cannot be read", e);
        }
    }

    /**
     * Looks into longer and longer spans, one behind the other, until there are enough: not every database sees that it need
     * not sort all that a room has ever had for its last fifty.
     */
    private static List<Found> find(Connection connection, ViolationFilter filter, Optional<Cursor> start, int most)
            throws SQLException {
        List<Found> found = new ArrayList<>();
        long end = Math.min(filter.until().map(Instant::toEpochMilli).orElse(Long.MAX_VALUE),
            Math.min(start.map(cursor -> cursor.millis + 1).orElse(Long.MAX_VALUE), newest(connection) + 1));
        long first = filter.from().map(Instant::toEpochMilli).orElse(0L);
        long span = SHORTEST_SPAN_MILLIS;
        while (found.size() < most && end > first) {
            long begin = span > LONGEST_SPAN_MILLIS ? first : Math.max(first, end - span);
            Conditions conditions = conditions(filter, start);
            conditions.add("lastSeen>=? AND lastSeen<?", begin, end);
            int left = most - found.size();
            found.addAll(Statements.select(connection, left, Found::of, "SELECT " + COLUMNS + " FROM ofOmemoViolation"
                + conditions.where() + " ORDER BY lastSeen DESC, violationKey DESC" + RowLimit.clause(connection, left),
                conditions.parameters()));
            end = begin;
            span *= SPAN_GROWTH;
        }
        return found;
    }

    private static long newest(Connection connection) throws SQLException {
        return Statements.select(connection, 1, row -> row.getLong(1), "SELECT MAX(lastSeen) FROM ofOmemoViolation").get(0);
    }

    private static Conditions conditions(ViolationFilter filter, Optional<Cursor> start) {
        Conditions conditions = new Conditions();
        filter.room().ifPresent(room -> conditions.add("roomKey=?", StoredText.key(room)));
        filter.sender().ifPresent(sender -> conditions.add("senderKey=?", StoredText.key(sender)));
        filter.finding().ifPresent(finding -> conditions.add("finding=?", finding));
        filter.action().ifPresent(action -> conditions.add("outcome=?", action.code()));
        start.ifPresent(cursor -> conditions.add("(lastSeen<? OR violationKey<?)", cursor.millis(), cursor.key()));
        return conditions;
    }

    private record Found(ViolationRow row, Cursor cursor) {
        static Found of(ResultSet row) throws SQLException {
            long last = row.getLong(7);
            String room = row.getString(1);
            return new Found(new ViolationRow(room.equals("*") ? Optional.empty() : Optional.of(room),
                Optional.ofNullable(row.getString(2)), row.getInt(3),
                Violation.Action.valueOf(row.getString(4).toUpperCase(Locale.ROOT)), row.getLong(5),
                Instant.ofEpochMilli(row.getLong(6)), Instant.ofEpochMilli(last)), new Cursor(last, row.getString(8)));
        }
    }

    /** Where a page ends. */
    private record Cursor(long millis, String key) {
        static Cursor parse(String text) {
            if (!text.matches("[0-9]{1,15}-[0-9a-f]{32}")) {
                throw new IllegalArgumentException("there is no page there");
            }
            int dash = text.indexOf('-');
            return new Cursor(Long.parseLong(text.substring(0, dash)), text.substring(dash + 1));
        }

        @Override
        public String toString() {
            return millis + "-" + key;
        }
    }

    /** Forgets what is older than an hour, an hour at a time. */
    void forget(int beforeHour) throws SQLException {
        for (Optional<Integer> oldest = oldest(); oldest.isPresent() && oldest.get() < beforeHour; oldest = oldest()) {
            int hour = oldest.get();
            Transaction.run(source, connection ->
                change(connection, "DELETE FROM ofOmemoViolation WHERE hourOf=?", hour));
        }
    }

    /** Forgets all that name their sender, an hour at a time. */
    void forgetSenders() throws SQLException {
        List<Integer> hours = Transaction.run(source, connection -> Statements.select(connection, 0, row -> row.getInt(1),
            "SELECT DISTINCT hourOf FROM ofOmemoViolation WHERE senderKey IS NOT NULL"));
        for (int hour : hours) {
            Transaction.run(source, connection -> change(connection,
                "DELETE FROM ofOmemoViolation WHERE hourOf=? AND senderKey IS NOT NULL", hour));
        }
    }

    private Optional<Integer> oldest() throws SQLException {
        return Transaction.run(source, connection -> Statements.select(connection, 1, row -> {
            int hour = row.getInt(1);
            return row.wasNull() ? Optional.<Integer>empty() : Optional.of(hour);
        }, "SELECT MIN(hourOf) FROM ofOmemoViolation")).get(0);
    }
}

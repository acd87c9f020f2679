package org.igniterealtime.openfire.plugin.omemo.store;

import org.igniterealtime.openfire.plugin.omemo.stats.DeviceFilter;
import org.igniterealtime.openfire.plugin.omemo.stats.DeviceRow;
import org.igniterealtime.openfire.plugin.omemo.stats.DeviceState;
import org.igniterealtime.openfire.plugin.omemo.stats.DeviceStateLimits;
import org.igniterealtime.openfire.plugin.omemo.stats.Page;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Reads the devices of accounts, as pages show them. */
public final class DeviceQueries {

    private static final String COLUMNS = "account, familyLabel, deviceId, deviceLabel, fingerprint, listed, firstSeen,"
        + " lastSeen, lastPublished, accountKey, unanswered";

    private final ConnectionSource source;
    private final DeviceStateLimits limits;

    public DeviceQueries(ConnectionSource source, DeviceStateLimits limits) {
        this.source = source;
        this.limits = limits;
    }

    /**
     * The devices that are looked for, by their accounts.
     *
     * @param after where the page begins, from the page before; empty for the first
     * @param rows  how many at most, 1 to {@link Page#MOST_ROWS}
     * @throws IllegalArgumentException if there is no page there
     * @throws IOException if the database cannot be used
     */
    public Page<DeviceRow> page(DeviceFilter filter, Instant now, Optional<String> after, int rows) throws IOException {
        Conditions conditions = new Conditions();
        filter.account().ifPresent(account -> conditions.add("accountKey=?", StoredText.key(account)));
        filter.prefix().ifPresent(prefix -> conditions.add("account LIKE ? ESCAPE '!'", literal(prefix) + "%"));
        filter.label().ifPresent(label -> conditions.add("LOWER(deviceLabel) LIKE ? ESCAPE '!'",
            "%" + literal(label.toLowerCase(Locale.ROOT)) + "%"));
        filter.deviceId().ifPresent(id -> conditions.add("deviceId=?", id));
        filter.family().ifPresent(family -> conditions.add("familyLabel=?", family));
        filter.state().ifPresent(state -> require(conditions, state, now));
        after.map(Cursor::parse).ifPresent(cursor -> conditions.add("account>=? AND (account>? OR accountKey>?"
            + " OR accountKey=? AND (familyLabel>? OR familyLabel=? AND deviceId>?))", cursor.account, cursor.account,
            cursor.key, cursor.key, cursor.family, cursor.family, cursor.deviceId));
        int most = Math.max(1, Math.min(rows, Page.MOST_ROWS));
        try (Connection connection = source.open()) {
            List<Found> found = Statements.select(connection, most + 1, row -> found(row, now), "SELECT " + COLUMNS
                + " FROM ofOmemoDevice" + conditions.where() + " ORDER BY account, accountKey, familyLabel, deviceId"
                + RowLimit.clause(connection, most + 1), conditions.parameters());
            List<DeviceRow> page = new ArrayList<>();
            found.stream().limit(most).forEach(row -> page.add(row.row));
            return new Page<>(page,
                found.size() > most ? Optional.of(found.get(most - 1).cursor.toString()) : Optional.empty());
        } catch (SQLException e) {
            throw new IOException("The devices cannot be read", e);
        }
    }

    /**
     * How many devices of each family are in each state; without those that are none.
     *
     * @return by the families' labels
     * @throws IOException if the database cannot be used
     */
    public Map<String, Map<DeviceState, Long>> count(Instant now) throws IOException {
        DeviceState[] states = DeviceState.values();
        List<String> sums = new ArrayList<>();
        List<Object> parameters = new ArrayList<>();
        for (DeviceState state : states) {
            Conditions conditions = new Conditions();
            require(conditions, state, now);
            sums.add("SUM(CASE WHEN " + conditions.all() + " THEN 1 ELSE 0 END)");
            parameters.addAll(List.of(conditions.parameters()));
        }
        Map<String, Map<DeviceState, Long>> counts = new TreeMap<>();
        try (Connection connection = source.open()) {
            Statements.select(connection, 0, row -> counts.put(row.getString(1), count(row, states)), "SELECT familyLabel, "
                + String.join(", ", sums) + " FROM ofOmemoDevice GROUP BY familyLabel", parameters.toArray());
            return counts;
        } catch (SQLException e) {
            throw new IOException("The devices cannot be counted", e);
        }
    }

    private static Map<DeviceState, Long> count(ResultSet row, DeviceState[] states) throws SQLException {
        Map<DeviceState, Long> counts = new EnumMap<>(DeviceState.class);
        for (DeviceState state : states) {
            long count = row.getLong(2 + state.ordinal());
            if (count > 0) {
                counts.put(state, count);
            }
        }
        return counts;
    }

    /** What {@link #state} says, as a condition. */
    private void require(Conditions conditions, DeviceState state, Instant now) {
        if (state == DeviceState.REMOVED) {
            conditions.add("listed=0");
            return;
        }
        conditions.add("listed=1");
        long bundle = since(now, limits.bundle());
        if (state == DeviceState.DEAD) {
            long dead = since(now, limits.dead());
            conditions.add("(fingerprint IS NULL AND firstSeen<? OR (lastSeen IS NOT NULL OR lastPublished IS NOT NULL)"
                + " AND (lastSeen IS NULL OR lastSeen<?) AND (lastPublished IS NULL OR lastPublished<?))", bundle, dead, dead);
            return;
        }
        conditions.add("(fingerprint IS NOT NULL OR firstSeen>=?)", bundle);
        conditions.add(state == DeviceState.STALE ? "unanswered>=?" : "unanswered<?", limits.stale());
        if (state == DeviceState.STALE) {
            long dead = since(now, limits.dead());
            conditions.add("(lastSeen IS NULL AND lastPublished IS NULL OR lastSeen>=? OR lastPublished>=?)", dead, dead);
            return;
        }
        if (state == DeviceState.UNKNOWN) {
            conditions.add("lastSeen IS NULL AND lastPublished IS NULL");
            return;
        }
        long inactive = since(now, limits.inactive());
        if (state == DeviceState.ACTIVE) {
            conditions.add("(lastSeen>=? OR lastPublished>=?)", inactive, inactive);
        } else {
            long dead = since(now, limits.dead());
            conditions.add("(lastSeen>=? OR lastPublished>=?) AND (lastSeen IS NULL OR lastSeen<?)"
                + " AND (lastPublished IS NULL OR lastPublished<?)", dead, dead, inactive, inactive);
        }
    }

    private DeviceState state(boolean listed, boolean bundle, Instant first, Optional<Instant> sign, int unanswered,
                              Instant now) {
        if (!listed) {
            return DeviceState.REMOVED;
        }
        if (!bundle && isOver(first, limits.bundle(), now)) {
            return DeviceState.DEAD;
        }
        if (sign.filter(last -> isOver(last, limits.dead(), now)).isPresent()) {
            return DeviceState.DEAD;
        }
        if (unanswered >= limits.stale()) {
            return DeviceState.STALE;
        }
        return sign.map(last -> isOver(last, limits.inactive(), now) ? DeviceState.INACTIVE : DeviceState.ACTIVE)
            .orElse(DeviceState.UNKNOWN);
    }

    private static boolean isOver(Instant time, Duration limit, Instant now) {
        return time.toEpochMilli() < since(now, limit);
    }

    private static long since(Instant now, Duration limit) {
        return now.minus(limit).toEpochMilli();
    }

    private static String literal(String text) {
        return text.replaceAll("[!%_]", "!$0");
    }

    private record Found(DeviceRow row, Cursor cursor) {
    }

    private Found found(ResultSet row, Instant now) throws SQLException {
        String account = row.getString(1);
        String family = row.getString(2);
        int id = row.getInt(3);
        Optional<String> fingerprint = Optional.ofNullable(row.getString(5));
        boolean listed = row.getInt(6) == 1;
        Instant first = Instant.ofEpochMilli(row.getLong(7));
        Optional<Instant> seen = time(row, 8);
        Optional<Instant> published = time(row, 9);
        int unanswered = row.getInt(11);
        Optional<Instant> sign = seen.filter(time -> published.filter(time::isBefore).isEmpty()).or(() -> published);
        return new Found(new DeviceRow(account, family, id, Optional.ofNullable(row.getString(4)), fingerprint, listed,
            first, seen, published, unanswered, state(listed, fingerprint.isPresent(), first, sign, unanswered, now)),
            new Cursor(account, row.getString(10), family, id));
    }

    private static Optional<Instant> time(ResultSet row, int column) throws SQLException {
        long millis = row.getLong(column);
        return row.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(millis));
    }

    /** Where a page ends. */
    private record Cursor(String account, String key, String family, int deviceId) {

        private static final int LONGEST = 2_000;

        static Cursor parse(String text) {
            try {
                String[] parts = new String(Base64.getUrlDecoder().decode(text.length() > LONGEST ? "!" : text),
                    StandardCharsets.UTF_8).split("\n", -1);
                if (parts.length == 4) {
                    return new Cursor(parts[0], parts[1], parts[2], Integer.parseInt(parts[3]));
                }
            } catch (IllegalArgumentException e) {
                // The same as of any other text.
            }
            throw new IllegalArgumentException("there is no page there");
        }

        @Override
        public String toString() {
            return Base64.getUrlEncoder().withoutPadding().encodeToString(
                String.join("\n", account, key, family, Integer.toString(deviceId)).getBytes(StandardCharsets.UTF_8));
        }
    }
}

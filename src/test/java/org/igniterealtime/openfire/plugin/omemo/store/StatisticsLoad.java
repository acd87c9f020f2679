package org.igniterealtime.openfire.plugin.omemo.store;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.igniterealtime.openfire.plugin.omemo.database.TestDatabase;
import org.igniterealtime.openfire.plugin.omemo.database.TestDatabases;
import org.igniterealtime.openfire.plugin.omemo.protocol.Family;
import org.igniterealtime.openfire.plugin.omemo.stats.DeviceFilter;
import org.igniterealtime.openfire.plugin.omemo.stats.DeviceState;
import org.igniterealtime.openfire.plugin.omemo.stats.DeviceStateLimits;
import org.igniterealtime.openfire.plugin.omemo.stats.MessageCounts;
import org.igniterealtime.openfire.plugin.omemo.stats.Page;
import org.igniterealtime.openfire.plugin.omemo.stats.Violation;
import org.igniterealtime.openfire.plugin.omemo.stats.Violation.Action;
import org.igniterealtime.openfire.plugin.omemo.stats.ViolationFilter;
import org.igniterealtime.openfire.plugin.omemo.stats.ViolationRow;
import org.igniterealtime.openfire.plugin.omemo.stats.Violations;

/**
 * How long the queries of pages take on a million violations, 30,000 devices of 10,000 accounts and two years of counts, in
 * milliseconds: {@code mvn -Pbench-statistics -Dbench.database=POSTGRESQL}; and how large all that is on PostgreSQL. The
 * database is local, and its connections cost little: what a remote one adds is its round trip.
 */
public final class StatisticsLoad {

    private static final int ROUNDS = 15;
    private static final int MESSAGES = 1_000_000;
    private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");

    private final TestDatabase database;

    private StatisticsLoad(TestDatabase database) {
        this.database = database;
    }

    public static void main(String[] arguments) throws Exception {
        TestDatabases type = TestDatabases.valueOf(arguments[0]);
        int violations = Integer.parseInt(arguments[1]);
        try (TestDatabase database = type.create()) {
            StatisticsLoad load = new StatisticsLoad(database);
            long start = System.nanoTime();
            load.generate(violations);
            System.out.printf("%s: %,d violations generated in %,d s%n", type, violations, (System.nanoTime() - start) / 1_000_000_000);
            if (type == TestDatabases.POSTGRESQL) {
                load.tellSizes();
            }
            load.measure();
            load.write();
        }
        System.exit(0);
    }

    private void generate(int violations) throws Exception {
        GeneratedRecords records = new GeneratedRecords(database, "example.org", NOW);
        Map<Family, String> fingerprints = new EnumMap<>(Family.class);
        for (Family family : Family.values()) {
            fingerprints.put(family, "1".repeat(64));
        }
        records.writeDevices(fingerprints);
        records.writeViolations(violations);
        records.writeCounts();
    }

    private void tellSizes() throws Exception {
        database.execute("VACUUM ANALYZE");
        String all = "SELECT SUM(pg_total_relation_size(oid)) FROM pg_class WHERE relname LIKE 'ofomemo%' AND relkind='r'";
        String ofViolations = "SELECT pg_total_relation_size('ofomemoviolation')";
        long bytes = number(all);
        System.out.printf("all tables: %,d bytes; a row of a violation: %,d bytes with its indexes%n", bytes,
            number(ofViolations) / number("SELECT COUNT(*) FROM ofOmemoViolation"));
        String rows = "SELECT (SELECT COUNT(*) FROM ofOmemoHour)+(SELECT COUNT(*) FROM ofOmemoDay)";
        long rowsOfCounts = number(rows);
        long violations = number(ofViolations);
        new GeneratedRecords(database, "example.org", NOW).writeMessages(MESSAGES);
        System.out.printf("a million messages in a day, one of a hundred in the clear: %,d rows of counts; %,d bytes, %,d of them"
            + " violations%n", number(rows) - rowsOfCounts, number(all) - bytes, number(ofViolations) - violations);
    }

    private long number(String sql) throws Exception {
        return Long.parseLong(database.select(sql).get(0));
    }

    private static ViolationFilter filter(String room, String sender, int finding, Action action, int days) {
        return new ViolationFilter(days == 0 ? Optional.empty() : Optional.of(NOW.minus(Duration.ofDays(days))),
            days == 0 ? Optional.empty() : Optional.of(NOW.minus(Duration.ofDays(days - 1L))),
            Optional.ofNullable(room), Optional.ofNullable(sender), finding == 0 ? OptionalInt.empty() : OptionalInt.of(finding),
            Optional.ofNullable(action));
    }

    private void measure() throws Exception {
        CountTable counts = new CountTable(database);
        ViolationTable violations = new ViolationTable(database);
        DeviceQueries devices = new DeviceQueries(database, DeviceStateLimits.DEFAULT);
        IdentityTable identities = new IdentityTable(database);
        LocalDate today = LocalDate.ofInstant(NOW, ZoneOffset.UTC);
        System.out.printf("%-45s %8s %8s %8s%n", "query", "median", "p90", "worst");
        time("overview: 14 days of hours", () -> counts.hours(NOW.minus(Duration.ofDays(14)), NOW));
        time("overview: a year of days", () -> counts.days(today.minusYears(1), today));
        time("overview: a year of months", () -> counts.months(YearMonth.of(2025, 11), YearMonth.of(2026, 11)));
        time("overview: devices by family and state", () -> devices.count(NOW));
        String busy = "room0@conference.example.org";
        Object[][] filters = {{"none", ViolationFilter.ALL}, {"a busy room", filter(busy, null, 0, null, 0)},
            {"a quiet room", filter("room4999@conference.example.org", null, 0, null, 0)},
            {"no such room", filter("nowhere@conference.example.org", null, 0, null, 0)},
            {"a busy sender", filter(null, "user0@example.org", 0, null, 0)},
            {"a room and a sender", filter(busy, "user9999@example.org", 0, null, 0)},
            {"a rare finding", filter(null, null, 120, null, 0)}, {"no such finding", filter(null, null, 999, null, 0)},
            {"an action", filter(null, null, 0, Action.REMOVED, 0)},
            {"a day 80 days ago", filter(null, null, 0, null, 80)},
            {"a day, a rare finding, an action", filter(null, null, 120, Action.REMOVED, 40)},
            {"busy room, rare finding, action, day", filter(busy, null, 120, Action.REMOVED, 40)}};
        for (Object[] filter : filters) {
            time("violations: " + filter[0], () -> violations.page((ViolationFilter) filter[1], Optional.empty(), 50));
        }
        time("violations: page of 1,000", () -> violations.page(ViolationFilter.ALL, Optional.empty(), Page.MOST_ROWS));
        Optional<String> deep = Optional.empty();
        for (int page = 0; page < 200; page++) {
            deep = violations.page(ViolationFilter.ALL, deep, Page.MOST_ROWS).next();
            if (deep.isEmpty()) {
                break;
            }
        }
        Optional<String> start = deep;
        time("violations: 200,000 rows on", () -> violations.page(ViolationFilter.ALL, start, 50));
        RoomTable rooms = new RoomTable(database);
        List<String> all = IntStream.range(0, GeneratedRecords.ROOMS).mapToObj(i -> "room" + i + "@conference.example.org").toList();
        time("rooms: last violations of a page", () -> rooms.lastViolations(all.subList(0, 50)));
        time("rooms: last violations of all", () -> rooms.lastViolations(all));
        time("devices: first page", () -> devices.page(DeviceFilter.ALL, NOW, Optional.empty(), 50));
        Optional<String> middle = Optional.empty();
        for (int page = 0; page < 15; page++) {
            middle = devices.page(DeviceFilter.ALL, NOW, middle, Page.MOST_ROWS).next();
        }
        Optional<String> from = middle;
        time("devices: 15,000 rows on", () -> devices.page(DeviceFilter.ALL, NOW, from, 50));
        time("devices: prefix", () -> devices.page(new DeviceFilter(Optional.empty(), Optional.of("user77"), Optional.empty(),
            OptionalInt.empty(), Optional.empty(), Optional.empty()), NOW, Optional.empty(), 50));
        time("devices: label", () -> devices.page(new DeviceFilter(Optional.empty(), Optional.empty(), Optional.of("PHONE 10277"),
            OptionalInt.empty(), Optional.empty(), Optional.empty()), NOW, Optional.empty(), 50));
        time("devices: id", () -> devices.page(new DeviceFilter(Optional.empty(), Optional.empty(), Optional.empty(),
            OptionalInt.of(1_012_345), Optional.empty(), Optional.empty()), NOW, Optional.empty(), 50));
        for (DeviceState state : DeviceState.values()) {
            time("devices: " + state, () -> devices.page(new DeviceFilter(Optional.empty(), Optional.empty(), Optional.empty(),
                OptionalInt.empty(), Optional.empty(), Optional.of(state)), NOW, Optional.empty(), 50));
        }
        time("user: devices", () -> devices.page(new DeviceFilter(Optional.of("user77@example.org"), Optional.empty(),
            Optional.empty(), OptionalInt.empty(), Optional.empty(), Optional.empty()), NOW, Optional.empty(), 50));
        time("user: continuity", () -> identities.of("user77@example.org"));
        time("overview: alarms", () -> identities.alarms(Page.MOST_ROWS));
    }

    private static void time(String name, Callable<?> query) throws Exception {
        long[] nanos = new long[ROUNDS];
        for (int round = 0; round < ROUNDS; round++) {
            long start = System.nanoTime();
            query.call();
            nanos[round] = System.nanoTime() - start;
        }
        // The first one is the one that an admin waits for.
        Arrays.sort(nanos);
        System.out.printf("%-45s %8.1f %8.1f %8.1f%n", name, nanos[ROUNDS / 2] / 1e6, nanos[ROUNDS * 9 / 10] / 1e6,
            nanos[ROUNDS - 1] / 1e6);
    }

    /** What one flush takes when every line is in use. */
    private void write() throws Exception {
        MessageCounts counts = new MessageCounts();
        Violations violations = new Violations();
        StatisticsWriter writer = new StatisticsWriter(database, counts, violations);
        for (String what : List.of("new rows", "known rows")) {
            for (int i = 0; i < Violations.MOST; i++) {
                violations.note("room" + i % 100, "user" + i, 101, Violation.Action.REFUSED, NOW.toEpochMilli());
            }
            long start = System.nanoTime();
            writer.write(NOW.toEpochMilli(), true);
            System.out.printf("a flush of %,d violations, %s: %,d ms%n", Violations.MOST, what,
                (System.nanoTime() - start) / 1_000_000);
        }
        long start = System.nanoTime();
        new Retention(database).forget(NOW.plus(Duration.ofDays(1)).toEpochMilli(), 365, 90);
        System.out.printf("a day's upkeep: %,d ms%n", (System.nanoTime() - start) / 1_000_000);
        ViolationRow first = new ViolationTable(database).page(ViolationFilter.ALL, Optional.empty(), 1).rows().get(0);
        System.out.println("still there: " + first.room().isPresent());
    }
}

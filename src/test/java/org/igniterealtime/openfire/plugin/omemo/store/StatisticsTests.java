package org.igniterealtime.openfire.plugin.omemo.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import org.igniterealtime.openfire.plugin.omemo.database.TestDatabase;
import org.igniterealtime.openfire.plugin.omemo.database.TestDatabases;
import org.igniterealtime.openfire.plugin.omemo.protocol.Family;
import org.igniterealtime.openfire.plugin.omemo.stats.IdentityAlarm;
import org.igniterealtime.openfire.plugin.omemo.stats.Acknowledgement;
import org.igniterealtime.openfire.plugin.omemo.stats.Content;
import org.igniterealtime.openfire.plugin.omemo.stats.CountPoint;
import org.igniterealtime.openfire.plugin.omemo.stats.DeviceFacts;
import org.igniterealtime.openfire.plugin.omemo.stats.DeviceFacts.Listed;
import org.igniterealtime.openfire.plugin.omemo.stats.DeviceFacts.Published;
import org.igniterealtime.openfire.plugin.omemo.stats.DeviceFilter;
import org.igniterealtime.openfire.plugin.omemo.stats.DeviceRow;
import org.igniterealtime.openfire.plugin.omemo.stats.DeviceState;
import org.igniterealtime.openfire.plugin.omemo.stats.DeviceStateLimits;
import org.igniterealtime.openfire.plugin.omemo.stats.IdentityChange;
import org.igniterealtime.openfire.plugin.omemo.stats.IdentityRow;
import org.igniterealtime.openfire.plugin.omemo.stats.MessageCounts;
import org.igniterealtime.openfire.plugin.omemo.stats.Outcome;
import org.igniterealtime.openfire.plugin.omemo.stats.Page;
import org.igniterealtime.openfire.plugin.omemo.stats.SelfTestRecord;
import org.igniterealtime.openfire.plugin.omemo.stats.Sightings.Sighting;
import org.igniterealtime.openfire.plugin.omemo.stats.Unanswered;
import org.igniterealtime.openfire.plugin.omemo.stats.Violation;
import org.igniterealtime.openfire.plugin.omemo.stats.Violation.Action;
import org.igniterealtime.openfire.plugin.omemo.stats.ViolationCount;
import org.igniterealtime.openfire.plugin.omemo.stats.ViolationFilter;
import org.igniterealtime.openfire.plugin.omemo.stats.ViolationRow;
import org.igniterealtime.openfire.plugin.omemo.stats.Violations;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What every database has to do with the tables of statistics. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class StatisticsTests {

    private static final List<String> TABLES = List.of("Hour", "Day", "Violation", "Room", "Device", "Identity", "SelfTest");
    private static final Instant NOW = Instant.parse("2026-11-24T12:34:56Z");
    private static final long MILLIS = NOW.toEpochMilli();
    private static final int HOUR = Violations.hour(MILLIS);
    private static final String ROOM = "board@conference.example.org";
    private static final String ALICE = "alice@example.org";
    private static final String FP1 = "1".repeat(64);
    private static final String FP2 = "2".repeat(64);
    private static final String HOSTILE = "\u05d0\u202e<script>'\"; DROP TABLE ofVersion; --%_![\\\u0000\ud83d\ude00\ud83d";

    private final TestDatabases type;
    private TestDatabase database;

    StatisticsTests(TestDatabases type) {
        this.type = type;
    }

    /** Before each, so that each tells why it is skipped. */
    @BeforeEach
    void useAnEmptyDatabase() throws SQLException, IOException {
        database = database == null ? type.create() : database;
        for (String table : TABLES) {
            database.execute("DELETE FROM ofOmemo" + table);
        }
    }

    @AfterAll
    void close() throws SQLException {
        if (database != null) {
            database.close();
        }
    }

    @Test
    void theUpgradeMakesTheSameTables() throws Exception {
        try (TestDatabase upgraded = type.create()) {
            String columns = "SELECT CONCAT(CONCAT(LOWER(table_name), '.'), CONCAT(CONCAT(LOWER(column_name), ' '),"
                + " CONCAT(data_type, is_nullable))) FROM information_schema.columns WHERE LOWER(table_name) LIKE 'ofomemo%'"
                + (type == TestDatabases.MARIADB ? " AND table_schema=DATABASE()" : "") + " ORDER BY 1";
            List<String> fresh = upgraded.select(columns);
            for (String table : TABLES) {
                upgraded.execute("DROP TABLE ofOmemo" + table);
            }
            upgraded.execute("UPDATE ofVersion SET version=0");
            upgraded.runScript("upgrade/1");
            assertThat(upgraded.select(columns)).hasSize(56).isEqualTo(fresh);
            assertThat(upgraded.select("SELECT version FROM ofVersion WHERE name='omemo'")).containsExactly("1");
        }
    }

    @Test
    void countsAddUpInTheirHourDayAndMonth() throws Exception {
        CountTable table = new CountTable(database);
        String encrypted = MessageCounts.name(Outcome.PASSED, Content.ENCRYPTED);
        table.add(HOUR, Map.of(encrypted, 5L, MessageCounts.name(Family.OMEMO_1), 3L));
        table.add(HOUR, Map.of(encrypted, 2L));
        table.add(HOUR - 1, Map.of(encrypted, 1L, MessageCounts.name(Outcome.REFUSED, Content.PLAINTEXT), 4L));
        table.add(HOUR - 24 * 24, Map.of(encrypted, 100L));
        List<CountPoint> hours = table.hours(NOW.minus(Duration.ofHours(3)), NOW);
        assertThat(hours).extracting(CountPoint::encrypted).containsExactly(1L, 7L);
        assertThat(hours).extracting(CountPoint::refused).containsExactly(4L, 0L);
        assertThat(hours.get(1).of(Family.OMEMO_1)).isEqualTo(3);
        assertThat(hours.get(1).from()).isEqualTo("2026-11-24T12:00:00Z");
        assertThat(table.days(LocalDate.parse("2026-11-01"), LocalDate.parse("2026-11-30")))
            .extracting(CountPoint::encrypted).containsExactly(8L);
        assertThat(table.days(LocalDate.parse("2026-10-01"), LocalDate.parse("2026-11-30")))
            .extracting(CountPoint::encrypted).containsExactly(100L, 8L);
        assertThat(table.months(YearMonth.of(2026, 1), YearMonth.of(2026, 12)))
            .extracting(CountPoint::from, CountPoint::encrypted).containsExactly(
                tuple(Instant.parse("2026-10-01T00:00:00Z"), 100L),
                tuple(Instant.parse("2026-11-01T00:00:00Z"), 8L));
    }

    /** Each of four nodes writes the same new rows, again and again. */
    @Test
    void nodesOfAClusterAddToTheSameRows() throws Exception {
        int nodes = 4;
        int rounds = 20;
        ExecutorService threads = Executors.newFixedThreadPool(nodes);
        try {
            List<Future<?>> writers = new ArrayList<>();
            for (int node = 0; node < nodes; node++) {
                writers.add(threads.submit(() -> {
                    for (int round = 0; round < rounds; round++) {
                        int hour = HOUR + round;
                        retrying(() -> new CountTable(database).add(hour, Map.of("a", 1L, "b", 2L, "c", 3L)));
                        retrying(() -> new ViolationTable(database).add(List.of(count(hour, "one", 1), count(hour, "two", 2))));
                    }
                    return null;
                }));
            }
            for (Future<?> writer : writers) {
                writer.get();
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(database.select("SELECT amount FROM ofOmemoHour WHERE countName='c'")).hasSize(rounds).containsOnly("12");
        assertThat(database.select("SELECT amount FROM ofOmemoViolation WHERE sender='two'")).hasSize(rounds).containsOnly("8");
    }

    private interface Write {
        void run() throws SQLException;
    }

    /** As every next flush does; what failed has left nothing. */
    private static void retrying(Write write) throws SQLException {
        for (int attempt = 0; ; attempt++) {
            try {
                write.run();
                return;
            } catch (SQLException e) {
                if (attempt == 20) {
                    throw e;
                }
            }
        }
    }

    private static ViolationCount count(int hour, String sender, long amount) {
        long millis = hour * 3_600_000L;
        return new ViolationCount(new Violation(hour, ROOM, sender, 101, Action.REFUSED), amount, millis, millis);
    }

    @Test
    void violationsOfAnHourAreOneRow() throws Exception {
        ViolationTable table = new ViolationTable(database);
        Violation violation = new Violation(HOUR, ROOM, ALICE, 101, Action.WARNED);
        table.add(List.of(new ViolationCount(violation, 2, MILLIS + 10, MILLIS + 20)));
        table.add(List.of(new ViolationCount(violation, 3, MILLIS + 5, MILLIS + 15)));
        table.add(List.of(new ViolationCount(violation, 4, MILLIS + 25, MILLIS + 30)));
        assertThat(table.page(ViolationFilter.ALL, Optional.empty(), 10).rows()).containsExactly(new ViolationRow(
            Optional.of(ROOM), Optional.of(ALICE), 101, Action.WARNED, 9, NOW.plusMillis(5), NOW.plusMillis(30)));
        assertThat(new RoomTable(database).lastViolations(List.of(ROOM, "other@conference.example.org")))
            .containsExactly(Map.entry(ROOM, NOW.plusMillis(30)));
    }

    @Test
    void violationsAreFilteredAndPaged() throws Exception {
        ViolationTable table = new ViolationTable(database);
        List<ViolationCount> counts = new ArrayList<>();
        for (int i = 0; i < 250; i++) {
            long millis = MILLIS - i / 3 * 1_000L;
            counts.add(new ViolationCount(new Violation(Violations.hour(millis), "room" + i % 5, "user" + i % 7, 101 + i % 3,
                Action.values()[i % 4]), 1, millis, millis));
        }
        table.add(counts);
        List<ViolationRow> paged = new ArrayList<>();
        Optional<String> next = Optional.empty();
        do {
            Page<ViolationRow> page = table.page(ViolationFilter.ALL, next, 7);
            assertThat(page.rows()).hasSizeBetween(1, 7);
            paged.addAll(page.rows());
            next = page.next();
        } while (next.isPresent());
        assertThat(paged).doesNotHaveDuplicates().isSortedAccordingTo((a, b) -> b.last().compareTo(a.last()));
        assertThat(paged).isEqualTo(table.page(ViolationFilter.ALL, Optional.empty(), 100_000).rows());
        assertThat(paged.stream().mapToLong(ViolationRow::amount).sum()).isEqualTo(250);
        assertThat(of(table, new ViolationFilter(Optional.empty(), Optional.empty(), Optional.of("room3"), Optional.empty(),
            OptionalInt.empty(), Optional.empty()))).isNotEmpty()
            .containsExactlyElementsOf(paged.stream().filter(row -> row.room().equals(Optional.of("room3"))).toList());
        assertThat(of(table, new ViolationFilter(Optional.empty(), Optional.empty(), Optional.empty(), Optional.of("user2"),
            OptionalInt.of(102), Optional.of(Action.WARNED)))).isNotEmpty().containsExactlyElementsOf(paged.stream().filter(
                row -> row.sender().equals(Optional.of("user2")) && row.finding() == 102 && row.action() == Action.WARNED).toList());
        Instant from = NOW.minusSeconds(30);
        Instant until = NOW.minusSeconds(10);
        assertThat(of(table, new ViolationFilter(Optional.of(from), Optional.of(until), Optional.empty(), Optional.empty(),
            OptionalInt.empty(), Optional.empty()))).isNotEmpty().containsExactlyElementsOf(paged.stream()
                .filter(row -> !row.last().isBefore(from) && row.last().isBefore(until)).toList());
        for (String cursor : List.of("", "1", "-", "1-' OR 1=1 --", "99999999999999999999-" + "0".repeat(32))) {
            assertThatIllegalArgumentException().isThrownBy(() -> table.page(ViolationFilter.ALL, Optional.of(cursor), 1));
        }
    }

    private static List<ViolationRow> of(ViolationTable table, ViolationFilter filter) throws IOException {
        return table.page(filter, Optional.empty(), Page.MOST_ROWS).rows();
    }

    @Test
    void hostileAndLongAddressesAreKeptApartAndShownShortened() throws Exception {
        ViolationTable table = new ViolationTable(database);
        List<String> senders = List.of(HOSTILE, "\u00e4".repeat(2_000) + "1", "\u00e4".repeat(2_000) + "2", "A@x", "a@x", "a@x ");
        for (String sender : senders) {
            table.add(List.of(new ViolationCount(new Violation(HOUR, HOSTILE, sender, 101, Action.REFUSED), 1, MILLIS, MILLIS)));
        }
        for (String sender : senders) {
            assertThat(of(table, new ViolationFilter(Optional.empty(), Optional.empty(), Optional.of(HOSTILE),
                Optional.of(sender), OptionalInt.empty(), Optional.empty()))).hasSize(1)
                .allSatisfy(row -> assertThat(row.sender().orElseThrow()).isEqualTo(StoredText.shown(sender)));
        }
        assertThat(StoredText.shown(senders.get(1))).endsWith("\u2026").hasSizeBetween(120, 128);
        assertThat(database.select("SELECT name FROM ofVersion")).containsExactly("omemo");
    }

    @Test
    void violationsWithoutNamesAreRead() throws Exception {
        ViolationTable table = new ViolationTable(database);
        table.add(List.of(new ViolationCount(new Violation(HOUR, "", "", 101, Action.REFUSED), 7, MILLIS, MILLIS),
            new ViolationCount(new Violation(HOUR, ROOM, "", 101, Action.REFUSED), 8, MILLIS, MILLIS)));
        assertThat(of(table, ViolationFilter.ALL)).extracting(ViolationRow::room)
            .containsExactlyInAnyOrder(Optional.empty(), Optional.of(ROOM));
        assertThat(of(table, ViolationFilter.ALL)).extracting(ViolationRow::sender).containsOnly(Optional.empty());
    }

    @Test
    void whatIsOldIsForgottenAndNothingElse() throws Exception {
        CountTable counts = new CountTable(database);
        ViolationTable violations = new ViolationTable(database);
        for (int days : List.of(0, 13, 15, 89, 91, 364, 366)) {
            counts.add(HOUR - days * 24, Map.of("n", 1L));
            violations.add(List.of(count(HOUR - days * 24, "days" + days, 1)));
        }
        new Retention(database).forget(MILLIS, 365, 90);
        assertThat(database.select("SELECT amount FROM ofOmemoHour")).hasSize(2);
        assertThat(database.select("SELECT amount FROM ofOmemoDay")).hasSize(6);
        assertThat(database.select("SELECT sender FROM ofOmemoViolation"))
            .containsExactlyInAnyOrder("days0", "days13", "days15", "days89");
    }

    private static DeviceFacts facts(long millis, List<Listed> listed, Published... published) {
        return new DeviceFacts(ALICE, Set.of("legacy", "0.4"), listed, List.of(published), millis);
    }

    private static Listed listed(int id, String label) {
        return new Listed("0.4", id, Optional.ofNullable(label));
    }

    private static Published published(int id, String fingerprint, long millis) {
        return new Published("0.4", id, fingerprint, true, millis);
    }

    @Test
    void devicesFollowTheirList() throws Exception {
        DeviceTable table = new DeviceTable(database);
        table.write(facts(MILLIS, List.of(listed(1, HOSTILE), listed(2, null)), new Published("0.4", 1, FP1, false, MILLIS)));
        table.write(facts(MILLIS + 1, List.of(listed(2, "Phone"), listed(3, ""))));
        assertThat(devices(DeviceFilter.ALL)).extracting(DeviceRow::deviceId, DeviceRow::label, DeviceRow::listed)
            .containsExactly(tuple(1, Optional.of(StoredText.shown(HOSTILE)), false),
                tuple(2, Optional.of("Phone"), true),
                tuple(3, Optional.empty(), true));
        assertThat(devices(DeviceFilter.ALL)).first().satisfies(device -> {
            assertThat(device.fingerprint()).contains(FP1);
            assertThat(device.lastPublished()).isEmpty();
            assertThat(device.firstSeen()).isEqualTo(NOW);
        });
        // A list that is not known says nothing.
        table.write(new DeviceFacts(ALICE, Set.of("legacy"), List.of(), List.of(), MILLIS + 2));
        assertThat(devices(DeviceFilter.ALL)).extracting(DeviceRow::listed).containsExactly(false, true, true);
    }

    private List<DeviceRow> devices(DeviceFilter filter) throws IOException {
        return new DeviceQueries(database, DeviceStateLimits.DEFAULT).page(filter, NOW, Optional.empty(), 1_000).rows();
    }

    @Test
    void onlyListedDevicesAreSeenAndNeverEarlier() throws Exception {
        DeviceTable table = new DeviceTable(database);
        table.write(facts(MILLIS, List.of(listed(1, null), listed(2, null))));
        table.write(facts(MILLIS, List.of(listed(1, null))));
        table.seen(List.of(new Sighting(ALICE, "0.4", 1, MILLIS + 9), new Sighting(ALICE, "0.4", 2, MILLIS + 9),
            new Sighting(ALICE, "0.4", 77, MILLIS), new Sighting("mallory@elsewhere.example", "0.4", 1, MILLIS)));
        table.seen(List.of(new Sighting(ALICE, "0.4", 1, MILLIS + 5)));
        assertThat(devices(DeviceFilter.ALL)).extracting(DeviceRow::lastSeen)
            .containsExactly(Optional.of(NOW.plusMillis(9)), Optional.empty());
        assertThat(table.lastSeen(ALICE)).containsExactly(Map.entry(1, NOW.plusMillis(9)));
        assertThat(table.lastSeen("bob@example.org")).isEmpty();
    }

    @Test
    void messagesAreCountedUntilThereIsASign() throws Exception {
        DeviceTable table = new DeviceTable(database);
        List<Listed> list = List.of(listed(1, null), listed(2, null), listed(3, null));
        table.write(facts(MILLIS, list));
        table.write(facts(MILLIS, List.of(listed(1, null), listed(2, null))));
        table.unanswered(List.of(sent(1, 50), sent(2, 52), sent(3, 60), sent(77, 60)));
        table.unanswered(List.of(sent(1, 3)));
        assertThat(devices(DeviceFilter.ALL)).extracting(DeviceRow::unanswered).containsExactly(53, 52, 0);
        assertThat(devices(DeviceFilter.ALL)).extracting(DeviceRow::state)
            .containsExactly(DeviceState.STALE, DeviceState.UNKNOWN, DeviceState.REMOVED);

        table.seen(List.of(new Sighting(ALICE, "0.4", 1, MILLIS)));
        table.write(facts(MILLIS, List.of(listed(1, null), listed(2, null)), new Published("0.4", 1, FP1, false, MILLIS)));
        assertThat(devices(DeviceFilter.ALL)).first().extracting(DeviceRow::unanswered, DeviceRow::state)
            .containsExactly(0, DeviceState.ACTIVE);
        table.unanswered(List.of(sent(1, 60)));
        assertThat(devices(DeviceFilter.ALL)).first().extracting(DeviceRow::unanswered, DeviceRow::state)
            .containsExactly(60, DeviceState.STALE);

        table.write(facts(MILLIS, List.of(listed(1, null), listed(2, null)), published(1, FP1, MILLIS)));
        assertThat(devices(DeviceFilter.ALL)).first().extracting(DeviceRow::unanswered, DeviceRow::state)
            .containsExactly(0, DeviceState.ACTIVE);
    }

    @Test
    void countingEndsSomewhere() throws Exception {
        DeviceTable table = new DeviceTable(database);
        table.write(facts(MILLIS, List.of(listed(1, null))));
        for (int i = 0; i < 3; i++) {
            table.unanswered(List.of(sent(1, Integer.MAX_VALUE)));
        }
        assertThat(devices(DeviceFilter.ALL)).first().extracting(DeviceRow::unanswered).isEqualTo(1_000_000);
    }

    private static Unanswered.Count sent(int device, int amount) {
        return new Unanswered.Count(ALICE, "0.4", device, amount, MILLIS);
    }

    @Test
    void everyIdentityKeyIsRememberedAndAChangeIsTold() throws Exception {
        DeviceTable table = new DeviceTable(database);
        IdentityTable identities = new IdentityTable(database);
        List<Listed> list = List.of(listed(1, null));
        assertThat(table.write(facts(MILLIS, list, published(1, FP1, MILLIS), published(9, FP2, MILLIS))))
            .isEqualTo(new DeviceTable.Written(List.of(), List.of(published(9, FP2, MILLIS))));
        assertThat(table.write(facts(MILLIS, list, published(1, FP1, MILLIS + 10))).changes()).isEmpty();
        assertThat(identities.alarms(10)).isEmpty();
        assertThat(table.write(facts(MILLIS, list, published(1, FP2, MILLIS + 20), published(1, FP1, MILLIS + 30))).changes())
            .containsExactly(new IdentityChange(ALICE, "0.4", 1, FP1, FP2), new IdentityChange(ALICE, "0.4", 1, FP2, FP1));
        assertThat(identities.of(ALICE)).containsExactlyInAnyOrder(
            new IdentityRow(ALICE, "0.4", 1, FP1, NOW, NOW.plusMillis(30), Optional.of(NOW.plusMillis(30)), Optional.of(FP2),
                Optional.of(NOW.plusMillis(30)), Optional.empty()),
            new IdentityRow(ALICE, "0.4", 1, FP2, NOW.plusMillis(20), NOW.plusMillis(20), Optional.of(NOW.plusMillis(20)),
                Optional.of(FP1), Optional.of(NOW.plusMillis(20)), Optional.empty()));
        assertThat(identities.alarms(10)).extracting(IdentityRow::fingerprint).containsExactly(FP1, FP2);
        assertThat(identities.alarms(1)).hasSize(1);
        assertThat(identities.alarms(ALICE, 10)).isEqualTo(identities.alarms(10));
        assertThat(identities.alarms("bob@example.org", 10)).isEmpty();
        assertThat(devices(DeviceFilter.ALL)).first().satisfies(device -> {
            assertThat(device.fingerprint()).contains(FP1);
            assertThat(device.lastPublished()).contains(NOW.plusMillis(30));
        });
        table.forget(ALICE);
        assertThat(identities.of(ALICE)).isEmpty();
        assertThat(devices(DeviceFilter.ALL)).isEmpty();
    }

    @Test
    void anAlarmIsRaisedUntilItIsAcknowledgedAndAnewByALaterChange() throws Exception {
        DeviceTable table = new DeviceTable(database);
        IdentityTable identities = new IdentityTable(database);
        List<Listed> list = List.of(listed(1, null));
        table.write(facts(MILLIS, list, published(1, FP1, MILLIS), published(1, FP2, MILLIS + 1)));
        IdentityAlarm alarm = new IdentityAlarm(ALICE, "0.4", 1, FP2, NOW.plusMillis(1));
        Acknowledgement root = new Acknowledgement("r\u00f6\u00f6t", NOW.plusMillis(5));
        assertThat(identities.acknowledge(List.of(new IdentityAlarm("bob@example.org", "0.4", 1, FP2, alarm.raised()),
            new IdentityAlarm(ALICE, "0.4", 1, FP1, alarm.raised()), new IdentityAlarm(ALICE, "0.4", 1, FP2, NOW)), root))
            .as("there are no such alarms").isEmpty();
        assertThat(identities.alarms(10)).hasSize(1);

        assertThat(identities.acknowledge(List.of(alarm), root)).containsExactly(alarm);
        assertThat(identities.acknowledge(List.of(alarm), new Acknowledgement("late", NOW.plusMillis(9)))).isEmpty();
        assertThat(identities.alarms(10)).isEmpty();
        assertThat(identities.of(ALICE)).filteredOn(row -> row.fingerprint().equals(FP2)).singleElement().satisfies(row -> {
            assertThat(row.changed()).contains(alarm.raised());
            assertThat(row.alarm()).isEmpty();
            assertThat(row.acknowledged()).contains(root);
        });

        table.write(facts(MILLIS, list, published(1, FP1, MILLIS + 10), published(1, FP2, MILLIS + 20)));
        assertThat(identities.alarms(10)).extracting(row -> row.alarm().orElseThrow())
            .containsExactly(NOW.plusMillis(20), NOW.plusMillis(10));
        assertThat(identities.acknowledge(List.of(alarm), root)).as("it was another change").isEmpty();
        assertThat(identities.alarms(10)).filteredOn(row -> row.fingerprint().equals(FP2)).singleElement()
            .satisfies(row -> assertThat(row.acknowledged()).contains(root));
    }

    @Test
    void theLastViolationOfEachRoomIsKnown() throws Exception {
        ViolationTable violations = new ViolationTable(database);
        RoomTable rooms = new RoomTable(database);
        List<ViolationCount> counts = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (int i = 0; i < 150; i++) {
            names.add("room" + i + "@conference.example.org");
            counts.add(new ViolationCount(new Violation(HOUR, names.get(i), i < 75 ? ALICE : "", 101, Action.WARNED), 1, MILLIS,
                MILLIS + i));
        }
        counts.add(new ViolationCount(new Violation(HOUR, "", "", 101, Action.WARNED), 1, MILLIS, MILLIS));
        violations.add(counts);
        violations.add(List.of(new ViolationCount(new Violation(HOUR, names.get(3), "", 102, Action.WARNED), 1, MILLIS, MILLIS + 999)));
        violations.add(List.of(new ViolationCount(new Violation(HOUR, names.get(4), "", 102, Action.WARNED), 1, MILLIS - 9, MILLIS - 9)));

        assertThat(rooms.lastViolations(List.of())).isEmpty();
        assertThat(rooms.lastViolations(names.subList(0, 6))).hasSize(6).containsEntry(names.get(3), NOW.plusMillis(999))
            .containsEntry(names.get(4), NOW.plusMillis(4));
        names.add("nowhere@conference.example.org");
        assertThat(rooms.lastViolations(names)).hasSize(150).containsEntry(names.get(149), NOW.plusMillis(149));
        assertThat(database.select("SELECT roomKey FROM ofOmemoRoom")).hasSize(150);

        new Retention(database).forgetPersons();
        assertThat(rooms.lastViolations(names)).hasSize(77);
        new Retention(database).forget(MILLIS + 100 + Duration.ofDays(7).toMillis(), 30, 7);
        assertThat(rooms.lastViolations(names)).hasSize(51);
    }

    @Test
    void nobodyGrowsTheTablesAtWill() throws Exception {
        DeviceTable table = new DeviceTable(database);
        List<Listed> many = new ArrayList<>();
        for (int i = 1; i <= DeviceTable.MOST_OF_AN_ACCOUNT + 50; i++) {
            many.add(listed(i, null));
        }
        table.write(facts(MILLIS, many));
        assertThat(database.select("SELECT deviceId FROM ofOmemoDevice")).hasSize(DeviceTable.MOST_OF_AN_ACCOUNT);
        List<Published> keys = new ArrayList<>();
        for (int i = 0; i < IdentityTable.MOST_OF_A_DEVICE + 20; i++) {
            keys.add(published(1, String.format("%064x", i), MILLIS + i));
        }
        assertThat(table.write(facts(MILLIS, many, keys.toArray(Published[]::new))).changes())
            .hasSize(IdentityTable.MOST_OF_A_DEVICE + 19);
        List<IdentityRow> rows = new IdentityTable(database).of(ALICE);
        assertThat(rows).hasSize(IdentityTable.MOST_OF_A_DEVICE + 1);
        assertThat(rows).last().satisfies(row -> assertThat(row.fingerprint()).isEqualTo(IdentityRow.MORE));
    }

    /** Every combination of times, in Java and in SQL. */
    @Test
    void aRowsStateIsThatByWhichItIsFound() throws Exception {
        List<Integer> ages = new ArrayList<>(List.of(0, 29, 31, 179, 181));
        ages.add(null);
        int id = 0;
        Map<String, Integer> expected = new HashMap<>();
        for (Integer seen : ages) {
            for (Integer published : ages) {
                for (int first : new int[] {6, 8}) {
                    for (String fingerprint : new String[] {"'" + FP1 + "'", "NULL"}) {
                        for (int listed : new int[] {0, 1}) {
                            for (int unanswered : new int[] {52, 53}) {
                                database.execute("INSERT INTO ofOmemoDevice (accountKey, familyLabel, deviceId, account, fingerprint,"
                                    + " listed, firstSeen, lastSeen, lastPublished, unanswered) VALUES ('k', '0.4', " + ++id
                                    + ", 'a', " + fingerprint + ", " + listed + ", " + ago(first) + ", " + ago(seen) + ", "
                                    + ago(published) + ", " + unanswered + ")");
                            }
                        }
                    }
                }
            }
        }
        List<DeviceRow> all = devices(DeviceFilter.ALL);
        assertThat(all).hasSize(id);
        Set<Integer> found = new HashSet<>();
        for (DeviceState state : DeviceState.values()) {
            List<DeviceRow> rows = devices(new DeviceFilter(Optional.empty(), Optional.empty(), Optional.empty(),
                OptionalInt.empty(), Optional.empty(), Optional.of(state)));
            assertThat(rows).isNotEmpty().extracting(DeviceRow::state).containsOnly(state);
            rows.forEach(row -> assertThat(found.add(row.deviceId())).isTrue());
            expected.put(state.name(), rows.size());
        }
        assertThat(found).hasSize(id);
        assertThat(new DeviceQueries(database, DeviceStateLimits.DEFAULT).count(NOW).get("0.4"))
            .allSatisfy((state, count) -> assertThat(count).isEqualTo(expected.get(state.name()).longValue()));
    }

    private static String ago(Integer days) {
        return days == null ? "NULL" : Long.toString(NOW.minus(Duration.ofDays(days)).toEpochMilli());
    }

    @Test
    void devicesAreSearchedAndPaged() throws Exception {
        DeviceTable table = new DeviceTable(database);
        for (int i = 0; i < 40; i++) {
            table.write(new DeviceFacts("user" + i % 20 + "_" + i + "@example.org", Set.of("0.4"),
                List.of(new Listed("0.4", 1_000 + i, Optional.of("Phone 100% !" + i)), new Listed("0.4", 1, Optional.empty())),
                List.of(), MILLIS));
        }
        DeviceQueries queries = new DeviceQueries(database, DeviceStateLimits.DEFAULT);
        List<DeviceRow> paged = new ArrayList<>();
        Optional<String> next = Optional.empty();
        do {
            Page<DeviceRow> page = queries.page(DeviceFilter.ALL, NOW, next, 7);
            paged.addAll(page.rows());
            next = page.next();
        } while (next.isPresent());
        assertThat(paged).hasSize(80).doesNotHaveDuplicates().isEqualTo(devices(DeviceFilter.ALL));
        assertThat(devices(search(Optional.of("user3_"), Optional.empty(), OptionalInt.empty()))).hasSize(4);
        assertThat(devices(search(Optional.of("user_"), Optional.empty(), OptionalInt.empty()))).isEmpty();
        assertThat(devices(search(Optional.empty(), Optional.of("PHONE 100% !3"), OptionalInt.empty()))).hasSize(11);
        assertThat(devices(search(Optional.empty(), Optional.of("100%_"), OptionalInt.empty()))).isEmpty();
        assertThat(devices(search(Optional.empty(), Optional.empty(), OptionalInt.of(1_007)))).hasSize(1);
        assertThat(devices(new DeviceFilter(Optional.of("user3_3@example.org"), Optional.empty(), Optional.empty(),
            OptionalInt.empty(), Optional.of("0.4"), Optional.empty()))).hasSize(2);
        assertThatIllegalArgumentException().isThrownBy(() -> queries.page(DeviceFilter.ALL, NOW, Optional.of("x"), 1));
    }

    private static DeviceFilter search(Optional<String> prefix, Optional<String> label, OptionalInt id) {
        return new DeviceFilter(Optional.empty(), prefix, label, id, Optional.empty(), Optional.empty());
    }

    @Test
    void personsAreForgottenAndRoomsKept() throws Exception {
        new DeviceTable(database).write(facts(MILLIS, List.of(listed(1, null)), published(1, FP1, MILLIS)));
        new ViolationTable(database).add(List.of(count(HOUR, ALICE, 1), count(HOUR - 1, ALICE, 1), count(HOUR, "", 1)));
        new Retention(database).forgetPersons();
        assertThat(database.select("SELECT account FROM ofOmemoDevice")).isEmpty();
        assertThat(database.select("SELECT account FROM ofOmemoIdentity")).isEmpty();
        assertThat(of(new ViolationTable(database), ViolationFilter.ALL)).extracting(ViolationRow::sender)
            .containsExactly(Optional.empty());
    }

    @Test
    void removedDevicesAreForgottenWithTheirKeysWhenTheyAreOld() throws Exception {
        DeviceTable table = new DeviceTable(database);
        table.write(facts(ms(400), List.of(listed(1, null), listed(2, null)), published(1, FP1, ms(400)), published(2, FP1, ms(10))));
        table.write(facts(ms(300), List.of()));
        new Retention(database).forget(MILLIS, 365, 90);
        assertThat(devices(DeviceFilter.ALL)).extracting(DeviceRow::deviceId).containsExactly(2);
        assertThat(new IdentityTable(database).of(ALICE)).extracting(IdentityRow::deviceId).containsExactly(2);
    }

    private static long ms(int daysAgo) {
        return NOW.minus(Duration.ofDays(daysAgo)).toEpochMilli();
    }

    @Test
    void theLastSelfTestsAreKept() throws Exception {
        SelfTestTable table = new SelfTestTable(database);
        for (int i = 0; i < SelfTestTable.MOST + 5; i++) {
            table.add(new SelfTestRecord(NOW.plusSeconds(i), Duration.ofMillis(1_234), 14, 1, 1, "x".repeat(10_000) + i));
        }
        table.add(new SelfTestRecord(NOW.plusSeconds(204), Duration.ZERO, 16, 0, 0, ""));
        assertThat(table.latest(2)).containsExactly(
            new SelfTestRecord(NOW.plusSeconds(204), Duration.ZERO, 16, 0, 0, "-"),
            new SelfTestRecord(NOW.plusSeconds(203), Duration.ofMillis(1_234), 14, 1, 1, "x".repeat(10_000) + "203"));
        assertThat(database.select("SELECT began FROM ofOmemoSelfTest")).hasSize(SelfTestTable.MOST);
    }

    @Test
    void whatTheDatabaseDoesNotWantKeepsNothingElseFromIt() throws Exception {
        Violations violations = new Violations();
        StatisticsWriter writer = new StatisticsWriter(database, new MessageCounts(), violations);
        violations.note(ROOM, ALICE, 101, Action.REFUSED, MILLIS);
        violations.note(ROOM, "bob@example.org", 101, Action.REFUSED, MILLIS);
        database.execute("ALTER TABLE ofOmemoViolation ADD CONSTRAINT no_alice CHECK (sender <> '" + ALICE + "')");
        try {
            writer.write(MILLIS, true);
            assertThat(of(new ViolationTable(database), ViolationFilter.ALL)).extracting(ViolationRow::sender)
                .containsExactly(Optional.of("bob@example.org"));
            assertThat(writer.lost()).isEqualTo(1);
        } finally {
            database.execute("ALTER TABLE ofOmemoViolation DROP CONSTRAINT no_alice");
        }
    }

    @Test
    void withoutTablesItSaysSo() throws Exception {
        try (TestDatabase broken = type.create()) {
            broken.execute("DROP TABLE ofOmemoViolation");
            assertThatThrownBy(() -> new ViolationTable(broken).page(ViolationFilter.ALL, Optional.empty(), 1))
                .isInstanceOf(IOException.class).hasCauseInstanceOf(SQLException.class);
        }
    }
}

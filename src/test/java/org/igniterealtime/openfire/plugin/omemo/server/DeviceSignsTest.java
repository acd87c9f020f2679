package org.igniterealtime.openfire.plugin.omemo.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.igniterealtime.openfire.plugin.omemo.database.TestDatabase;
import org.igniterealtime.openfire.plugin.omemo.database.TestDatabases;
import org.igniterealtime.openfire.plugin.omemo.protocol.BareJid;
import org.igniterealtime.openfire.plugin.omemo.stats.Activity;
import org.igniterealtime.openfire.plugin.omemo.stats.DeviceFacts;
import org.igniterealtime.openfire.plugin.omemo.store.CountTable;
import org.igniterealtime.openfire.plugin.omemo.store.DeviceTable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DeviceSignsTest {

    private static final BareJid ALICE = BareJid.of("alice@example.org").orElseThrow();
    private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");
    private static final Duration SILENCE = Duration.ofDays(180);

    private TestDatabase database;

    @BeforeEach
    void create() throws SQLException, IOException {
        database = TestDatabases.HSQLDB.create();
        new DeviceTable(database).write(new DeviceFacts(ALICE.toString(), Set.of(),
            List.of(listed(1), listed(2), listed(3)), List.of(), 0));
        seen(1, 10);
        seen(2, 200);
    }

    @AfterEach
    void close() throws SQLException {
        database.close();
    }

    private static DeviceFacts.Listed listed(int id) {
        return new DeviceFacts.Listed("0.4", id, Optional.empty());
    }

    private void seen(int device, int daysAgo) throws SQLException {
        database.execute("UPDATE ofOmemoDevice SET lastSeen=" + ago(daysAgo).toEpochMilli() + " WHERE deviceId=" + device);
    }

    private static Instant ago(int days) {
        return NOW.minus(Duration.ofDays(days));
    }

    private void watched(int fromDaysAgo, int toDaysAgo) throws SQLException {
        long today = NOW.getEpochSecond() / 86_400;
        for (int day = fromDaysAgo; day >= toDaysAgo; day--) {
            database.execute("INSERT INTO ofOmemoDay (dayOf, countName, amount) VALUES (" + (today - day) + ", 'watched', 1)");
        }
    }

    private Map<Integer, Instant> of(Activity activity) {
        return new DeviceSigns(new DeviceTable(database), new CountTable(database)).of(ALICE, SILENCE, activity, NOW);
    }

    @Test
    void withoutAWatchNothingIsKnown() {
        assertThat(of(Activity.OFF)).isEmpty();
    }

    /** It may have been in use with contacts, where nobody watched. */
    @Test
    void whereRoomsAloneAreWatchedALongSilenceIsUnknown() {
        assertThat(of(Activity.ROOMS)).containsOnlyKeys(1).containsEntry(1, ago(10));
    }

    @Test
    void aLongSilenceUnderAWatchIsOne() throws SQLException {
        watched(190, 0);
        assertThat(of(Activity.ROOMS_AND_DIRECT)).containsOnlyKeys(1, 2).containsEntry(1, ago(10))
            .satisfies(signs -> assertThat(signs.get(2)).isBefore(NOW.minus(SILENCE)));
    }

    @Test
    void aGapInTheWatchMayHaveHiddenADevice() throws SQLException {
        watched(190, 101);
        watched(90, 0);
        assertThat(of(Activity.ROOMS_AND_DIRECT).get(2)).isBetween(ago(91), ago(88));
    }

    @Test
    void aNewWatchHasSeenNothingDie() {
        assertThat(of(Activity.ROOMS_AND_DIRECT).get(2)).isAfter(ago(1));
    }

    @Test
    void whenTheDatabaseCannotBeAskedNothingIsKnown() throws SQLException {
        database.execute("DROP TABLE ofOmemoDevice");
        assertThat(of(Activity.ROOMS)).isEmpty();
    }
}

package org.igniterealtime.openfire.plugin.omemo.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Set;
import org.igniterealtime.openfire.plugin.omemo.database.TestDatabase;
import org.igniterealtime.openfire.plugin.omemo.database.TestDatabases;
import org.igniterealtime.openfire.plugin.omemo.protocol.Family;
import org.igniterealtime.openfire.plugin.omemo.stats.Content;
import org.igniterealtime.openfire.plugin.omemo.stats.MessageCounts;
import org.igniterealtime.openfire.plugin.omemo.stats.Outcome;
import org.igniterealtime.openfire.plugin.omemo.stats.Violation.Action;
import org.igniterealtime.openfire.plugin.omemo.stats.Violations;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A database that comes and goes. */
class StatisticsWriterTest implements ConnectionSource {

    private static final long HOUR_MILLIS = 3_600_000;
    private static final long NOW = 500_000 * HOUR_MILLIS;

    private final MessageCounts counts = new MessageCounts();
    private final Violations violations = new Violations();
    private final StatisticsWriter writer = new StatisticsWriter(this, counts, violations);
    private TestDatabase database;
    private boolean dead;
    private int transactionsLeft = Integer.MAX_VALUE;

    @BeforeEach
    void create() throws Exception {
        database = TestDatabases.HSQLDB.create();
    }

    @AfterEach
    void close() throws SQLException {
        database.close();
    }

    @Override
    public Connection open() throws SQLException {
        if (dead || transactionsLeft-- <= 0) {
            throw new SQLException("no database");
        }
        return database.open();
    }

    private void happen(int times, long millis) {
        for (int i = 0; i < times; i++) {
            counts.count(Outcome.REFUSED, Content.PLAINTEXT, Set.of());
            counts.count(Outcome.PASSED, Content.ENCRYPTED, Set.of(Family.OMEMO_1, Family.LEGACY));
            violations.note("room", "sender" + i % 3, 101, Action.REFUSED, millis);
        }
    }

    @Test
    void whatWaitedForTheDatabaseIsWrittenInItsHourWhenItIsBack() throws SQLException {
        dead = true;
        for (int hour = 0; hour < 5; hour++) {
            happen(10, NOW + hour * HOUR_MILLIS);
            long now = NOW + hour * HOUR_MILLIS;
            assertThatThrownBy(() -> writer.write(now, true)).isInstanceOf(SQLException.class);
        }
        dead = false;
        happen(1, NOW + 4 * HOUR_MILLIS);
        writer.write(NOW + 4 * HOUR_MILLIS, true);
        writer.write(NOW + 4 * HOUR_MILLIS, true);
        assertThat(database.select("SELECT amount FROM ofOmemoHour WHERE countName='refused.plaintext' ORDER BY hourOf"))
            .containsExactly("10", "10", "10", "10", "11");
        assertThat(database.select("SELECT SUM(amount) FROM ofOmemoHour WHERE countName='family.legacy'")).containsExactly("51");
        assertThat(database.select("SELECT SUM(amount) FROM ofOmemoDay WHERE countName='refused.plaintext'")).containsExactly("51");
        assertThat(database.select("SELECT SUM(amount) FROM ofOmemoViolation")).containsExactly("51");
        assertThat(database.select("SELECT amount FROM ofOmemoViolation")).hasSize(15);
        assertThat(writer.lost()).isZero();
    }

    /** The database dies anew after each number of transactions. */
    @Test
    void aDatabaseThatDiesInBetweenLosesNothingAndCountsNothingTwice() throws SQLException {
        for (int alive = 0; alive < 8; alive++) {
            for (int i = 0; i < 450; i++) {
                violations.note("room", "sender" + i, 101, Action.REFUSED, NOW);
            }
            happen(1, NOW);
            transactionsLeft = alive;
            try {
                writer.write(NOW, false);
            } catch (SQLException e) {
                assertThat(e.getMessage()).isEqualTo("no database");
            }
        }
        transactionsLeft = Integer.MAX_VALUE;
        writer.write(NOW, false);
        assertThat(database.select("SELECT SUM(amount) FROM ofOmemoViolation")).containsExactly(Integer.toString(8 * 451));
        assertThat(database.select("SELECT amount FROM ofOmemoHour WHERE countName='passed.encrypted'")).containsExactly("8");
        assertThat(database.select("SELECT amount FROM ofOmemoHour WHERE countName='watched'")).isEmpty();
    }

    @Test
    void anOutageOfMonthsIsBounded() throws SQLException {
        dead = true;
        for (int hour = 0; hour < StatisticsWriter.MOST_HOURS + 10; hour++) {
            happen(1, NOW + hour * HOUR_MILLIS);
            long now = NOW + hour * HOUR_MILLIS;
            assertThatThrownBy(() -> writer.write(now, true)).isInstanceOf(SQLException.class);
        }
        dead = false;
        writer.write(NOW + (StatisticsWriter.MOST_HOURS + 9) * HOUR_MILLIS, true);
        assertThat(database.select("SELECT hourOf FROM ofOmemoHour WHERE countName='refused.plaintext'"))
            .hasSize(StatisticsWriter.MOST_HOURS);
        assertThat(writer.lost()).isPositive();
    }
}

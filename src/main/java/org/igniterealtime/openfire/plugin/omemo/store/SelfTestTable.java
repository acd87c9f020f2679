package org.igniterealtime.openfire.plugin.omemo.store;

import static org.igniterealtime.openfire.plugin.omemo.store.Statements.change;

import org.igniterealtime.openfire.plugin.omemo.stats.Page;
import org.igniterealtime.openfire.plugin.omemo.stats.SelfTestRecord;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** The self-tests that were run. */
public final class SelfTestTable {

    /** Those that began last are kept. */
    static final int MOST = 200;

    private static final int LONGEST_REPORT = 50_000;

    private final ConnectionSource source;

    public SelfTestTable(ConnectionSource source) {
        this.source = source;
    }

    /**
     * Keeps one, and forgets the oldest when there are too many.
     *
     * @throws IOException if the database cannot be used
     */
    public void add(SelfTestRecord run) throws IOException {
        String report = run.report().isEmpty() ? "-"
            : run.report().substring(0, Math.min(run.report().length(), LONGEST_REPORT));
        try {
            Transaction.run(source, connection -> {
                // One of a node that began in the same millisecond.
                change(connection, "DELETE FROM ofOmemoSelfTest WHERE began=?", run.began().toEpochMilli());
                change(connection, "INSERT INTO ofOmemoSelfTest (began, lasted, passed, failed, notTested, report)"
                    + " VALUES (?, ?, ?, ?, ?, ?)", run.began().toEpochMilli(), run.duration().toMillis(), run.passed(),
                    run.failed(), run.notTested(), report);
                List<Long> times = Statements.select(connection, MOST + 1, row -> row.getLong(1),
                    "SELECT began FROM ofOmemoSelfTest ORDER BY began DESC");
                return times.size() <= MOST ? 0
                    : change(connection, "DELETE FROM ofOmemoSelfTest WHERE began<=?", times.get(MOST));
            });
        } catch (SQLException e) {
            throw new IOException("The self-test cannot be kept", e);
        }
    }

    /**
     * Those that began last, the last one first.
     *
     * @param rows how many at most, 1 to {@link Page#MOST_ROWS}
     * @throws IOException if the database cannot be used
     */
    public List<SelfTestRecord> latest(int rows) throws IOException {
        int most = Math.max(1, Math.min(rows, Page.MOST_ROWS));
        try (Connection connection = source.open()) {
            return Statements.select(connection, most, row -> new SelfTestRecord(Instant.ofEpochMilli(row.getLong(1)),
                    Duration.ofMillis(row.getLong(2)), row.getInt(3), row.getInt(4), row.getInt(5), row.getString(6)),
                "SELECT began, lasted, passed, failed, notTested, report FROM ofOmemoSelfTest ORDER BY began DESC"
                    + RowLimit.clause(connection, most));
        } catch (SQLException e) {
            throw new IOException("The self-tests cannot be read", e);
        }
    }
}

package org.igniterealtime.openfire.plugin.omemo.store;

import static org.igniterealtime.openfire.plugin.omemo.store.Statements.change;

import org.igniterealtime.openfire.plugin.omemo.stats.Acknowledgement;
import org.igniterealtime.openfire.plugin.omemo.stats.DeviceFacts;
import org.igniterealtime.openfire.plugin.omemo.stats.IdentityAlarm;
import org.igniterealtime.openfire.plugin.omemo.stats.IdentityRow;
import org.igniterealtime.openfire.plugin.omemo.stats.Page;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** The identity keys that were ever published for each device. */
public final class IdentityTable {

    /** Rows of one device; what comes then is {@link IdentityRow#MORE}. */
    static final int MOST_OF_A_DEVICE = 50;

    private static final String COLUMNS =
        "account, familyLabel, deviceId, fingerprint, firstSeen, lastSeen, changedAt, changedFrom, alarmAt, acknowledgedAt,"
            + " acknowledgedBy";
    private static final String DEVICE = " WHERE accountKey=? AND familyLabel=? AND deviceId=?";

    private final ConnectionSource source;

    public IdentityTable(ConnectionSource source) {
        this.source = source;
    }

    /**
     * Notes that a key is a device's.
     *
     * @param before the key in the place of which it came; null if there was none
     */
    static void note(Connection connection, String accountKey, String account, DeviceFacts.Published published,
                     String before) throws SQLException {
        String family = published.family();
        int device = published.deviceId();
        List<String> known = Statements.select(connection, 0, row -> row.getString(1),
            "SELECT fingerprint FROM ofOmemoIdentity" + DEVICE, accountKey, family, device);
        String fingerprint = known.contains(published.fingerprint()) || known.size() < MOST_OF_A_DEVICE
            ? published.fingerprint() : IdentityRow.MORE;
        if (!known.contains(fingerprint)) {
            change(connection, "INSERT INTO ofOmemoIdentity (accountKey, familyLabel, deviceId, fingerprint, account,"
                + " firstSeen, lastSeen) VALUES (?, ?, ?, ?, ?, ?, ?)", accountKey, family, device, fingerprint, account,
                published.millis(), published.millis());
        } else {
            change(connection, "UPDATE ofOmemoIdentity SET lastSeen=?" + DEVICE + " AND fingerprint=? AND lastSeen<?",
                published.millis(), accountKey, family, device, fingerprint, published.millis());
        }
        if (before != null) {
            change(connection, "UPDATE ofOmemoIdentity SET changedAt=?, changedFrom=?, alarmAt=?" + DEVICE + " AND fingerprint=?",
                published.millis(), before, published.millis(), accountKey, family, device, fingerprint);
        }
    }

    /**
     * All keys of an account's devices, of each device those noticed first first; at most {@link Page#MOST_ROWS}.
     *
     * @param account the bare JID in its normal spelling
     * @throws IOException if the database cannot be used
     */
    public List<IdentityRow> of(String account) throws IOException {
        return read(Page.MOST_ROWS, " WHERE accountKey=? ORDER BY familyLabel, deviceId, firstSeen", StoredText.key(account));
    }

    /**
     * Keys that took the place of others, which nobody has acknowledged, those of late first.
     *
     * @param rows how many at most, 1 to {@link Page#MOST_ROWS}
     * @throws IOException if the database cannot be used
     */
    public List<IdentityRow> alarms(int rows) throws IOException {
        return read(bounded(rows), " WHERE alarmAt>0 ORDER BY alarmAt DESC");
    }

    /**
     * Those of one account.
     *
     * @param account the bare JID in its normal spelling
     * @param rows how many at most, 1 to {@link Page#MOST_ROWS}
     * @throws IOException if the database cannot be used
     */
    public List<IdentityRow> alarms(String account, int rows) throws IOException {
        return read(bounded(rows), " WHERE accountKey=? AND alarmAt>0 ORDER BY alarmAt DESC", StoredText.key(account));
    }

    private static int bounded(int rows) {
        return Math.max(1, Math.min(rows, Page.MOST_ROWS));
    }

    /**
     * Ends alarms. Of those that somebody else has ended, or that were raised anew meanwhile, nothing changes.
     *
     * @return the ones that were ended
     * @throws IOException if the database cannot be used; then none is
     */
    public List<IdentityAlarm> acknowledge(List<IdentityAlarm> alarms, Acknowledgement by) throws IOException {
        try {
            return Transaction.run(source, connection -> {
                List<IdentityAlarm> ended = new ArrayList<>();
                for (IdentityAlarm alarm : alarms) {
                    if (change(connection, "UPDATE ofOmemoIdentity SET alarmAt=?, acknowledgedAt=?, acknowledgedBy=?" + DEVICE
                            + " AND fingerprint=? AND alarmAt=?", Statements.NO_NUMBER, by.at().toEpochMilli(),
                            StoredText.shown(by.admin()), StoredText.key(alarm.account()), alarm.family(), alarm.deviceId(),
                            alarm.fingerprint(), alarm.raised().toEpochMilli()) > 0) {
                        ended.add(alarm);
                    }
                }
                return ended;
            });
        } catch (SQLException e) {
            throw new IOException("The alarms cannot be acknowledged", e);
        }
    }

    private List<IdentityRow> read(int most, String which, Object... parameters) throws IOException {
        try (Connection connection = source.open()) {
            return Statements.select(connection, most, IdentityTable::row, "SELECT " + COLUMNS + " FROM ofOmemoIdentity"
                + which + RowLimit.clause(connection, most), parameters);
        } catch (SQLException e) {
            throw new IOException("The identity keys cannot be read", e);
        }
    }

    private static IdentityRow row(ResultSet row) throws SQLException {
        String admin = row.getString(11);
        return new IdentityRow(row.getString(1), row.getString(2), row.getInt(3), row.getString(4),
            Instant.ofEpochMilli(row.getLong(5)), Instant.ofEpochMilli(row.getLong(6)), time(row, 7),
            Optional.ofNullable(row.getString(8)), time(row, 9),
            time(row, 10).map(at -> new Acknowledgement(Objects.requireNonNullElse(admin, ""), at)));
    }

    private static Optional<Instant> time(ResultSet row, int column) throws SQLException {
        long millis = row.getLong(column);
        return row.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(millis));
    }
}

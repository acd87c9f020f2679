package org.igniterealtime.openfire.plugin.omemo.store;

import static org.igniterealtime.openfire.plugin.omemo.store.Statements.change;

import org.igniterealtime.openfire.plugin.omemo.stats.DeviceFacts;
import org.igniterealtime.openfire.plugin.omemo.stats.IdentityRow;
import org.igniterealtime.openfire.plugin.omemo.stats.Page;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The identity keys that were ever published for each device. */
public final class IdentityTable {

    /** Rows of one device; what comes then is {@link IdentityRow#MORE}. */
    static final int MOST_OF_A_DEVICE = 50;

    private static final String COLUMNS =
        "account, familyLabel, deviceId, fingerprint, firstSeen, lastSeen, changedAt, changedFrom";
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
            change(connection, "UPDATE ofOmemoIdentity SET changedAt=?, changedFrom=?" + DEVICE + " AND fingerprint=?",
                published.millis(), before, accountKey, family, device, fingerprint);
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
     * Keys that took the place of others, those of late first.
     *
     * @param rows how many at most, 1 to {@link Page#MOST_ROWS}
     * @throws IOException if the database cannot be used
     */
    public List<IdentityRow> changesSince(Instant since, int rows) throws IOException {
        return read(Math.max(1, Math.min(rows, Page.MOST_ROWS)), " WHERE changedAt>=? ORDER BY changedAt DESC",
            since.toEpochMilli());
    }

    private List<IdentityRow> read(int most, String which, Object parameter) throws IOException {
        try (Connection connection = source.open()) {
            return Statements.select(connection, most, IdentityTable::row, "SELECT " + COLUMNS + " FROM ofOmemoIdentity"
                + which + RowLimit.clause(connection, most), parameter);
        } catch (SQLException e) {
            throw new IOException("The identity keys cannot be read", e);
        }
    }

    private static IdentityRow row(ResultSet row) throws SQLException {
        String before = row.getString(8);
        long changed = row.getLong(7);
        return new IdentityRow(row.getString(1), row.getString(2), row.getInt(3), row.getString(4),
            Instant.ofEpochMilli(row.getLong(5)), Instant.ofEpochMilli(row.getLong(6)),
            before == null ? Optional.empty() : Optional.of(Instant.ofEpochMilli(changed)), Optional.ofNullable(before));
    }
}

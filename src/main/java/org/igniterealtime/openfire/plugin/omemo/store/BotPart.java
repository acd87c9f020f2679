package org.igniterealtime.openfire.plugin.omemo.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.igniterealtime.openfire.plugin.omemo.core.store.Records;

/** One part of a bot's records. A transaction to a write, and in it first the proof that the bot is still claimed. */
final class BotPart implements Records {

    private static final int BATCH = 500;
    /** A longer text goes by itself: drivers may stream it, and not all of them do so in batches. */
    private static final int LONGEST_IN_BATCH = 30_000;

    private record Row(String recordKey, String sealed) {
    }

    private final BotRecords claim;
    private final ConnectionSource source;
    private final RecordSeal seal;
    private final String part;

    BotPart(BotRecords claim, ConnectionSource source, RecordSeal seal, String part) {
        this.claim = claim;
        this.source = source;
        this.seal = seal;
        this.part = part;
    }

    @Override
    public Map<String, byte[]> read() throws IOException {
        List<Row> rows;
        try {
            rows = Transaction.run(source, this::select);
        } catch (SQLException e) {
            throw new IOException("What is stored of the bot " + claim.bot() + " cannot be read", e);
        }
        Map<String, byte[]> records = new HashMap<>();
        for (Row row : rows) {
            Map.Entry<String, byte[]> record = seal.open(row.recordKey(), row.sealed());
            records.put(record.getKey(), record.getValue());
        }
        return records;
    }

    private List<Row> select(Connection connection) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "SELECT recordKey, sealed FROM ofOmemoBotRecord WHERE bot=? AND part=?")) {
            select.setString(1, claim.bot());
            select.setString(2, part);
            List<Row> rows = new ArrayList<>();
            try (ResultSet found = select.executeQuery()) {
                while (found.next()) {
                    rows.add(new Row(found.getString(1), found.getString(2)));
                }
            }
            return rows;
        }
    }

    @Override
    public void write(Map<String, Optional<byte[]>> changes) {
        claim.checkNotLost();
        List<String> changed = new ArrayList<>();
        List<Row> kept = new ArrayList<>();
        changes.forEach((name, bytes) -> {
            String recordKey = seal.recordKey(name);
            changed.add(recordKey);
            bytes.ifPresent(present -> kept.add(new Row(recordKey, seal.seal(name, present))));
        });
        try {
            Transaction.run(source, connection -> {
                proveClaim(connection);
                // Whether a row is there already is not asked: that would be a statement more.
                delete(connection, changed);
                insert(connection, kept);
                return changed;
            });
        } catch (Transaction.UndecidedException e) {
            throw claim.lose(e);
        } catch (SQLException e) {
            throw new UncheckedIOException(
                new IOException("What is stored of the bot " + claim.bot() + " cannot be changed", e));
        }
    }

    /**
     * Locks the bot until the transaction is over. The row has to change, since MySQL can be set to count none but changed
     * ones.
     */
    private void proveClaim(Connection connection) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(
                "UPDATE ofOmemoBot SET turn=1-turn WHERE bot=? AND claim=?")) {
            update.setString(1, claim.bot());
            update.setString(2, claim.claim());
            if (update.executeUpdate() != 1) {
                throw claim.lose(null);
            }
        }
    }

    private void delete(Connection connection, List<String> recordKeys) throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement(
                "DELETE FROM ofOmemoBotRecord WHERE bot=? AND part=? AND recordKey=?")) {
            for (int i = 0; i < recordKeys.size(); i++) {
                delete.setString(1, claim.bot());
                delete.setString(2, part);
                delete.setString(3, recordKeys.get(i));
                delete.addBatch();
                if ((i + 1) % BATCH == 0 || i == recordKeys.size() - 1) {
                    delete.executeBatch();
                }
            }
        }
    }

    private void insert(Connection connection, List<Row> rows) throws SQLException {
        try (PreparedStatement batch = insert(connection); PreparedStatement single = insert(connection)) {
            int waiting = 0;
            for (Row row : rows) {
                if (row.sealed().length() > LONGEST_IN_BATCH) {
                    bind(single, row);
                    single.executeUpdate();
                    continue;
                }
                bind(batch, row);
                batch.addBatch();
                waiting++;
                if (waiting == BATCH) {
                    batch.executeBatch();
                    waiting = 0;
                }
            }
            if (waiting > 0) {
                batch.executeBatch();
            }
        }
    }

    private static PreparedStatement insert(Connection connection) throws SQLException {
        return connection.prepareStatement(
            "INSERT INTO ofOmemoBotRecord (bot, part, recordKey, sealed) VALUES (?, ?, ?, ?)");
    }

    private void bind(PreparedStatement insert, Row row) throws SQLException {
        insert.setString(1, claim.bot());
        insert.setString(2, part);
        insert.setString(3, row.recordKey());
        insert.setString(4, row.sealed());
    }
}

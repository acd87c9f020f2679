package org.igniterealtime.openfire.plugin.omemo.store;

import java.io.IOException;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.igniterealtime.openfire.plugin.omemo.core.crypto.SealingKey;
import org.igniterealtime.openfire.plugin.omemo.store.BotStateException.Reason;

/**
 * The keys and sessions of bots in the database, sealed: names and values tell nothing without the key but how many there
 * are and how long. Who can write the database cannot make up or exchange records, but can put back what stood there
 * before.
 *
 * <p>At any time one claim at most lets a bot's records be written, whatever happens in a cluster: two that went on with
 * one ratchet would use its keys twice.
 */
public final class BotTable {

    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._+-]{0,63}");
    private static final int CLAIM_SIZE = 16;
    /** How often to try when another inserts or deletes the bot at the same moment. */
    private static final int ATTEMPTS = 3;
    /** No name of a part has a space. */
    private static final String KEY_CHECK = "key check";

    private final ConnectionSource source;
    private final SealingKey key;
    private final SecureRandom random;

    /** @param key what is stored can be read with this key alone */
    public BotTable(ConnectionSource source, SealingKey key, SecureRandom random) {
        this.source = source;
        this.key = key;
        this.random = random;
    }

    /**
     * Takes a bot over; makes it, if there is none. Whoever had claimed it before can write no more.
     *
     * @param bot 1 to 64 of a-z, 0-9, and after the first {@code . _ + -}
     * @throws BotStateException WRONG_KEY or NEWER_VERSION; then the claims are as they were
     * @throws IOException if the database cannot be used
     */
    public BotRecords claim(String bot) throws IOException {
        if (!NAME.matcher(bot).matches()) {
            throw new IllegalArgumentException("not the name of a bot");
        }
        SealingKey botKey = key.derive("bot " + bot);
        RecordSeal seal = new RecordSeal(botKey, random, bot, KEY_CHECK);
        byte[] token = new byte[CLAIM_SIZE];
        random.nextBytes(token);
        String claim = HexFormat.of().formatHex(token);
        SQLException failure = null;
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            try {
                Optional<String> check = Transaction.run(source, connection -> keyCheck(connection, bot));
                if (check.isPresent()) {
                    check(seal, bot, check.get());
                }
                if (Transaction.run(source, connection -> check.isPresent()
                        ? update(connection, bot, claim) : insert(connection, bot, claim, seal.seal("", new byte[0])))) {
                    return new BotRecords(source, botKey, random, bot, claim);
                }
            } catch (SQLException e) {
                failure = e;
            }
        }
        throw new IOException("The bot " + bot + " cannot be claimed", failure);
    }

    private static Optional<String> keyCheck(Connection connection, String bot) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("SELECT keyCheck FROM ofOmemoBot WHERE bot=?")) {
            select.setString(1, bot);
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? Optional.of(row.getString(1)) : Optional.empty();
            }
        }
    }

    private static void check(RecordSeal seal, String bot, String keyCheck) throws BotStateException {
        try {
            seal.open(seal.recordKey(""), keyCheck);
        } catch (BotStateException e) {
            throw new BotStateException(bot, e.reason() == Reason.TORN ? Reason.WRONG_KEY : e.reason());
        }
    }

    private static boolean update(Connection connection, String bot, String claim) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement("UPDATE ofOmemoBot SET claim=? WHERE bot=?")) {
            update.setString(1, claim);
            update.setString(2, bot);
            return update.executeUpdate() == 1;
        }
    }

    private static boolean insert(Connection connection, String bot, String claim, String keyCheck)
            throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO ofOmemoBot (bot, claim, turn, keyCheck) VALUES (?, ?, 0, ?)")) {
            insert.setString(1, bot);
            insert.setString(2, claim);
            insert.setString(3, keyCheck);
            return insert.executeUpdate() == 1;
        }
    }

    /**
     * Forgets a bot, whoever has claimed it, and whatever key it was sealed under.
     *
     * @throws IOException if the database cannot be used
     */
    public void delete(String bot) throws IOException {
        try {
            Transaction.run(source, connection -> {
                // This one first: it waits for whoever is writing, and lets nobody write afterwards.
                delete(connection, "DELETE FROM ofOmemoBot WHERE bot=?", bot);
                delete(connection, "DELETE FROM ofOmemoBotRecord WHERE bot=?", bot);
                return bot;
            });
        } catch (SQLException e) {
            throw new IOException("The bot " + bot + " cannot be deleted", e);
        }
    }

    private static void delete(Connection connection, String sql, String bot) throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement(sql)) {
            delete.setString(1, bot);
            delete.executeUpdate();
        }
    }

    /**
     * The names of all bots that were ever claimed and not deleted.
     *
     * @throws IOException if the database cannot be used
     */
    public SortedSet<String> bots() throws IOException {
        try {
            return Transaction.run(source, connection -> {
                SortedSet<String> bots = new TreeSet<>();
                try (PreparedStatement select = connection.prepareStatement("SELECT bot FROM ofOmemoBot");
                        ResultSet rows = select.executeQuery()) {
                    while (rows.next()) {
                        bots.add(rows.getString(1));
                    }
                }
                return bots;
            });
        } catch (SQLException e) {
            throw new IOException("The bots cannot be listed", e);
        }
    }
}

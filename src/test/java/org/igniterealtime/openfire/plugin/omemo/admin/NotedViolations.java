package org.igniterealtime.openfire.plugin.omemo.admin;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jivesoftware.database.DbConnectionManager;

/** Violations and counts as the plugin has noted them, written into its tables as it does. */
final class NotedViolations {

    private static final int MILLIS_OF_AN_HOUR = 3_600_000;

    private final List<Object[]> rows = new ArrayList<>();

    /** @param sender may be empty */
    void note(String room, String sender, int finding, String action, int amount, long millis) {
        rows.add(new Object[] {(int) (millis / MILLIS_OF_AN_HOUR), key(room, sender, Integer.toString(finding), action),
            key(room), sender.isEmpty() ? null : key(sender), finding, action, room, sender.isEmpty() ? null : sender,
            (long) amount, millis, millis});
    }

    void write() throws SQLException {
        execute("INSERT INTO ofOmemoViolation (hourOf, violationKey, roomKey, senderKey, finding, outcome, room, sender,"
            + " amount, firstSeen, lastSeen) VALUES (?,?,?,?,?,?,?,?,?,?,?)", rows);
        Map<Object, Object[]> rooms = new HashMap<>();
        rows.forEach(row -> rooms.merge(row[2], new Object[] {row[2], row[10]}, (one, other) ->
            (long) one[1] > (long) other[1] ? one : other));
        execute("DELETE FROM ofOmemoRoom WHERE roomKey=?", rooms.keySet().stream().map(key -> new Object[] {key}).toList());
        execute("INSERT INTO ofOmemoRoom (roomKey, lastViolation) VALUES (?,?)", List.copyOf(rooms.values()));
        rows.clear();
    }

    /** @param name such as {@code passed.encrypted} */
    static void count(long millis, String name, long amount) throws SQLException {
        int hour = (int) (millis / MILLIS_OF_AN_HOUR);
        execute("INSERT INTO ofOmemoHour (hourOf, countName, amount) VALUES (?,?,?)",
            List.<Object[]>of(new Object[] {hour, name, amount}));
    }

    static void clear() throws SQLException {
        execute("DELETE FROM ofOmemoViolation", List.<Object[]>of(new Object[0]));
        execute("DELETE FROM ofOmemoRoom", List.<Object[]>of(new Object[0]));
        execute("DELETE FROM ofOmemoHour", List.<Object[]>of(new Object[0]));
    }

    private static void execute(String sql, List<Object[]> rows) throws SQLException {
        try (Connection connection = DbConnectionManager.getConnection();
             PreparedStatement statement = connection.prepareStatement(sql)) {
            for (Object[] row : rows) {
                for (int i = 0; i < row.length; i++) {
                    statement.setObject(i + 1, row[i]);
                }
                statement.executeUpdate();
            }
        }
    }

    private static String key(String... texts) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (String text : texts) {
                byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
                digest.update((bytes.length + ":").getBytes(StandardCharsets.US_ASCII));
                digest.update(bytes);
            }
            return HexFormat.of().formatHex(digest.digest(), 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}

package org.igniterealtime.openfire.plugin.omemo.admin;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.HexFormat;
import org.jivesoftware.database.DbConnectionManager;

/** Devices as the plugin has noticed them, written into its tables as it does. */
final class NoticedDevices {

    private NoticedDevices() {
    }

    /** A device on the list. @param fingerprints one after the other; there may be none */
    static void add(String account, String family, int device, String label, String... fingerprints) throws Exception {
        long now = System.currentTimeMillis();
        String last = fingerprints.length == 0 ? null : fingerprints[fingerprints.length - 1];
        execute("INSERT INTO ofOmemoDevice (accountKey, familyLabel, deviceId, account, accountStart, deviceLabel, fingerprint,"
            + " listed, firstSeen, lastSeen, lastPublished, unanswered) VALUES (?,?,?,?,?,?,?,1,?,NULL,?,0)", key(account), family,
            device, account, account.substring(0, Math.min(account.length(), 64)), label, last, now,
            last == null ? null : now);
        String before = null;
        for (String fingerprint : fingerprints) {
            execute("INSERT INTO ofOmemoIdentity (accountKey, familyLabel, deviceId, fingerprint, account, firstSeen, lastSeen,"
                + " changedAt, changedFrom, alarmAt) VALUES (?,?,?,?,?,?,?,?,?,?)", key(account), family, device, fingerprint, account, now,
                now, before == null ? null : now, before, before == null ? null : now);
            before = fingerprint;
        }
    }

    /** So many messages were sent to all devices of the account. */
    static void sent(String account, int messages) throws Exception {
        execute("UPDATE ofOmemoDevice SET unanswered=? WHERE accountKey=?", messages, key(account));
    }

    static void forget(String account) throws Exception {
        execute("DELETE FROM ofOmemoDevice WHERE accountKey=?", key(account));
        execute("DELETE FROM ofOmemoIdentity WHERE accountKey=?", key(account));
    }

    private static void execute(String sql, Object... parameters) throws SQLException {
        try (Connection connection = DbConnectionManager.getConnection();
             PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i]);
            }
            statement.executeUpdate();
        }
    }

    private static String key(String account) throws Exception {
        byte[] bytes = account.getBytes(StandardCharsets.UTF_8);
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        digest.update((bytes.length + ":").getBytes(StandardCharsets.US_ASCII));
        return HexFormat.of().formatHex(digest.digest(bytes), 0, 16);
    }
}

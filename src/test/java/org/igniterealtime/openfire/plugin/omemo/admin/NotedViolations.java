package org.igniterealtime.openfire.plugin.omemo.admin;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.igniterealtime.openfire.plugin.omemo.stats.MessageCounts;
import org.igniterealtime.openfire.plugin.omemo.stats.Violation.Action;
import org.igniterealtime.openfire.plugin.omemo.stats.Violations;
import org.igniterealtime.openfire.plugin.omemo.store.OpenfireConnectionSource;
import org.igniterealtime.openfire.plugin.omemo.store.StatisticsWriter;
import org.jivesoftware.database.DbConnectionManager;

/** Puts violations into the server's database, as the plugin does, and removes all that are there. */
final class NotedViolations {

    private final Violations violations = new Violations();
    private final StatisticsWriter writer =
        new StatisticsWriter(new OpenfireConnectionSource(), new MessageCounts(), violations);

    void note(String room, String sender, int finding, Action action, long millis) {
        violations.note(room, sender, finding, action, millis);
    }

    void write() throws SQLException {
        writer.write(System.currentTimeMillis(), false);
    }

    static void clear() throws SQLException {
        try (Connection connection = DbConnectionManager.getConnection(); Statement statement = connection.createStatement()) {
            statement.executeUpdate("DELETE FROM ofOmemoViolation");
        }
    }
}

package org.igniterealtime.openfire.plugin.omemo.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.igniterealtime.openfire.plugin.omemo.embedded.EmbeddedOpenfire;
import org.igniterealtime.openfire.plugin.omemo.embedded.OpenfireExtension;
import org.jivesoftware.database.DbConnectionManager;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** The tables in the database of a real server. */
@ExtendWith(OpenfireExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BotTableIT {

    private static final int COLUMNS = 57;

    private final EmbeddedOpenfire server;

    BotTableIT(EmbeddedOpenfire server) {
        this.server = server;
    }

    @AfterAll
    void removeThePlugin() {
        server.plugins().unload("omemo");
    }

    @Test
    void thePluginBringsItsTablesAndFindsThemAgain() throws SQLException {
        int mark = server.logMark();
        server.plugins().ensureInstalled(Path.of(System.getProperty("plugin.jar")));
        assertThat(columns()).contains("OFOMEMOBOT.BOT", "OFOMEMOBOT.CLAIM", "OFOMEMOBOT.TURN",
            "OFOMEMOBOT.KEYCHECK", "OFOMEMOBOTRECORD.BOT", "OFOMEMOBOTRECORD.PART", "OFOMEMOBOTRECORD.RECORDKEY",
            "OFOMEMOBOTRECORD.SEALED", "OFOMEMOVIOLATION.VIOLATIONKEY").hasSize(COLUMNS);
        assertThat(select("SELECT version FROM ofVersion WHERE name='omemo'")).containsExactly("1");
        server.plugins().reload("omemo");
        assertThat(columns()).hasSize(COLUMNS);
        assertThat(server.stackTraces(mark)).isEmpty();
    }

    @Test
    void tablesOfTheFirstReleaseAreUpgraded() throws SQLException {
        int mark = server.logMark();
        server.plugins().ensureInstalled(Path.of(System.getProperty("plugin.jar")));
        List<String> columns = columns();
        server.plugins().unload("omemo");
        for (String table : List.of("Hour", "Day", "Violation", "Device", "Identity", "SelfTest", "Room")) {
            execute("DROP TABLE ofOmemo" + table);
        }
        execute("UPDATE ofVersion SET version=0 WHERE name='omemo'");
        assertThat(columns()).hasSize(8);
        server.plugins().ensureInstalled(Path.of(System.getProperty("plugin.jar")));
        assertThat(columns()).isEqualTo(columns);
        assertThat(select("SELECT version FROM ofVersion WHERE name='omemo'")).containsExactly("1");
        assertThat(server.stackTraces(mark)).isEmpty();
    }

    private static void execute(String sql) throws SQLException {
        try (Connection connection = DbConnectionManager.getConnection(); Statement statement = connection.createStatement()) {
            statement.executeUpdate(sql);
        }
    }

    private static List<String> columns() throws SQLException {
        return select("SELECT table_name || '.' || column_name FROM information_schema.columns"
            + " WHERE table_name LIKE 'OFOMEMO%' ORDER BY table_name, ordinal_position");
    }

    private static List<String> select(String sql) throws SQLException {
        try (Connection connection = DbConnectionManager.getConnection(); Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            List<String> found = new ArrayList<>();
            while (rows.next()) {
                found.add(rows.getString(1));
            }
            return found;
        }
    }
}

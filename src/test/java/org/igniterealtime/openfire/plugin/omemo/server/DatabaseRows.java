package org.igniterealtime.openfire.plugin.omemo.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jivesoftware.database.DbConnectionManager;
import org.jivesoftware.openfire.pubsub.PubSubPersistenceManager;

/** What is in the server's database, to be compared. */
final class DatabaseRows {

    private DatabaseRows() {
    }

    /** Every row of every table but those that count what has ever been. */
    static Set<String> all() throws Exception {
        PubSubPersistenceManager.flushPendingItems();
        Set<String> rows = new TreeSet<>();
        try (Connection connection = DbConnectionManager.getConnection(); Statement query = connection.createStatement()) {
            List<String> tables = new ArrayList<>();
            try (ResultSet found = connection.getMetaData().getTables(null, "PUBLIC", "OF%", null)) {
                while (found.next()) {
                    tables.add(found.getString("TABLE_NAME"));
                }
            }
            tables.remove("OFID");
            assertThat(tables).contains("OFUSER", "OFPUBSUBITEM");
            for (String table : tables) {
                try (ResultSet found = query.executeQuery("SELECT * FROM " + table)) {
                    int columns = found.getMetaData().getColumnCount();
                    while (found.next()) {
                        StringBuilder row = new StringBuilder(table);
                        for (int i = 1; i <= columns; i++) {
                            row.append('|').append(found.getString(i));
                        }
                        rows.add(row.toString());
                    }
                }
            }
        }
        return rows;
    }
}

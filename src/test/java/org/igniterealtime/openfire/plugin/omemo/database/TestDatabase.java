package org.igniterealtime.openfire.plugin.omemo.database;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.igniterealtime.openfire.plugin.omemo.store.ConnectionSource;

/** A new database with the tables of our own scripts, of whatever type. */
public final class TestDatabase implements ConnectionSource, AutoCloseable {

    private static final Path SCRIPTS = Path.of("src/main/database");

    private final ConnectionSource connections;
    private final String type;
    private final Removal removal;

    /** Removes a database. */
    interface Removal {
        void run() throws SQLException;
    }

    TestDatabase(ConnectionSource connections, String type, Removal removal) {
        this.connections = connections;
        this.type = type;
        this.removal = removal;
    }

    /** Installs the tables as Openfire does. */
    TestDatabase installed() throws SQLException, IOException {
        execute("CREATE TABLE ofVersion (name VARCHAR(50) NOT NULL, version INTEGER NOT NULL)");
        run(SCRIPTS.resolve("omemo_" + type + ".sql"));
        return this;
    }

    /** Runs a script of the folder for this type of database, such as that of {@code upgrade/1}. */
    public void runScript(String folder) throws SQLException, IOException {
        run(SCRIPTS.resolve(folder).resolve("omemo_" + type + ".sql"));
    }

    private void run(Path script) throws SQLException, IOException {
        for (String statement : Files.readString(script).split(";\\n")) {
            execute(statement);
        }
    }

    @Override
    public Connection open() throws SQLException {
        return connections.open();
    }

    /** The number of rows that it changed. */
    public int execute(String sql) throws SQLException {
        try (Connection connection = open(); Statement statement = connection.createStatement()) {
            return statement.executeUpdate(sql);
        }
    }

    /** The first column of the rows that are found, as text. */
    public List<String> select(String sql) throws SQLException {
        try (Connection connection = open(); PreparedStatement statement = connection.prepareStatement(sql);
                ResultSet rows = statement.executeQuery()) {
            List<String> found = new ArrayList<>();
            while (rows.next()) {
                found.add(rows.getString(1));
            }
            return found;
        }
    }

    @Override
    public void close() throws SQLException {
        removal.run();
    }
}

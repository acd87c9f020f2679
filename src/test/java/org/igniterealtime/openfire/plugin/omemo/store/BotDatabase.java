package org.igniterealtime.openfire.plugin.omemo.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** A database in memory with the tables of our own script. */
public final class BotDatabase implements ConnectionSource, AutoCloseable {

    private static final AtomicInteger COUNT = new AtomicInteger();

    private final String url = "jdbc:hsqldb:mem:bots" + COUNT.incrementAndGet();

    public BotDatabase() throws IOException, SQLException {
        execute("CREATE TABLE ofVersion (name VARCHAR(50) NOT NULL, version INTEGER NOT NULL)");
        for (String statement : Files.readString(Path.of("src/main/database/omemo_hsqldb.sql")).split(";\\n")) {
            execute(statement);
        }
    }

    @Override
    public Connection open() throws SQLException {
        return DriverManager.getConnection(url, "sa", "");
    }

    /** The number of rows that it changed. */
    public int execute(String sql, String... parameters) throws SQLException {
        try (Connection connection = open(); PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setString(i + 1, parameters[i]);
            }
            return statement.executeUpdate();
        }
    }

    /** The first column of the rows that are found. */
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
        execute("SHUTDOWN");
    }
}

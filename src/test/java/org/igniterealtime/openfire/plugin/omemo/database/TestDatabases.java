package org.igniterealtime.openfire.plugin.omemo.database;

import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Assumptions;

/** Where tests get databases from. */
public enum TestDatabases {

    /** In memory. */
    HSQLDB,
    /** A server of Maven Central's binaries. */
    POSTGRESQL,
    /** Debian's server, or that of the profile {@code mariadb}. */
    MARIADB;

    private static final AtomicInteger COUNT = new AtomicInteger();
    private static DatabaseServer postgres;
    private static DatabaseServer mariadb;

    /** A new database with our tables; the test is skipped, and says why, if such a server cannot be had here. */
    public TestDatabase create() throws SQLException, IOException {
        return empty().installed();
    }

    private TestDatabase empty() throws SQLException {
        String name = "omemo" + COUNT.incrementAndGet();
        if (this == HSQLDB) {
            String url = "jdbc:hsqldb:mem:" + name;
            return new TestDatabase(() -> DriverManager.getConnection(url, "sa", ""), "hsqldb", () -> {
                try (Connection connection = DriverManager.getConnection(url, "sa", "");
                        Statement statement = connection.createStatement()) {
                    statement.execute("SHUTDOWN");
                }
            });
        }
        DatabaseServer server = server();
        String prefix = this == POSTGRESQL ? "jdbc:postgresql://127.0.0.1:" : "jdbc:mariadb://127.0.0.1:";
        String home = prefix + server.port() + (this == POSTGRESQL ? "/postgres" : "/mysql");
        execute(home, "CREATE DATABASE " + name + (this == MARIADB ? " CHARACTER SET utf8mb4" : ""));
        return new TestDatabase(() -> open(prefix + server.port() + "/" + name),
            this == POSTGRESQL ? "postgresql" : "mariadb", () -> execute(home, "DROP DATABASE " + name));
    }

    private static Connection open(String url) throws SQLException {
        Properties user = new Properties();
        user.setProperty("user", "root");
        return DriverManager.getConnection(url, user);
    }

    private static void execute(String url, String sql) throws SQLException {
        try (Connection connection = open(url); Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private DatabaseServer server() {
        synchronized (TestDatabases.class) {
            try {
                if (this == POSTGRESQL) {
                    postgres = postgres == null ? PostgresServer.start() : postgres;
                    return postgres;
                }
                mariadb = mariadb == null ? MariaDbServer.start() : mariadb;
                return mariadb;
            } catch (IOException e) {
                Assumptions.abort("Not tested with " + this + ": " + e.getMessage());
                throw new IllegalStateException(e);
            }
        }
    }
}

package org.igniterealtime.openfire.plugin.omemo.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.Map;
import java.util.stream.Stream;
import org.igniterealtime.openfire.plugin.omemo.embedded.EmbeddedOpenfire;
import org.igniterealtime.openfire.plugin.omemo.embedded.Isolated;
import org.igniterealtime.openfire.plugin.omemo.protocol.Family;
import org.igniterealtime.openfire.plugin.omemo.store.GeneratedRecords;

/**
 * How long the console's pages take on a large server: {@code mvn -Pbench-console}. A server makes one account with its keys
 * and one room; in its database 10,000 accounts with published keys and 5,000 rooms are copied from them, and what the plugin
 * would remember of them is written with its own tables; then a server with the packed plugin is started on all that, and an
 * admin looks at every page over HTTP.
 */
public final class ConsoleLoad {

    private static final int MESSAGES = 1_000_000;
    private static final String COUNTS = "SELECT (SELECT COUNT(*) FROM ofOmemoHour)+(SELECT COUNT(*) FROM ofOmemoDay) FROM ofVersion"
        + " WHERE name='omemo'";
    private static final String VIOLATIONS = "SELECT COUNT(*) FROM ofOmemoViolation";

    private final Path home;
    private final int violations;

    private ConsoleLoad(Path home, int violations) {
        this.home = home;
        this.violations = violations;
    }

    /** @param arguments how many violations */
    public static void main(String[] arguments) throws Exception {
        Path home = Files.createTempDirectory("omemo-console-load-");
        boolean isDone = false;
        try {
            ConsoleLoad load = new ConsoleLoad(home, Integer.parseInt(arguments[0]));
            Isolated.main(TemplateServer.class.getName(), home.toString());
            load.generate();
            Isolated.main(ConsoleTimes.class.getName(), home.toString());
            load.tellSizes();
            isDone = true;
        } finally {
            try (Stream<Path> files = Files.walk(home)) {
                files.sorted(Comparator.reverseOrder()).forEach(ConsoleLoad::delete);
            }
        }
        // Threads of libraries may live on.
        System.exit(isDone ? 0 : 1);
    }

    private static void delete(Path file) {
        try {
            Files.delete(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Connection open() throws SQLException {
        return DriverManager.getConnection("jdbc:hsqldb:file:" + home + "/embedded-db/openfire", "sa", "");
    }

    private void generate() throws Exception {
        long begin = System.nanoTime();
        GeneratedRecords records = new GeneratedRecords(this::open, EmbeddedOpenfire.DOMAIN, Instant.now());
        try (Connection connection = open()) {
            execute(connection, "SET FILES LOG FALSE");
            new CopiedServer(connection).copy();
            records.writeDevices(fingerprints(connection));
            records.writeCounts();
            shutDown(connection);
        }
        long bytes = bytes();
        try (Connection connection = open()) {
            execute(connection, "SET FILES LOG FALSE");
            records.writeViolations(violations);
            long rows = number(connection, VIOLATIONS);
            System.out.printf("%,d accounts, %,d devices, %,d rooms, %,d rows of violations; made in %d s%n",
                number(connection, "SELECT COUNT(*) FROM ofUser"), number(connection, "SELECT COUNT(*) FROM ofOmemoDevice"),
                number(connection, "SELECT COUNT(*) FROM ofMucRoom"), rows, (System.nanoTime() - begin) / 1_000_000_000);
            shutDown(connection);
            System.out.printf("a million rows of violations: %,d bytes of HSQLDB's file%n", (bytes() - bytes) * 1_000_000 / rows);
        }
    }

    /** As the plugin has noticed them in the keys of the one account. */
    private static Map<Family, String> fingerprints(Connection connection) throws SQLException {
        Map<Family, String> fingerprints = new EnumMap<>(Family.class);
        try (Statement statement = connection.createStatement();
             ResultSet rows = statement.executeQuery("SELECT familyLabel, fingerprint FROM ofOmemoDevice")) {
            while (rows.next()) {
                fingerprints.put(Family.ofLabel(rows.getString(1)).orElseThrow(), rows.getString(2));
            }
        }
        execute(connection, "DELETE FROM ofOmemoDevice");
        execute(connection, "DELETE FROM ofOmemoIdentity");
        return fingerprints;
    }

    private static long number(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement(); ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** The whole database is one file of text afterwards. */
    private static void shutDown(Connection connection) throws SQLException {
        execute(connection, "SET FILES LOG TRUE");
        execute(connection, "SHUTDOWN");
    }

    /** Of a database that was shut down. */
    private long bytes() throws IOException {
        return Files.size(home.resolve("embedded-db/openfire.script"));
    }

    private void tellSizes() throws Exception {
        long bytes = bytes();
        try (Connection connection = open()) {
            long counts = number(connection, COUNTS);
            long rows = number(connection, VIOLATIONS);
            new GeneratedRecords(this::open, EmbeddedOpenfire.DOMAIN, Instant.now()).writeMessages(MESSAGES);
            counts = number(connection, COUNTS) - counts;
            rows = number(connection, VIOLATIONS) - rows;
            shutDown(connection);
            System.out.printf("a million messages in a day, one of a hundred in the clear: %,d rows of counts, %,d of violations,"
                + " %,d bytes of HSQLDB's file%n", counts, rows, bytes() - bytes);
        }
    }
}

package org.igniterealtime.openfire.plugin.omemo.load;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Predicate;
import org.igniterealtime.openfire.plugin.omemo.embedded.EmbeddedOpenfire;
import org.igniterealtime.openfire.plugin.omemo.store.GeneratedRecords;
import org.igniterealtime.openfire.plugin.omemo.store.GeneratedRecords.Device;

/**
 * Makes many of the one account and the one room of {@link TemplateServer}: whatever rows of Openfire's tables name them are
 * copied with other names. So each row is as Openfire has written it.
 */
final class CopiedServer {

    private static final List<String> PUBLISHED = List.of("ofPubsubNode", "ofPubsubNodeJIDs", "ofPubsubNodeGroups",
        "ofPubsubAffiliation", "ofPubsubItem", "ofPubsubSubscription", "ofPubsubDefaultConf");
    private static final int LARGE_ROOM = 1_000;
    private static final int AFFILIATES = 20;
    private static final long FIRST_ROOM = 1_000_000;
    private static final int POLICY_EVERY = 10;
    private static final int AT_ONCE = 2_000;
    private static final String[] MODES = {"off", "observe", "warn", "enforce"};

    private final Connection connection;
    private final Random random = new Random(1);

    CopiedServer(Connection connection) {
        this.connection = connection;
    }

    void copy() throws SQLException {
        connection.setAutoCommit(false);
        copyAccounts();
        copyRooms();
        connection.commit();
        connection.setAutoCommit(true);
    }

    private void copyAccounts() throws SQLException {
        Map<Integer, List<Device>> byAccount = new HashMap<>();
        GeneratedRecords.devices().forEach(device -> byAccount.computeIfAbsent(device.account(), key -> new ArrayList<>()).add(device));
        Rows users = Rows.read(connection, "ofUser", "username='" + TemplateServer.NAME + "'");
        List<Rows> published = new ArrayList<>();
        for (String table : PUBLISHED) {
            published.add(Rows.read(connection, table,
                "serviceID='" + TemplateServer.NAME + "@" + EmbeddedOpenfire.DOMAIN + "'"));
        }
        for (int account = 0; account < GeneratedRecords.ACCOUNTS; account++) {
            Map<String, String> names = new HashMap<>(Map.of(TemplateServer.NAME, GeneratedRecords.account(account)));
            List<String> missing = new ArrayList<>();
            for (Device device : byAccount.get(account)) {
                names.put(Integer.toString(TemplateServer.DEVICES.get(device.family().ordinal())), Integer.toString(device.id()));
                if (!device.listed()) {
                    missing.add(device.family().namespace());
                }
            }
            users.write(names, Map.of(), row -> true);
            for (Rows rows : published) {
                rows.write(names, Map.of(), row -> row.stream().noneMatch(value -> value instanceof String text
                    && missing.stream().anyMatch(text::startsWith)));
            }
        }
        users.close();
        for (Rows rows : published) {
            rows.close();
        }
    }

    private void copyRooms() throws SQLException {
        Rows rooms = Rows.read(connection, "ofMucRoom", "name='" + TemplateServer.NAME + "'");
        try (PreparedStatement member = connection.prepareStatement("INSERT INTO ofMucMember (roomID, jid) VALUES (?, ?)");
             PreparedStatement affiliate = connection.prepareStatement(
                 "INSERT INTO ofMucAffiliation (roomID, jid, affiliation) VALUES (?, ?, ?)");
             PreparedStatement policy = connection.prepareStatement("INSERT INTO ofProperty (name, propValue) VALUES (?, ?)")) {
            for (int room = 0; room < GeneratedRecords.ROOMS; room++) {
                long id = FIRST_ROOM + room;
                rooms.write(Map.of(TemplateServer.NAME, GeneratedRecords.room(room)), Map.of("ROOMID", id), row -> true);
                List<Integer> people = people(room == 0 ? LARGE_ROOM : 1 + random.nextInt(2 * AFFILIATES - 1));
                for (int i = 0; i < people.size(); i++) {
                    String jid = GeneratedRecords.account(people.get(i)) + "@" + EmbeddedOpenfire.DOMAIN;
                    PreparedStatement insert = i == 0 ? affiliate : member;
                    insert.setLong(1, id);
                    insert.setString(2, jid);
                    if (i == 0) {
                        insert.setInt(3, 10);
                    }
                    insert.addBatch();
                }
                if (room % POLICY_EVERY == 0) {
                    policy.setString(1, "plugin.omemo.policy.room." + GeneratedRecords.room(room) + "@conference."
                        + EmbeddedOpenfire.DOMAIN);
                    policy.setString(2, MODES[room / POLICY_EVERY % MODES.length]);
                    policy.addBatch();
                }
                if (room % AT_ONCE == 0) {
                    member.executeBatch();
                }
            }
            member.executeBatch();
            affiliate.executeBatch();
            policy.executeBatch();
        }
        rooms.close();
    }

    private List<Integer> people(int amount) {
        return random.ints(0, GeneratedRecords.ACCOUNTS).distinct().limit(amount).boxed().toList();
    }

    /** The rows to be copied of one table. */
    private static final class Rows {

        private final List<String> columns;
        private final List<List<Object>> rows;
        private final PreparedStatement insert;
        private int waiting;

        private Rows(List<String> columns, List<List<Object>> rows, PreparedStatement insert) {
            this.columns = columns;
            this.rows = rows;
            this.insert = insert;
        }

        static Rows read(Connection connection, String table, String which) throws SQLException {
            List<String> columns = new ArrayList<>();
            List<List<Object>> rows = new ArrayList<>();
            try (Statement statement = connection.createStatement();
                 ResultSet found = statement.executeQuery("SELECT * FROM " + table + " WHERE " + which)) {
                for (int i = 1; i <= found.getMetaData().getColumnCount(); i++) {
                    columns.add(found.getMetaData().getColumnName(i));
                }
                while (found.next()) {
                    List<Object> row = new ArrayList<>();
                    for (int i = 1; i <= columns.size(); i++) {
                        row.add(found.getObject(i));
                    }
                    rows.add(row);
                }
            }
            return new Rows(columns, rows, connection.prepareStatement("INSERT INTO " + table + " VALUES ("
                + String.join(", ", Collections.nCopies(columns.size(), "?")) + ")"));
        }

        /**
         * @param names   what takes the place of what in texts
         * @param others  what is in other columns
         */
        void write(Map<String, String> names, Map<String, Object> others, Predicate<List<Object>> isWanted) throws SQLException {
            for (List<Object> row : rows) {
                if (isWanted.test(row)) {
                    for (int i = 0; i < row.size(); i++) {
                        insert.setObject(i + 1, others.getOrDefault(columns.get(i), renamed(row.get(i), names)));
                    }
                    insert.addBatch();
                    waiting++;
                }
            }
            if (waiting >= AT_ONCE) {
                insert.executeBatch();
                waiting = 0;
            }
        }

        private static Object renamed(Object value, Map<String, String> names) {
            if (!(value instanceof String text)) {
                return value;
            }
            for (var name : names.entrySet()) {
                text = text.replace(name.getKey(), name.getValue());
            }
            return text;
        }

        void close() throws SQLException {
            // HSQLDB takes an empty batch for a mistake.
            if (waiting > 0) {
                insert.executeBatch();
            }
            insert.close();
        }
    }
}

package org.igniterealtime.openfire.plugin.omemo.demo;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.jivesoftware.database.DbConnectionManager;

/**
 * What was counted before the demo began, and never was: a year of days and two weeks of hours in the plugin's tables, in which
 * people move from legacy OMEMO to 0.8+. What has been counted since is added to.
 */
final class InventedHistory {

    private static final int DAYS = 365;
    private static final int DAYS_OF_HOURS = 14;
    private static final int HOURS_OF_A_DAY = 24;
    private static final int BUSIEST_HOUR = 15;

    private final Connection connection;
    private final Random random = new Random(1);

    private InventedHistory(Connection connection) {
        this.connection = connection;
    }

    static void write() throws SQLException {
        try (Connection connection = DbConnectionManager.getConnection()) {
            new InventedHistory(connection).write((int) Duration.ofMillis(Instant.now().toEpochMilli()).toHours());
        }
    }

    private void write(int now) throws SQLException {
        for (int day = DAYS; day > DAYS_OF_HOURS; day--) {
            add("ofOmemoDay", "dayOf", now / HOURS_OF_A_DAY - day, amounts(day, 1));
        }
        for (int hour = now - DAYS_OF_HOURS * HOURS_OF_A_DAY; hour < now; hour++) {
            double share = (1 + Math.cos((hour % HOURS_OF_A_DAY - BUSIEST_HOUR) * 2 * Math.PI / HOURS_OF_A_DAY)) / HOURS_OF_A_DAY;
            Map<String, Long> amounts = amounts((now - hour) / HOURS_OF_A_DAY, share);
            add("ofOmemoHour", "hourOf", hour, amounts);
            add("ofOmemoDay", "dayOf", hour / HOURS_OF_A_DAY, amounts);
        }
    }

    /** @param share of a whole day */
    private Map<String, Long> amounts(int daysAgo, double share) {
        double progress = 1 - (double) daysAgo / DAYS;
        long encrypted = some(share * (800 + 1_500 * progress));
        Map<String, Long> amounts = new TreeMap<>();
        amounts.put("rewritten.encrypted", encrypted);
        amounts.put("let-through.plaintext", some(share * 300 * (1 - progress)));
        amounts.put("refused.plaintext", some(share * 60 * progress));
        amounts.put("family.legacy", Math.round(encrypted * (0.9 - 0.7 * progress)));
        amounts.put("family.0.4", Math.round(encrypted * 0.1));
        amounts.put("family.0.8+", Math.round(encrypted * 0.7 * progress));
        return amounts;
    }

    private long some(double mean) {
        return Math.round(mean * (0.7 + 0.6 * random.nextDouble()));
    }

    private void add(String table, String time, int number, Map<String, Long> amounts) throws SQLException {
        for (var amount : amounts.entrySet()) {
            if (change("UPDATE " + table + " SET amount=amount+? WHERE " + time + "=? AND countName=?", amount, number) == 0) {
                change("INSERT INTO " + table + " (amount, " + time + ", countName) VALUES (?, ?, ?)", amount, number);
            }
        }
    }

    private int change(String sql, Map.Entry<String, Long> amount, int number) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setLong(1, amount.getValue());
            statement.setInt(2, number);
            statement.setString(3, amount.getKey());
            return statement.executeUpdate();
        }
    }
}

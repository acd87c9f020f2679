package org.igniterealtime.openfire.plugin.omemo.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.igniterealtime.openfire.plugin.omemo.protocol.Family;
import org.igniterealtime.openfire.plugin.omemo.stats.Content;
import org.igniterealtime.openfire.plugin.omemo.stats.MessageCounts;
import org.igniterealtime.openfire.plugin.omemo.stats.Outcome;
import org.igniterealtime.openfire.plugin.omemo.stats.Violation;
import org.igniterealtime.openfire.plugin.omemo.stats.ViolationCount;
import org.igniterealtime.openfire.plugin.omemo.stats.Violations;

/**
 * Rows as a large server would have them after two years: of 10,000 accounts, 30,000 devices and 5,000 rooms. Counts and
 * violations are written by the plugin's own tables; devices as these write them. The same on every run, but for the time.
 */
public final class GeneratedRecords {

    public static final int ACCOUNTS = 10_000;
    public static final int DEVICES = 30_000;
    public static final int ROOMS = 5_000;
    public static final int FINDINGS = 20;

    /** As many devices were replaced once: their identity keys took the place of others. */
    private static final int CHANGED_EVERY = 20;
    private static final int REMOVED_EVERY = 10;
    private static final int FIRST_DEVICE = 1_000_000;
    private static final int FIRST_FINDING = 101;
    private static final int DAYS_OF_COUNTS = 730;
    private static final int HOURS_OF_A_DAY = 24;
    private static final int MILLIS_OF_AN_HOUR = 3_600_000;
    private static final int AT_ONCE = 2_000;
    private static final int DAYS_OF_VIOLATIONS = 90;
    private static final int WRITINGS_OF_AN_HOUR = 360;

    private final ConnectionSource source;
    private final String domain;
    private final long now;
    private final Random random = new Random(1);

    /**
     * A device.
     *
     * @param listed whether it is on its account's list
     */
    public record Device(int account, Family family, int id, boolean listed) {
    }

    /** @param domain of the accounts; rooms are at {@code conference.} of it */
    public GeneratedRecords(ConnectionSource source, String domain, Instant now) {
        this.source = source;
        this.domain = domain;
        this.now = now.toEpochMilli();
    }

    /** The name of an account. */
    public static String account(int number) {
        return "user" + number;
    }

    /** The name of a room. */
    public static String room(int number) {
        return "room" + number;
    }

    private String accountJid(int number) {
        return account(number) + "@" + domain;
    }

    private String roomJid(int number) {
        return room(number) + "@conference." + domain;
    }

    /** All devices, three of each account, one in each family. */
    public static List<Device> devices() {
        List<Device> devices = new ArrayList<>();
        for (int i = 0; i < DEVICES; i++) {
            int account = i % ACCOUNTS;
            devices.add(new Device(account, Family.values()[i / ACCOUNTS % Family.values().length], FIRST_DEVICE + i,
                (i + i / ACCOUNTS) % REMOVED_EVERY != 0));
        }
        return devices;
    }

    /** The label of a device; legacy lists have none. */
    public static String label(int id) {
        return "Phone " + id;
    }

    /**
     * Writes devices with their identity keys.
     *
     * @param fingerprints of all devices, by families
     */
    public void writeDevices(Map<Family, String> fingerprints) throws SQLException {
        try (Connection connection = source.open()) {
            connection.setAutoCommit(false);
            try (PreparedStatement device = connection.prepareStatement("INSERT INTO ofOmemoDevice (accountKey, familyLabel,"
                    + " deviceId, account, deviceLabel, fingerprint, listed, firstSeen, lastSeen, lastPublished)"
                    + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
                 PreparedStatement identity = connection.prepareStatement("INSERT INTO ofOmemoIdentity (accountKey, familyLabel,"
                    + " deviceId, fingerprint, account, firstSeen, lastSeen, changedAt, changedFrom)"
                    + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)")) {
                int written = 0;
                for (Device each : devices()) {
                    String account = accountJid(each.account);
                    String key = StoredText.key(account);
                    String family = each.family.label();
                    String fingerprint = fingerprints.get(each.family);
                    Statements.bind(device, key, family, each.id, account,
                        each.family == Family.LEGACY ? Statements.NO_TEXT : label(each.id), fingerprint, each.listed ? 1 : 0,
                        past(400), written % 4 == 0 ? Statements.NO_NUMBER : past(300),
                        written % 5 == 0 ? Statements.NO_NUMBER : past(300));
                    device.addBatch();
                    if (written % CHANGED_EVERY == 0) {
                        String before = String.format("%064x", each.id);
                        long changed = past(300);
                        Statements.bind(identity, key, family, each.id, before, account, past(400), changed,
                            Statements.NO_NUMBER, Statements.NO_TEXT);
                        identity.addBatch();
                        Statements.bind(identity, key, family, each.id, fingerprint, account, changed, now, changed, before);
                    } else {
                        Statements.bind(identity, key, family, each.id, fingerprint, account, past(400), now,
                            Statements.NO_NUMBER, Statements.NO_TEXT);
                    }
                    identity.addBatch();
                    if (++written % AT_ONCE == 0) {
                        device.executeBatch();
                        identity.executeBatch();
                    }
                }
            }
            connection.commit();
        }
    }

    private long past(int days) {
        return now - (long) (random.nextDouble() * Duration.ofDays(days).toMillis());
    }

    /** Writes so many violations, of the last 90 days. Some rooms and senders are far busier than others. */
    public void writeViolations(int amount) throws SQLException {
        ViolationTable table = new ViolationTable(source);
        Map<Violation, ViolationCount> some = new HashMap<>();
        for (int i = 0; i < amount; i++) {
            // Each in a time of its own, so that no two are of the same hour, sender and room, and so one row.
            long millis = now - (long) ((i + random.nextDouble()) / amount * Duration.ofDays(DAYS_OF_VIOLATIONS).toMillis());
            Violation violation;
            do {
                violation = violation(millis);
            } while (some.containsKey(violation));
            some.put(violation, new ViolationCount(violation, 1L + random.nextInt(20), millis - 1_000, millis));
            if (some.size() == AT_ONCE || i == amount - 1) {
                table.add(List.copyOf(some.values()));
                some.clear();
            }
        }
    }

    private Violation violation(long millis) {
        return new Violation(Violations.hour(millis), roomJid(skewed(ROOMS, 4)), accountJid(skewed(ACCOUNTS, 3)),
            FIRST_FINDING + skewed(FINDINGS, 3), Violation.Action.values()[skewed(Violation.Action.values().length, 2)]);
    }

    private int skewed(int below, int power) {
        return (int) (below * Math.pow(random.nextDouble(), power));
    }

    /** Writes what was counted in two years, as it is kept: days, and the hours of the last two weeks. */
    public void writeCounts() throws SQLException {
        CountTable table = new CountTable(source);
        int hour = Violations.hour(now);
        for (int back = 0; back < DAYS_OF_COUNTS * HOURS_OF_A_DAY;
             back += back < Retention.DAYS_OF_HOURS * HOURS_OF_A_DAY ? 1 : HOURS_OF_A_DAY) {
            Map<String, Long> amounts = new HashMap<>(Map.of(MessageCounts.WATCHED, (long) WRITINGS_OF_AN_HOUR));
            for (Outcome outcome : Outcome.values()) {
                for (Content content : Content.values()) {
                    amounts.put(MessageCounts.name(outcome, content), 1L + random.nextInt(1_000));
                }
            }
            for (Family family : Family.values()) {
                amounts.put(MessageCounts.name(family), 1L + random.nextInt(1_000));
            }
            table.add(hour - back, amounts);
        }
        table.forget(hour - Retention.DAYS_OF_HOURS * HOURS_OF_A_DAY, 0);
    }

    /**
     * Counts messages as they come in over a day, and writes them as the plugin does; one of a hundred violates.
     *
     * @param amount of messages
     */
    public void writeMessages(int amount) throws SQLException {
        MessageCounts counts = new MessageCounts();
        Violations violations = new Violations();
        StatisticsWriter writer = new StatisticsWriter(source, counts, violations);
        long begin = now + Duration.ofDays(2).toMillis();
        int writings = HOURS_OF_A_DAY * WRITINGS_OF_AN_HOUR;
        for (int writing = 0, message = 0; writing < writings; writing++) {
            long millis = begin + (long) writing * MILLIS_OF_AN_HOUR / WRITINGS_OF_AN_HOUR;
            for (; message < (long) amount * (writing + 1) / writings; message++) {
                if (message % 100 == 0) {
                    counts.count(Outcome.REFUSED, Content.PLAINTEXT, Set.of());
                    violations.note(roomJid(skewed(ROOMS, 4)), accountJid(skewed(ACCOUNTS, 3)), FIRST_FINDING,
                        Violation.Action.REFUSED, millis);
                } else {
                    counts.count(Outcome.REWRITTEN, Content.ENCRYPTED, EnumSet.of(Family.values()[message % 3]));
                }
            }
            writer.write(millis, true);
        }
    }
}

package org.igniterealtime.openfire.plugin.omemo.store;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.igniterealtime.openfire.plugin.omemo.protocol.Family;
import org.igniterealtime.openfire.plugin.omemo.stats.Content;
import org.igniterealtime.openfire.plugin.omemo.stats.DeviceFacts;
import org.igniterealtime.openfire.plugin.omemo.stats.MessageCounts;
import org.igniterealtime.openfire.plugin.omemo.stats.Outcome;
import org.igniterealtime.openfire.plugin.omemo.stats.Sightings.Sighting;
import org.igniterealtime.openfire.plugin.omemo.stats.Violation;
import org.igniterealtime.openfire.plugin.omemo.stats.Violations;

/**
 * Rows as a large server would have them after two years: of 10,000 accounts, 30,000 devices and 5,000 rooms. All is written
 * by the plugin's own tables. The same on every run, but for the time.
 */
public final class GeneratedRecords {

    public static final int ACCOUNTS = 10_000;
    public static final int DEVICES = 30_000;
    public static final int ROOMS = 5_000;
    public static final int FINDINGS = 20;

    /** As many devices were replaced once: their identity keys took the place of others. */
    private static final int CHANGED_EVERY = 20;
    private static final int REMOVED_EVERY = 10;
    private static final int FOUND_EVERY = 9;
    private static final int UNSEEN_EVERY = 4;
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
     * Writes devices with their identity keys, as if each account had been looked at two or three times.
     *
     * @param fingerprints of all devices, by families
     * @throws IOException if the database cannot be used
     */
    public void writeDevices(Map<Family, String> fingerprints) throws IOException {
        DeviceTable table = new DeviceTable(source);
        Map<Integer, List<Device>> byAccount = new TreeMap<>();
        devices().forEach(device -> byAccount.computeIfAbsent(device.account, account -> new ArrayList<>()).add(device));
        List<Sighting> seen = new ArrayList<>();
        for (var account : byAccount.entrySet()) {
            String jid = accountJid(account.getKey());
            List<Device> devices = account.getValue();
            long first = past(400);
            long published = first + (long) (random.nextDouble() * (now - first));
            List<DeviceFacts.Published> before = devices.stream().filter(device -> device.id % CHANGED_EVERY == 0)
                .map(device -> published(device, String.format("%064x", device.id), first)).toList();
            table.write(facts(jid, devices, before, first));
            table.write(facts(jid, devices, devices.stream()
                .map(device -> published(device, fingerprints.get(device.family), published)).toList(), published));
            for (Device device : devices) {
                if (device.id % UNSEEN_EVERY != 0) {
                    seen.add(new Sighting(jid, device.family.label(), device.id, first + (long) (random.nextDouble() * (now - first))));
                }
            }
            if (devices.stream().anyMatch(device -> !device.listed)) {
                table.write(facts(jid, devices.stream().filter(Device::listed).toList(), List.of(), published));
            }
        }
        for (int i = 0; i < seen.size(); i += AT_ONCE) {
            table.seen(seen.subList(i, Math.min(seen.size(), i + AT_ONCE)));
        }
    }

    private static DeviceFacts.Published published(Device device, String fingerprint, long millis) {
        return new DeviceFacts.Published(device.family.label(), device.id, fingerprint, device.id % FOUND_EVERY != 0, millis);
    }

    private static DeviceFacts facts(String account, List<Device> listed, List<DeviceFacts.Published> published, long millis) {
        return new DeviceFacts(account, Arrays.stream(Family.values()).map(Family::label).collect(Collectors.toSet()),
            listed.stream().map(device -> new DeviceFacts.Listed(device.family.label(), device.id,
                device.family == Family.LEGACY ? Optional.empty() : Optional.of(label(device.id)))).toList(), published, millis);
    }

    private long past(int days) {
        return now - (long) (random.nextDouble() * Duration.ofDays(days).toMillis());
    }

    /** Writes about so many violations, of the last 90 days. Some rooms and senders are far busier than others. */
    public void writeViolations(int amount) throws SQLException {
        Violations violations = new Violations();
        StatisticsWriter writer = new StatisticsWriter(source, new MessageCounts(), violations);
        int hours = DAYS_OF_VIOLATIONS * HOURS_OF_A_DAY;
        long begin = now - (long) hours * MILLIS_OF_AN_HOUR;
        for (int hour = 0, row = 0; hour < hours; hour++) {
            long start = begin + (long) hour * MILLIS_OF_AN_HOUR;
            for (; row < (long) amount * (hour + 1) / hours; row++) {
                String room = roomJid(skewed(ROOMS, 4));
                String sender = accountJid(skewed(ACCOUNTS, 3));
                int finding = FIRST_FINDING + skewed(FINDINGS, 3);
                Violation.Action action = Violation.Action.values()[skewed(Violation.Action.values().length, 2)];
                for (int times = random.nextInt(5); times >= 0; times--) {
                    violations.note(room, sender, finding, action, start + random.nextInt(MILLIS_OF_AN_HOUR));
                }
            }
            writer.write(start + MILLIS_OF_AN_HOUR, false);
        }
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

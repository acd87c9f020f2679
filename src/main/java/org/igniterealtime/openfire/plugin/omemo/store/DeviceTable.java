package org.igniterealtime.openfire.plugin.omemo.store;

import static org.igniterealtime.openfire.plugin.omemo.store.Statements.change;

import org.igniterealtime.openfire.plugin.omemo.stats.DeviceFacts;
import org.igniterealtime.openfire.plugin.omemo.stats.IdentityChange;
import org.igniterealtime.openfire.plugin.omemo.stats.Sightings.Sighting;
import org.igniterealtime.openfire.plugin.omemo.stats.Unanswered;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;

/** Writes the devices of accounts. Only what is on a list becomes a row; a row outlasts its place on the list. */
public final class DeviceTable {

    /** Rows of one account. */
    static final int MOST_OF_AN_ACCOUNT = 300;

    private static final String DEVICE = " WHERE accountKey=? AND familyLabel=? AND deviceId=?";
    /** Where counting ends. */
    private static final int MOST_UNANSWERED = 1_000_000;

    private static final int LISTED = 1;
    private static final int REMOVED = 0;

    private final ConnectionSource source;

    public DeviceTable(ConnectionSource source) {
        this.source = source;
    }

    private record Place(String family, int deviceId) {
    }

    private record Row(String label, String fingerprint, boolean listed) {
        Row withFingerprint(String other) {
            return new Row(label, other, listed);
        }
    }

    /**
     * What came of writing.
     *
     * @param changes  identity keys that took the place of others
     * @param unlisted what was published for devices on no list: nothing of it was written
     */
    public record Written(List<IdentityChange> changes, List<DeviceFacts.Published> unlisted) {
    }

    /**
     * Writes what is known of an account, all or nothing. What is as it was is not written again.
     *
     * @throws IOException if the database cannot be used
     */
    public Written write(DeviceFacts facts) throws IOException {
        try {
            return Attempts.run(source, connection -> write(connection, facts));
        } catch (SQLException e) {
            throw new IOException("Devices cannot be written", e);
        }
    }

    private static Written write(Connection connection, DeviceFacts facts) throws SQLException {
        String key = StoredText.key(facts.account());
        Map<Place, Row> rows = rows(connection, key);
        Set<Place> listed = new HashSet<>();
        for (DeviceFacts.Listed device : facts.listed()) {
            Place place = new Place(device.family(), device.deviceId());
            listed.add(place);
            list(connection, key, place, device, facts, rows);
        }
        for (var row : rows.entrySet()) {
            boolean isKnown = facts.families().contains(row.getKey().family);
            if (row.getValue().listed && isKnown && !listed.contains(row.getKey())) {
                change(connection, "UPDATE ofOmemoDevice SET listed=?" + DEVICE, REMOVED, key, row.getKey().family,
                    row.getKey().deviceId);
                row.setValue(new Row(row.getValue().label, row.getValue().fingerprint, false));
            }
        }
        List<IdentityChange> changes = new ArrayList<>();
        List<DeviceFacts.Published> unlisted = new ArrayList<>();
        for (DeviceFacts.Published published : facts.published()) {
            Place place = new Place(published.family(), published.deviceId());
            Row row = rows.get(place);
            if (row == null || !row.listed) {
                unlisted.add(published);
            } else if (published.isNew() || !published.fingerprint().equals(row.fingerprint)) {
                publish(connection, key, facts, published, row, changes);
                rows.put(place, row.withFingerprint(published.fingerprint()));
            }
        }
        return new Written(changes, unlisted);
    }

    private static Map<Place, Row> rows(Connection connection, String key) throws SQLException {
        Map<Place, Row> rows = new HashMap<>();
        Statements.select(connection, 0, row -> rows.put(new Place(row.getString(1), row.getInt(2)),
            new Row(row.getString(3), row.getString(4), row.getInt(5) == LISTED)),
            "SELECT familyLabel, deviceId, deviceLabel, fingerprint, listed FROM ofOmemoDevice WHERE accountKey=?", key);
        return rows;
    }

    private static void list(Connection connection, String key, Place place, DeviceFacts.Listed device,
                             DeviceFacts facts, Map<Place, Row> rows) throws SQLException {
        String label = device.label().map(StoredText::shown).filter(text -> !text.isEmpty()).orElse(null);
        Object stored = label == null ? Statements.NO_TEXT : label;
        Row row = rows.get(place);
        if (row == null) {
            if (rows.size() < MOST_OF_AN_ACCOUNT) {
                change(connection, "INSERT INTO ofOmemoDevice (accountKey, familyLabel, deviceId, account, deviceLabel,"
                    + " listed, firstSeen, unanswered) VALUES (?, ?, ?, ?, ?, ?, ?, 0)", key, place.family, place.deviceId,
                    StoredText.shown(facts.account()), stored, LISTED, facts.millis());
                rows.put(place, new Row(label, null, true));
            }
        } else if (!row.listed || !Objects.equals(row.label, label)) {
            change(connection, "UPDATE ofOmemoDevice SET listed=?, deviceLabel=?" + DEVICE, LISTED, stored, key, place.family,
                place.deviceId);
            rows.put(place, new Row(label, row.fingerprint, true));
        }
    }

    private static void publish(Connection connection, String key, DeviceFacts facts, DeviceFacts.Published published,
                                Row row, List<IdentityChange> changes) throws SQLException {
        String family = published.family();
        int device = published.deviceId();
        String fingerprint = published.fingerprint();
        change(connection, "UPDATE ofOmemoDevice SET fingerprint=?" + DEVICE, fingerprint, key, family, device);
        if (published.isNew()) {
            change(connection, "UPDATE ofOmemoDevice SET lastPublished=?, unanswered=0" + DEVICE
                + " AND (lastPublished IS NULL OR lastPublished<?)", published.millis(), key, family, device, published.millis());
        }
        boolean changed = row.fingerprint != null && !row.fingerprint.equals(fingerprint);
        IdentityTable.note(connection, key, StoredText.shown(facts.account()), published,
            changed ? row.fingerprint : null);
        if (changed) {
            changes.add(new IdentityChange(facts.account(), published.family(), device, row.fingerprint, fingerprint));
        }
    }

    /**
     * Writes when devices were seen, all or nothing; those that are on no list are left out.
     *
     * @throws IOException if the database cannot be used
     */
    public void seen(List<Sighting> sightings) throws IOException {
        writeAll(sightings, Sighting::account, (connection, key, seen) ->
            change(connection, "UPDATE ofOmemoDevice SET lastSeen=?, unanswered=0" + DEVICE
                + " AND listed=? AND (lastSeen IS NULL OR lastSeen<=?)", seen.millis(), key, seen.family(), seen.deviceId(),
                LISTED, seen.millis()));
    }

    /**
     * Adds how many messages were sent to devices, all or nothing; those that are on no list are left out.
     *
     * @throws IOException if the database cannot be used
     */
    public void unanswered(List<Unanswered.Count> counts) throws IOException {
        writeAll(counts, Unanswered.Count::account, (connection, key, count) ->
            change(connection, "UPDATE ofOmemoDevice SET unanswered=unanswered+?" + DEVICE + " AND listed=? AND unanswered<?",
                Math.min(count.amount(), MOST_UNANSWERED), key, count.family(), count.deviceId(), LISTED, MOST_UNANSWERED));
    }

    private interface RowWriter<T> {
        void write(Connection connection, String key, T row) throws SQLException;
    }

    private <T> void writeAll(List<T> rows, Function<T, String> account, RowWriter<T> writer) throws IOException {
        record Keyed<T>(String key, T row) {
        }
        // In one order on all nodes, so that none waits for another that waits for it.
        List<Keyed<T>> sorted = rows.stream().map(row -> new Keyed<>(StoredText.key(account.apply(row)), row))
            .sorted((one, other) -> one.key.compareTo(other.key)).toList();
        try {
            Attempts.run(source, connection -> {
                for (Keyed<T> keyed : sorted) {
                    writer.write(connection, keyed.key, keyed.row);
                }
                return rows;
            });
        } catch (SQLException e) {
            throw new IOException("Devices cannot be written", e);
        }
    }

    /**
     * When the devices of an account were last seen sending, in whatever family; without those that never were.
     *
     * @param account the bare JID in its normal spelling
     * @throws IOException if the database cannot be used
     */
    public Map<Integer, Instant> lastSeen(String account) throws IOException {
        Map<Integer, Instant> seen = new HashMap<>();
        try (Connection connection = source.open()) {
            Statements.select(connection, 0, row -> seen.put(row.getInt(1), Instant.ofEpochMilli(row.getLong(2))),
                "SELECT deviceId, MAX(lastSeen) FROM ofOmemoDevice WHERE accountKey=? AND lastSeen IS NOT NULL"
                    + " GROUP BY deviceId", StoredText.key(account));
            return seen;
        } catch (SQLException e) {
            throw new IOException("Devices cannot be read", e);
        }
    }

    /**
     * Forgets the devices of an account and their keys.
     *
     * @param account the bare JID in its normal spelling
     * @throws IOException if the database cannot be used
     */
    public void forget(String account) throws IOException {
        try {
            Transaction.run(source, connection -> change(connection, "DELETE FROM ofOmemoDevice WHERE accountKey=?",
                    StoredText.key(account))
                + change(connection, "DELETE FROM ofOmemoIdentity WHERE accountKey=?", StoredText.key(account)));
        } catch (SQLException e) {
            throw new IOException("Devices cannot be forgotten", e);
        }
    }

    /** Forgets all devices and their keys, an account at a time. */
    void forgetAll() throws SQLException {
        for (String table : List.of("ofOmemoDevice", "ofOmemoIdentity")) {
            List<String> accounts = Transaction.run(source, connection -> Statements.select(connection, 0,
                row -> row.getString(1), "SELECT DISTINCT accountKey FROM " + table));
            for (String account : accounts) {
                Transaction.run(source, connection ->
                    change(connection, "DELETE FROM " + table + " WHERE accountKey=?", account));
            }
        }
    }

    /** Forgets devices that are on no list and of which there was no sign since, with their keys, an account at a time. */
    void forgetRemoved(long before) throws SQLException {
        String old = "listed=? AND firstSeen<? AND (lastSeen IS NULL OR lastSeen<?) AND (lastPublished IS NULL OR lastPublished<?)";
        record Old(String account, String family, int deviceId) {
        }
        List<Old> devices = Transaction.run(source, connection -> Statements.select(connection, 0,
            row -> new Old(row.getString(1), row.getString(2), row.getInt(3)),
            "SELECT accountKey, familyLabel, deviceId FROM ofOmemoDevice WHERE " + old, REMOVED, before, before, before));
        for (Old device : devices) {
            Transaction.run(source, connection -> {
                int gone = change(connection, "DELETE FROM ofOmemoDevice" + DEVICE + " AND " + old, device.account,
                    device.family, device.deviceId, REMOVED, before, before, before);
                return gone == 0 ? 0 : change(connection, "DELETE FROM ofOmemoIdentity" + DEVICE, device.account,
                    device.family, device.deviceId);
            });
        }
    }
}

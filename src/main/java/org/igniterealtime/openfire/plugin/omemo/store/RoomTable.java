package org.igniterealtime.openfire.plugin.omemo.store;

import static org.igniterealtime.openfire.plugin.omemo.store.Statements.change;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.igniterealtime.openfire.plugin.omemo.stats.ViolationCount;

/** When a violation occurred last in each room, a row for a room. Any number of nodes may write the same row. */
public final class RoomTable {

    /** So many rooms are asked for by name; for more of them, those of late are read. */
    static final int MOST_NAMED = 100;

    /** Rooms that are read at most. */
    static final int MOST_ROOMS = 20_000;

    private final ConnectionSource source;

    public RoomTable(ConnectionSource source) {
        this.source = source;
    }

    /** In one order on all nodes, so that none waits for another that waits for it. */
    static void note(Connection connection, List<ViolationCount> counts) throws SQLException {
        SortedMap<String, Long> rooms = new TreeMap<>();
        counts.stream().filter(count -> !count.violation().room().isEmpty())
            .forEach(count -> rooms.merge(StoredText.key(count.violation().room()), count.last(), Math::max));
        for (Map.Entry<String, Long> room : rooms.entrySet()) {
            if (Statements.select(connection, 1, row -> row.getLong(1),
                    "SELECT lastViolation FROM ofOmemoRoom WHERE roomKey=?", room.getKey()).isEmpty()) {
                change(connection, "INSERT INTO ofOmemoRoom (roomKey, lastViolation) VALUES (?, ?)", room.getKey(), room.getValue());
            } else {
                change(connection, "UPDATE ofOmemoRoom SET lastViolation=? WHERE roomKey=? AND lastViolation<?",
                    room.getValue(), room.getKey(), room.getValue());
            }
        }
    }

    /**
     * When a violation occurred last in these rooms; without those in which none is known of. Of more than
     * {@link #MOST_ROOMS} rooms with violations, those of late are known.
     *
     * @param rooms bare JIDs in their normal spelling
     * @throws IOException if the database cannot be used
     */
    public Map<String, Instant> lastViolations(Collection<String> rooms) throws IOException {
        Map<String, String> named = new HashMap<>();
        rooms.forEach(room -> named.put(StoredText.key(room), room));
        Map<String, Instant> last = new HashMap<>();
        if (named.isEmpty()) {
            return last;
        }
        try (Connection connection = source.open()) {
            boolean few = named.size() <= MOST_NAMED;
            Statements.select(connection, MOST_ROOMS, row -> {
                String room = named.get(row.getString(1));
                return room == null ? null : last.put(room, Instant.ofEpochMilli(row.getLong(2)));
            }, "SELECT roomKey, lastViolation FROM ofOmemoRoom" + (few
                ? " WHERE roomKey IN (" + String.join(", ", Collections.nCopies(named.size(), "?")) + ")"
                : " ORDER BY lastViolation DESC" + RowLimit.clause(connection, MOST_ROOMS)),
                few ? named.keySet().toArray() : new Object[0]);
            return last;
        } catch (SQLException e) {
            throw new IOException("The rooms' last violations cannot be read", e);
        }
    }

    /** Forgets what was before, in milliseconds since 1970. */
    void forget(long before) throws SQLException {
        Transaction.run(source, connection -> change(connection, "DELETE FROM ofOmemoRoom WHERE lastViolation<?", before));
    }

    /** Forgets the rooms of which no violation is left. */
    void forgetWithoutViolations() throws SQLException {
        Transaction.run(source, connection -> change(connection, "DELETE FROM ofOmemoRoom WHERE NOT EXISTS"
            + " (SELECT 1 FROM ofOmemoViolation WHERE ofOmemoViolation.roomKey=ofOmemoRoom.roomKey)"));
    }
}

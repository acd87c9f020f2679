package org.igniterealtime.openfire.plugin.omemo.bot;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.igniterealtime.openfire.plugin.omemo.core.store.Records;
import org.igniterealtime.openfire.plugin.omemo.protocol.BareJid;

/** The rooms that a bot was invited to, kept until it is thrown out. Used on the bot's lane only. */
final class BotRooms {

    /**
     * What is kept of a room.
     *
     * @param introduced whether the bot has said there what it is
     * @param by who has invited it
     * @param password that it was invited with
     */
    record Entry(boolean introduced, BareJid by, Optional<String> password) {

        private static final String INTRODUCED = "introduced";
        private static final String INVITED = "invited";
        private static final int LINES = 3;

        Entry asIntroduced() {
            return new Entry(true, by, password);
        }

        /** Without the password. */
        @Override
        public String toString() {
            return "by " + by + (introduced ? ", introduced" : "");
        }

        byte[] toBytes() {
            String text = (introduced ? INTRODUCED : INVITED) + "\n" + by + "\n" + password.orElse("");
            return text.getBytes(StandardCharsets.UTF_8);
        }

        /** Empty if it is none. */
        static Optional<Entry> of(byte[] bytes) {
            String[] lines = new String(bytes, StandardCharsets.UTF_8).split("\n", LINES);
            return lines.length < LINES ? Optional.empty() : BareJid.of(lines[1]).map(by -> new Entry(
                lines[0].equals(INTRODUCED), by, Optional.of(lines[2]).filter(word -> !word.isEmpty())));
        }
    }

    private final Records records;
    private final Map<BareJid, Entry> rooms = new LinkedHashMap<>();

    /** @throws IOException if they cannot be read */
    BotRooms(Records records) throws IOException {
        this.records = records;
        records.read().forEach((name, bytes) -> BareJid.of(name).ifPresent(room ->
            Entry.of(bytes).ifPresent(entry -> rooms.put(room, entry))));
    }

    Map<BareJid, Entry> all() {
        return Map.copyOf(rooms);
    }

    Optional<Entry> get(BareJid room) {
        return Optional.ofNullable(rooms.get(room));
    }

    void put(BareJid room, Entry entry) {
        records.write(Map.of(room.toString(), Optional.of(entry.toBytes())));
        rooms.put(room, entry);
    }

    void remove(BareJid room) {
        if (rooms.containsKey(room)) {
            records.write(Map.of(room.toString(), Optional.empty()));
            rooms.remove(room);
        }
    }
}

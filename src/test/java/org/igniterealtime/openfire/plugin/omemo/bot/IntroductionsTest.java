package org.igniterealtime.openfire.plugin.omemo.bot;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.igniterealtime.openfire.plugin.omemo.core.store.Records;
import org.igniterealtime.openfire.plugin.omemo.protocol.BareJid;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A bot says what it is until a person could read it. */
class IntroductionsTest {

    private static final BareJid ROOM = jid("room@conference.example.org");
    private static final BareJid ALICE = jid("alice@example.org");
    private static final BareJid CANARY = jid("canary@bots.example.org");

    private final List<Consumer<Sent>> written = new ArrayList<>();
    private Instant now = Instant.parse("2026-11-24T12:00:00Z");
    private BotRooms rooms;
    private Introductions introductions;

    private static BareJid jid(String text) {
        return BareJid.of(text).orElseThrow();
    }

    @BeforeEach
    void enter() throws IOException {
        rooms = new BotRooms(new Kept());
        rooms.put(ROOM, new BotRooms.Entry(false, ALICE, Optional.empty()));
        introductions = new Introductions(rooms, "I do nothing.", () -> now,
            account -> account.domain().equals("bots.example.org"), (talk, content, then) -> written.add(then));
    }

    private void reach(BareJid... accounts) {
        written.get(written.size() - 1).accept(new Sent.Out("1", Set.of(accounts), Map.of()));
    }

    @Test
    void onceAPersonCouldReadItIsDone() {
        introductions.make(ROOM);
        reach(CANARY, ALICE);

        assertThat(rooms.get(ROOM).orElseThrow().introduced()).isTrue();
        introductions.make(ROOM);
        assertThat(written).hasSize(1);
    }

    @Test
    void otherBotsAreNobody() {
        introductions.make(ROOM);
        reach(CANARY);

        assertThat(rooms.get(ROOM).orElseThrow().introduced()).isFalse();
    }

    @Test
    void itIsTriedAgainAfterAWhile() {
        introductions.make(ROOM);
        written.get(0).accept(new Sent.Not("nobody-to-read", Map.of()));

        introductions.makeAgain(ROOM);
        assertThat(written).hasSize(1);
        now = now.plus(Duration.ofMinutes(1));
        introductions.makeAgain(ROOM);
        assertThat(written).hasSize(2);
    }

    @Test
    void oneAtATimeIsEnough() {
        introductions.make(ROOM);
        introductions.make(ROOM);

        assertThat(written).hasSize(1);
    }

    private static final class Kept implements Records {

        private final Map<String, byte[]> records = new HashMap<>();

        @Override
        public Map<String, byte[]> read() {
            return records;
        }

        @Override
        public void write(Map<String, Optional<byte[]>> changes) {
            changes.forEach((name, bytes) -> records.put(name, bytes.orElseThrow()));
        }
    }
}

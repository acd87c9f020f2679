package org.igniterealtime.openfire.plugin.omemo.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.igniterealtime.openfire.plugin.omemo.server.FakeRooms.ROOM;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.igniterealtime.openfire.plugin.omemo.keys.Readiness;
import org.igniterealtime.openfire.plugin.omemo.keys.Readiness.State;
import org.igniterealtime.openfire.plugin.omemo.policy.Policy;
import org.igniterealtime.openfire.plugin.omemo.policy.PolicyBook;
import org.igniterealtime.openfire.plugin.omemo.policy.PolicyText;
import org.igniterealtime.openfire.plugin.omemo.protocol.BareJid;
import org.igniterealtime.openfire.plugin.omemo.protocol.Family;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.xmpp.packet.JID;
import org.xmpp.packet.Packet;

class EntryNotesTest {

    private static final JID BOB = new JID("bob@example.org/phone");
    private static final JID EVE = new JID("eve@remote.example/phone");

    /** Does what is due when the test says so. */
    private static final class StoppedClock extends ScheduledThreadPoolExecutor {

        private final List<Runnable> due = new ArrayList<>();

        StoppedClock() {
            super(1);
        }

        @Override
        public ScheduledFuture<?> schedule(Runnable command, long delay, TimeUnit unit) {
            due.add(command);
            return null;
        }

        void strike() {
            List<Runnable> now = List.copyOf(due);
            due.clear();
            now.forEach(Runnable::run);
        }
    }

    private final FakeRooms rooms = new FakeRooms();
    private final StoppedClock clock = new StoppedClock();
    private final Map<BareJid, Readiness> readiness = new HashMap<>();
    private final List<Packet> sent = new ArrayList<>();
    private Policy policy;
    private final EntryNotes notes = new EntryNotes(
        () -> new PolicyBook(Map.of(ROOM.toString(), policy), List.of(), Map.of(), Policy.OFF), rooms,
        account -> account.domain().equals("example.org"), account -> Optional.ofNullable(readiness.get(account)),
        reader -> Locale.GERMAN, sent::add, clock);

    EntryNotesTest() throws Exception {
        policy = PolicyText.parse("enforce");
        rooms.people.put(ROOM, FakeRooms.room(List.of("alice"), List.of("bob"), BOB.toString(), EVE.toString()));
        know(BOB, State.NO_DEVICE);
        know(EVE, State.NO_DEVICE);
    }

    private void know(JID user, State state) {
        readiness.put(BareJid.of(user.toBareJID()).orElseThrow(), new Readiness(Arrays.stream(Family.values())
            .collect(Collectors.toMap(Function.identity(), family -> state)), Map.of()));
    }

    @AfterEach
    void close() {
        notes.close();
    }

    @Test
    void tellsTheOneSessionThatEnteredAfterAWhileInItsLanguage() {
        notes.entered(ROOM, BOB);
        assertThat(sent).isEmpty();

        clock.strike();

        assertThat(sent).singleElement().satisfies(note -> {
            assertThat(note.getFrom()).isEqualTo(ROOM);
            assertThat(note.getTo()).isEqualTo(BOB);
            assertThat(note.toXML()).contains("type=\"groupchat\"", "keines deiner Geräte", "legacy, 0.4, 0.8+", "no-store");
        });
    }

    @Test
    void tellsItOnce() {
        for (int i = 0; i < 3; i++) {
            notes.entered(ROOM, BOB);
            notes.entered(ROOM, new JID("bob@example.org/desk"));
            clock.strike();
        }

        assertThat(sent).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(State.class)
    void tellsOnlyWhoHasNothingThatOthersCouldWriteTo(State state) {
        know(BOB, state);

        notes.entered(ROOM, BOB);
        clock.strike();

        assertThat(sent).hasSize(state == State.NO_DEVICE || state == State.BROKEN ? 1 : 0);
    }

    @Test
    void looksAgainAtWhatIsNotKnownAndGivesUp() {
        Readiness later = readiness.remove(BareJid.of("bob@example.org").orElseThrow());
        notes.entered(ROOM, BOB);
        clock.strike();
        readiness.put(BareJid.of("bob@example.org").orElseThrow(), later);
        clock.strike();
        assertThat(sent).hasSize(1);

        readiness.clear();
        notes.entered(ROOM, new JID("carol@example.org/phone"));
        rooms.people.put(ROOM, FakeRooms.room(List.of(), List.of(), "carol@example.org/phone"));
        for (int i = 0; i < 3; i++) {
            assertThat(clock.due).hasSize(1);
            clock.strike();
        }
        assertThat(clock.due).isEmpty();
        assertThat(sent).hasSize(1);
    }

    @Test
    void tellsNobodyOfAnotherServer() {
        notes.entered(ROOM, EVE);

        assertThat(clock.due).isEmpty();
    }

    @Test
    void tellsNobodyWhoHasLeftMeanwhile() {
        notes.entered(ROOM, BOB);
        rooms.people.put(ROOM, FakeRooms.room(List.of("alice"), List.of("bob")));

        clock.strike();

        assertThat(sent).isEmpty();
        assertThat(clock.due).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"off", "observe", "warn", "enforce; exempt=jid:bob@example.org"})
    void tellsNobodyWhoMayWriteAllTheSame(String text) throws Exception {
        policy = PolicyText.parse(text);

        notes.entered(ROOM, BOB);
        clock.strike();

        assertThat(sent).isEmpty();
    }

    @Test
    void doesNotChokeOnCrowdsNorOnRoomsThatCannotBeAsked() {
        rooms.failing.add(ROOM);
        for (int i = 0; i < 10_000; i++) {
            notes.entered(ROOM, new JID("user" + i + "@example.org/phone"));
        }
        assertThat(clock.due).hasSize(5_000);

        clock.strike();

        assertThat(clock.due).isEmpty();
        rooms.failing.clear();
        notes.entered(ROOM, BOB);
        clock.strike();
        assertThat(sent).as("whoever comes later is told").hasSize(1);
    }
}

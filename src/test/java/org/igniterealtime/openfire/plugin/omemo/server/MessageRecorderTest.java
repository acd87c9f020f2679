package org.igniterealtime.openfire.plugin.omemo.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.dom4j.io.XMPPPacketReader;
import org.igniterealtime.openfire.plugin.omemo.keys.Addressees;
import org.igniterealtime.openfire.plugin.omemo.policy.Affiliation;
import org.igniterealtime.openfire.plugin.omemo.policy.Finding;
import org.igniterealtime.openfire.plugin.omemo.policy.MessageJudge;
import org.igniterealtime.openfire.plugin.omemo.policy.Mode;
import org.igniterealtime.openfire.plugin.omemo.policy.Occupant;
import org.igniterealtime.openfire.plugin.omemo.policy.Policy;
import org.igniterealtime.openfire.plugin.omemo.policy.PolicyText;
import org.igniterealtime.openfire.plugin.omemo.policy.Role;
import org.igniterealtime.openfire.plugin.omemo.policy.Verdict;
import org.igniterealtime.openfire.plugin.omemo.protocol.Encrypted;
import org.igniterealtime.openfire.plugin.omemo.protocol.Family;
import org.igniterealtime.openfire.plugin.omemo.protocol.SampleCiphertext;
import org.igniterealtime.openfire.plugin.omemo.stats.Activity;
import org.igniterealtime.openfire.plugin.omemo.stats.MessageCounts;
import org.igniterealtime.openfire.plugin.omemo.stats.Sightings;
import org.igniterealtime.openfire.plugin.omemo.stats.Sightings.Sighting;
import org.igniterealtime.openfire.plugin.omemo.stats.Violation;
import org.igniterealtime.openfire.plugin.omemo.stats.Violation.Action;
import org.igniterealtime.openfire.plugin.omemo.stats.ViolationCount;
import org.igniterealtime.openfire.plugin.omemo.stats.Violations;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.xmpp.packet.JID;
import org.xmpp.packet.Message;

class MessageRecorderTest {

    private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");
    private static final String ROOM = "room@conference.example.org";
    private static final String PLAINTEXT = "<body>LEAK</body>";

    private final MessageCounts counts = new MessageCounts();
    private final Violations violations = new Violations();
    private final Sightings sightings = new Sightings();
    private final MessageRecorder recorder = new MessageRecorder(counts, violations, sightings,
        jid -> jid.getDomain().equals("example.org"), InstantSource.fixed(NOW));
    private boolean inside = true;
    private String families = "legacy, 0.4, 0.8+";
    private String to = ROOM;
    private final List<String> told = new ArrayList<>();
    private JID sender;

    @BeforeEach
    void keepPersons() {
        recorder.keep(Activity.ROOMS);
        recorder.tell(new DeliveryWatch() {
            @Override
            public void toRoom(JID room, JID from, List<Addressees> message) {
                note("room " + room, from, message);
            }

            @Override
            public void toOccupant(JID room, JID from, List<Addressees> message) {
                note("occupant " + room, from, message);
            }

            @Override
            public void toUser(JID user, JID from, List<Addressees> message) {
                note("user " + user, from, message);
            }

            @Override
            public void clear() {
                told.add("clear");
            }

            private void note(String to, JID from, List<Addressees> message) {
                sender = from;
                told.add(to + message.stream().map(one -> " " + one.family().label() + " " + one.sid())
                    .collect(Collectors.joining()));
            }
        });
    }

    private static String encrypted(Family family, String sid) {
        String key = family == Family.LEGACY ? SampleCiphertext.legacyKey(1) : SampleCiphertext.key(1);
        return "<encrypted xmlns='" + family.namespace() + "'><header sid='" + sid + "'>"
            + (family == Family.LEGACY ? "<key rid='5'>" + key + "</key><iv>AAAAAAAAAAAAAAAA</iv>"
                : "<keys jid='bob@example.org'><key rid='5'>" + key + "</key></keys>")
            + "</header><payload>" + SampleCiphertext.payload(16, 2) + "</payload></encrypted>";
    }

    private Message message(String content) throws Exception {
        return new Message(new XMPPPacketReader().read(new StringReader("<message type='" + (to.equals(ROOM) ? "groupchat" : "chat") + "' id='1' to='" + to
            + "' from='alice@example.org/phone'>" + content + "</message>")).getRootElement());
    }

    private void pass(Mode mode, String content) throws Exception {
        Message message = message(content);
        PacketSender sender = new PacketSender(message, null, new Rooms() {
            @Override
            public boolean serves(String domain) {
                return true;
            }

            @Override
            public Optional<Occupant> occupant(JID room, JID fullJid) {
                return inside ? Optional.of(new Occupant(Affiliation.MEMBER, Role.PARTICIPANT)) : Optional.empty();
            }

            @Override
            public List<Finding> requirementFindings(JID room) {
                return List.of();
            }

            @Override
            public Optional<RoomConfiguration> configuration(JID room) {
                throw new UnsupportedOperationException();
            }

            @Override
            public Optional<RoomPeople> people(JID room) {
                return Optional.empty();
            }
        });
        Policy policy = PolicyText.parse(mode.name().toLowerCase(Locale.ROOT) + "; families=" + families);
        List<Encrypted> encrypted = new ArrayList<>();
        Verdict verdict = MessageJudge.judge(message.getElement(), message.getTo().getResource() != null, policy, sender,
            new RoomAudience(message, new RoomRolls(sender.rooms()), Optional::empty), encrypted::add);
        recorder.judged(message, policy, verdict, sender, encrypted);
    }

    @ParameterizedTest
    @CsvSource({"ENFORCE,refused,REFUSED", "WARN,let-through,WARNED", "OBSERVE,let-through,OBSERVED"})
    void plaintextIsAViolationInEachMode(Mode mode, String outcome, Action action) throws Exception {
        pass(mode, PLAINTEXT);
        assertThat(counts.drain()).isEqualTo(Map.of(outcome + ".plaintext", 1L));
        assertThat(violations.drain(NOW.toEpochMilli())).containsExactly(new ViolationCount(new Violation(
            Violations.hour(NOW.toEpochMilli()), ROOM, "alice@example.org", 101, action), 1, NOW.toEpochMilli(), NOW.toEpochMilli()));
        assertThat(sightings.drain(9)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void anEncryptedMessageShowsItsFamilyAndItsDevice(Family family) throws Exception {
        pass(Mode.OBSERVE, encrypted(family, "31415"));
        assertThat(counts.drain()).isEqualTo(Map.of("passed.encrypted", 1L, "family." + family.label(), 1L));
        assertThat(sightings.drain(9)).containsExactly(
            new Sighting("alice@example.org", family.label(), 31415, NOW.toEpochMilli()));
        assertThat(violations.drain(NOW.toEpochMilli())).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(value = Mode.class, names = "OFF", mode = EnumSource.Mode.EXCLUDE)
    void whatIsOnlyObservedIsNotedInEveryMode(Mode mode) throws Exception {
        pass(mode, encrypted(Family.OMEMO_2, "1").replaceFirst("<key rid='5'>.*?</key>", "<key rid='5'>" + "A".repeat(200) + "</key>"));
        assertThat(counts.drain()).doesNotContainKey("refused.encrypted");
        assertThat(violations.drain(NOW.toEpochMilli())).singleElement().satisfies(count -> {
            assertThat(count.violation().finding()).isEqualTo(210);
            assertThat(count.violation().action()).isEqualTo(Action.NOTED);
        });
    }

    @Test
    void aMessageOfSeveralFamiliesCountsOnceAndForEachOfThem() throws Exception {
        pass(Mode.OBSERVE, encrypted(Family.OMEMO_1, "1") + encrypted(Family.LEGACY, "2"));
        assertThat(counts.drain()).isEqualTo(Map.of("passed.encrypted", 1L, "family.0.4", 1L, "family.legacy", 1L));
        assertThat(sightings.drain(9)).hasSize(2);
    }

    @Test
    void whatIsTakenOutIsAViolationOfWhoeverIsInTheRoom() throws Exception {
        String content = encrypted(Family.OMEMO_1, "1") + "<x xmlns='urn:example:leak'/>";
        pass(Mode.ENFORCE, content);
        assertThat(counts.drain()).containsEntry("rewritten.encrypted", 1L);
        assertThat(violations.drain(NOW.toEpochMilli())).singleElement()
            .satisfies(count -> assertThat(count.violation().action()).isEqualTo(Action.REMOVED));
        inside = false;
        pass(Mode.ENFORCE, content);
        pass(Mode.ENFORCE, PLAINTEXT);
        assertThat(violations.drain(NOW.toEpochMilli())).isEmpty();
    }

    @Test
    void aRefusedMessageShowsNoDeviceAndNoFamily() throws Exception {
        pass(Mode.ENFORCE, encrypted(Family.OMEMO_1, "0"));
        assertThat(counts.drain()).isEqualTo(Map.of("refused.encrypted", 1L));
        assertThat(sightings.drain(9)).isEmpty();
    }

    @Test
    void withoutPersonsOnlyRoomsAreKept() throws Exception {
        recorder.keep(Activity.OFF);
        pass(Mode.OBSERVE, PLAINTEXT);
        pass(Mode.OBSERVE, encrypted(Family.OMEMO_1, "1"));
        assertThat(violations.drain(NOW.toEpochMilli())).singleElement()
            .satisfies(count -> assertThat(count.violation().sender()).isEmpty());
        assertThat(sightings.drain(9)).isEmpty();
        assertThat(counts.drain()).hasSize(3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "-1", "2147483648", "99999999999999999999999", "1a", "\u0661"})
    void whatIsNoDeviceIdIsNotSeen(String sid) throws Exception {
        recorder.keep(Activity.ROOMS_AND_DIRECT);
        recorder.direct(message(encrypted(Family.OMEMO_1, sid)));
        assertThat(sightings.drain(9)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void messagesToUsersAreLookedAtOnlyWhereThatIsSwitchedOn(Activity activity) throws Exception {
        recorder.keep(activity);
        recorder.direct(message(encrypted(Family.OMEMO_1, "2147483647")));
        assertThat(sightings.drain(9)).hasSize(activity == Activity.ROOMS_AND_DIRECT ? 1 : 0);
    }

    /** Of others there is no list. */
    @Test
    void usersOfOtherServersAreNotSeen() throws Exception {
        recorder.keep(Activity.ROOMS_AND_DIRECT);
        Message message = message(encrypted(Family.OMEMO_1, "1"));
        message.setFrom("mallory@elsewhere.example/x");
        recorder.direct(message);
        assertThat(sightings.drain(9)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(value = Mode.class, mode = EnumSource.Mode.EXCLUDE, names = "OFF")
    void whatIsDeliveredToARoomIsTold(Mode mode) throws Exception {
        families = "0.4, 0.8+";
        pass(mode, encrypted(Family.LEGACY, "1") + encrypted(Family.OMEMO_1, "2") + encrypted(Family.OMEMO_2, "0"));
        pass(mode, encrypted(Family.LEGACY, "1") + encrypted(Family.OMEMO_1, "2") + encrypted(Family.OMEMO_2, "3"));
        pass(mode, PLAINTEXT);
        to = ROOM + "/bob";
        pass(mode, encrypted(Family.OMEMO_1, "2"));
        assertThat(sender).hasToString("alice@example.org/phone");
        assertThat(told).containsExactlyElementsOf(mode == Mode.ENFORCE
            ? List.of("room " + ROOM + " 0.4 2 0.8+ 3", "occupant " + to + " 0.4 2")
            : List.of("room " + ROOM + " legacy 1 0.4 2", "room " + ROOM + " legacy 1 0.4 2 0.8+ 3", "occupant " + to + " 0.4 2"));
    }

    @ParameterizedTest
    @EnumSource
    void whatIsBetweenUsersIsToldOnlyWhereThatIsSwitchedOn(Activity activity) throws Exception {
        to = "bob@example.org";
        recorder.keep(activity);
        told.clear();
        recorder.direct(message(encrypted(Family.OMEMO_1, "2") + encrypted(Family.OMEMO_2, "0")
            + encrypted(Family.OMEMO_1, "3") + encrypted(Family.LEGACY, "4")));
        recorder.direct(message(PLAINTEXT));
        assertThat(told).isEqualTo(activity == Activity.ROOMS_AND_DIRECT
            ? List.of("user bob@example.org legacy 4 0.4 2") : List.of());
    }

    @Test
    void withoutPersonsNobodyIsToldAndAllIsForgotten() throws Exception {
        recorder.keep(Activity.OFF);
        pass(Mode.OBSERVE, encrypted(Family.OMEMO_1, "2"));
        assertThat(told).containsExactly("clear");
    }

    @Test
    void aFailureOfTheRecorderIsNoFailureOfTheVerdict() throws Exception {
        MessageRecorder failing = new MessageRecorder(counts, violations, sightings, jid -> {
            throw new IllegalStateException();
        }, InstantSource.fixed(NOW));
        failing.keep(Activity.ROOMS_AND_DIRECT);
        Message message = message(encrypted(Family.OMEMO_1, "1"));
        failing.judged(message, Policy.of(Mode.ENFORCE), Verdict.PASS, new PacketSender(message, null, null), List.of());
        failing.direct(message);
    }
}

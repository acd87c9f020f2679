package org.igniterealtime.openfire.plugin.omemo.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.dom4j.io.XMPPPacketReader;
import org.igniterealtime.openfire.plugin.omemo.policy.Affiliation;
import org.igniterealtime.openfire.plugin.omemo.policy.Finding;
import org.igniterealtime.openfire.plugin.omemo.policy.MessageJudge;
import org.igniterealtime.openfire.plugin.omemo.policy.Mode;
import org.igniterealtime.openfire.plugin.omemo.policy.Occupant;
import org.igniterealtime.openfire.plugin.omemo.policy.Policy;
import org.igniterealtime.openfire.plugin.omemo.policy.Role;
import org.igniterealtime.openfire.plugin.omemo.policy.Verdict;
import org.igniterealtime.openfire.plugin.omemo.protocol.Encrypted;
import org.igniterealtime.openfire.plugin.omemo.protocol.Family;
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
    private static final String KEY = "A".repeat(200);
    private static final String PLAINTEXT = "<body>LEAK</body>";

    private final MessageCounts counts = new MessageCounts();
    private final Violations violations = new Violations();
    private final Sightings sightings = new Sightings();
    private final MessageRecorder recorder = new MessageRecorder(counts, violations, sightings,
        jid -> jid.getDomain().equals("example.org"), InstantSource.fixed(NOW));
    private boolean inside = true;

    @BeforeEach
    void keepPersons() {
        recorder.keep(Activity.ROOMS);
    }

    private static String encrypted(Family family, String sid) {
        return "<encrypted xmlns='" + family.namespace() + "'><header sid='" + sid + "'>"
            + (family == Family.LEGACY ? "<key rid='5'>" + KEY + "</key><iv>AAAAAAAAAAAAAAAA</iv>"
                : "<keys jid='bob@example.org'><key rid='5'>" + KEY + "</key></keys>")
            + "</header><payload>AAAAAAAAAAAAAAAAAAAAAA==</payload></encrypted>";
    }

    private static Message message(String content) throws Exception {
        return new Message(new XMPPPacketReader().read(new StringReader("<message type='groupchat' id='1' to='" + ROOM
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
        Policy policy = Policy.of(mode);
        List<Encrypted> encrypted = new ArrayList<>();
        Verdict verdict = MessageJudge.judge(message.getElement(), message.getTo().getResource() != null, policy, sender,
            encrypted::add);
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

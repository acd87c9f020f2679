package org.igniterealtime.openfire.plugin.omemo.core.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.Optional;
import org.igniterealtime.openfire.plugin.omemo.core.OmemoException.Reason;
import org.igniterealtime.openfire.plugin.omemo.core.profile.Profile;
import org.igniterealtime.openfire.plugin.omemo.core.store.Trust;
import org.igniterealtime.openfire.plugin.omemo.protocol.Encrypted;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Sessions that broke are replaced: by themselves under 0.4, otherwise by the user, and not for ever. */
class RecoveryTest extends TwoDevices {

    private static final RecoveryLimit LIMIT = TestDevice.SETTINGS.recoveryLimit();

    private static Outgoing recover(TestDevice device, TestDevice peer) {
        return device.device.recover(peer.address(), peer.device.bundle());
    }

    private static Outgoing startOver(TestDevice device, TestDevice peer) {
        return device.device.startOver(peer.address(), peer.device.bundle());
    }

    private void bobLosesHisSessions() {
        bob.restart(bob.contents(alice).withoutSessions());
    }

    /** A message of Alice's of which Bob knows as little as of one from a session that he lost in part. */
    private Encrypted unauthentic() {
        return altered(alice.send("unreadable", bob));
    }

    private void assertThatBothTalk() {
        for (int i = 0; i < 3; i++) {
            assertThat(bob.read(alice, alice.send("a" + i, bob))).isEqualTo("a" + i);
            assertThat(alice.read(bob, bob.send("b" + i, alice))).isEqualTo("b" + i);
        }
        assertThat(key(alice.send("no key exchange", bob)).keyExchange()).isFalse();
        assertThat(current(alice, bob)).isEqualTo(current(bob, alice));
    }

    @ParameterizedTest
    @EnumSource
    void aDeviceThatLostItsSessionsBeginsAnew(Profile profile) {
        talk(profile);
        bobLosesHisSessions();
        Incoming lost = bob.receive(alice, alice.send("lost", bob));
        assertThat(lost.outcome()).isEqualTo(new Outcome.Refused(Reason.NO_SESSION));
        assertThat(lost.needs()).containsExactly(Need.RECOVERY);
        Incoming recovery = alice.receive(bob, TestDevice.ready(recover(bob, alice)));
        assertThat(recovery.outcome()).isInstanceOf(Outcome.Empty.class);
        assertThat(recovery.needs()).containsExactlyInAnyOrder(Need.ANSWER, Need.PUBLISH_BUNDLE);
        assertThat(heartbeat(alice, bob).needs()).isEmpty();
        assertThatBothTalk();
    }

    /** Who waits for an answer takes the peer's key exchange for one: it may have come because the own was unreadable. */
    @ParameterizedTest
    @EnumSource
    void anUnansweredKeyExchangeGivesWayToTheirs(Profile profile) {
        meet(profile);
        alice.send("lost", bob);
        Encrypted keyExchange = TestDevice.ready(startOver(bob, alice));
        assertThat(alice.store.sessions(bob.address()).orElseThrow().current().unanswered()).isPresent();
        alice.receive(bob, keyExchange);
        Encrypted next = alice.send("read", bob);
        assertThat(key(next).keyExchange()).isFalse();
        assertThat(bob.read(alice, next)).isEqualTo("read");
        assertThatBothTalk();
    }

    /** What Alice wrote before the key exchange reached her is lost; what she writes from then on is read. */
    @ParameterizedTest
    @EnumSource
    void messagesMayCrossTheRecovery(Profile profile) {
        talk(profile);
        bobLosesHisSessions();
        bob.receive(alice, alice.send("lost", bob));
        Encrypted crossing = alice.send("lost, too", bob);
        Encrypted keyExchange = TestDevice.ready(recover(bob, alice));
        assertThat(bob.receive(alice, crossing).needs()).isEmpty();
        alice.receive(bob, keyExchange);
        assertThatBothTalk();
    }

    @ParameterizedTest
    @EnumSource
    void aSessionThatWentBackInTimeIsReplacedByItselfUnder04(Profile profile) {
        talk(profile);
        StoreContents backup = bob.contents(alice);
        alice.talksTo(bob);
        alice.talksTo(bob);
        bob.restart(backup);
        Incoming broken = bob.receive(alice, alice.send("unreadable", bob));
        assertThat(broken.outcome()).isEqualTo(new Outcome.Refused(Reason.UNAUTHENTICATED));
        if (profile == Profile.OMEMO_1) {
            assertThat(broken.needs()).containsExactly(Need.RECOVERY);
            alice.receive(bob, TestDevice.ready(recover(bob, alice)));
        } else {
            assertThat(broken.needs()).isEmpty();
            alice.receive(bob, TestDevice.ready(startOver(bob, alice)));
        }
        assertThatBothTalk();
    }

    @ParameterizedTest
    @EnumSource
    void theUserMayStartOver(Profile profile) {
        talk(profile);
        Encrypted underway = alice.send("underway", bob);
        Encrypted keyExchange = TestDevice.ready(startOver(bob, alice));
        assertThat(key(keyExchange).keyExchange()).isTrue();
        assertThat(bob.read(alice, underway)).isEqualTo("underway");
        assertThat(key(bob.send("waits for an answer", alice)).keyExchange()).isTrue();
        assertThat(alice.receive(bob, keyExchange).needs()).contains(Need.ANSWER);
        assertThatBothTalk();
    }

    @ParameterizedTest
    @EnumSource
    void aDuplicateIsNoReason(Profile profile) {
        talk(profile);
        Encrypted message = alice.send("once", bob);
        bob.read(alice, message);
        assertThat(bob.receive(alice, message).needs()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void aPayloadThatWasAlteredIsNoReason(Profile profile) {
        talk(profile);
        Encrypted message = withPayload(alice.send("genuine", bob), Optional.of(new byte[64]));
        Incoming incoming = bob.receive(alice, message);
        assertThat(incoming.outcome()).isEqualTo(new Outcome.Refused(Reason.UNAUTHENTICATED));
        assertThat(incoming.needs()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void nonsenseIsNoReason(Profile profile) {
        talk(profile);
        Incoming incoming = bob.receive(alice, withKey(alice.send("x", bob), false, new byte[48]));
        assertThat(incoming.outcome()).isEqualTo(new Outcome.Refused(Reason.UNDECODABLE));
        assertThat(incoming.needs()).isEmpty();
    }

    @Test
    void thereIsAPauseBetweenTwo() {
        talk(Profile.OMEMO_1);
        assertThat(bob.receive(alice, unauthentic()).needs()).containsExactly(Need.RECOVERY);
        TestDevice.ready(recover(bob, alice));
        clock.pass(LIMIT.pause().minusSeconds(1));
        assertThat(bob.receive(alice, unauthentic()).needs()).isEmpty();
        assertThat(TestDevice.withheld(recover(bob, alice))).isEqualTo(Outgoing.Cause.TOO_MANY_RECOVERIES);
        clock.pass(Duration.ofSeconds(1));
        assertThat(bob.receive(alice, unauthentic()).needs()).containsExactly(Need.RECOVERY);
        TestDevice.ready(recover(bob, alice));
    }

    @Test
    void thereAreSoManyInAPeriod() {
        talk(Profile.OMEMO_1);
        for (int i = 0; i < LIMIT.count(); i++) {
            TestDevice.ready(recover(bob, alice));
            clock.pass(LIMIT.pause());
        }
        assertThat(bob.receive(alice, unauthentic()).needs()).isEmpty();
        bob.restart(bob.contents(alice));
        assertThat(TestDevice.withheld(recover(bob, alice))).isEqualTo(Outgoing.Cause.TOO_MANY_RECOVERIES);
        TestDevice.ready(startOver(bob, alice));
        clock.pass(LIMIT.period().minus(LIMIT.pause().multipliedBy(LIMIT.count())));
        assertThat(bob.receive(alice, unauthentic()).needs()).containsExactly(Need.RECOVERY);
        TestDevice.ready(recover(bob, alice));
    }

    @Test
    void aClockThatWasFastDoesNotUseThemUp() {
        talk(Profile.OMEMO_1);
        clock.pass(Duration.ofDays(1000));
        for (int i = 0; i < LIMIT.count(); i++) {
            TestDevice.ready(recover(bob, alice));
            clock.pass(LIMIT.pause());
        }
        clock.pass(Duration.ofDays(-1000));
        assertThat(bob.receive(alice, unauthentic()).needs()).containsExactly(Need.RECOVERY);
        TestDevice.ready(recover(bob, alice));
        assertThat(TestDevice.withheld(recover(bob, alice))).isEqualTo(Outgoing.Cause.TOO_MANY_RECOVERIES);
    }

    /** Neither keeps a session, so that every answer is lost on the other and calls for a recovery. */
    @ParameterizedTest
    @EnumSource
    void twoBrokenDevicesDoNotGoOnForEver(Profile profile) {
        talk(profile);
        bobLosesHisSessions();
        int recoveries = 0;
        TestDevice writer = alice;
        TestDevice reader = bob;
        Optional<Encrypted> underway = Optional.of(alice.send("lost", bob));
        while (underway.isPresent()) {
            clock.pass(LIMIT.pause());
            Incoming incoming = reader.receive(writer, underway.get());
            if (incoming.needs().contains(Need.RECOVERY)) {
                underway = Optional.of(TestDevice.ready(recover(reader, writer)));
                recoveries++;
            } else if (incoming.needs().contains(Need.ANSWER)) {
                underway = Optional.of(TestDevice.ready(reader.device.emptyMessage(writer.address())));
            } else {
                underway = Optional.empty();
            }
            reader.restart(reader.contents(writer).withoutSessions());
            TestDevice next = writer;
            writer = reader;
            reader = next;
        }
        assertThat(recoveries).isEqualTo(LIMIT.count());
    }

    @ParameterizedTest
    @EnumSource
    void aDistrustedDeviceIsLeftAlone(Profile profile) {
        talk(profile);
        bob.decide(alice, Trust.DISTRUSTED);
        bobLosesHisSessions();
        assertThat(bob.receive(alice, alice.send("lost", bob)).needs()).isEmpty();
        assertThat(TestDevice.withheld(recover(bob, alice))).isEqualTo(Outgoing.Cause.NOBODY_TO_READ);
        assertThat(TestDevice.withheld(startOver(bob, alice))).isEqualTo(Outgoing.Cause.NOBODY_TO_READ);
        assertThat(bob.contents(alice).sessions()).isEmpty();
        assertThat(bob.device.bundlesNeeded(Conversation.with(alice.jid()))).isEmpty();
    }

    /** Not even its device list is there. */
    @ParameterizedTest
    @EnumSource
    void aDeviceThatWasNeverSeenIsAnswered(Profile profile) {
        meet(profile);
        TestDevice carol = TestDevice.create(profile, "carol@example.org", 3003, clock).knows(bob);
        bob.read(carol, carol.send("hello", bob));
        heartbeat(bob, carol);
        bobLosesHisSessions();
        assertThat(bob.receive(carol, carol.send("lost", bob)).needs())
            .containsExactlyInAnyOrder(Need.RECOVERY, Need.FETCH_DEVICE_LIST);
    }

    @Test
    void aLimitIsWithinWhatIsRemembered() {
        Duration day = Duration.ofDays(1);
        assertThat(new RecoveryLimit(16, day, Duration.ZERO).count()).isEqualTo(16);
        assertThatIllegalArgumentException().isThrownBy(() -> new RecoveryLimit(17, day, Duration.ZERO));
        assertThatIllegalArgumentException().isThrownBy(() -> new RecoveryLimit(-1, day, Duration.ZERO));
        assertThatIllegalArgumentException().isThrownBy(() -> new RecoveryLimit(1, Duration.ZERO, Duration.ZERO));
        assertThatIllegalArgumentException().isThrownBy(() -> new RecoveryLimit(1, day, Duration.ofHours(-1)));
    }
}

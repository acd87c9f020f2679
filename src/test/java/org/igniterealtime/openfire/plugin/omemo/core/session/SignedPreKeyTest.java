package org.igniterealtime.openfire.plugin.omemo.core.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.igniterealtime.openfire.plugin.omemo.core.OmemoException.Reason;
import org.igniterealtime.openfire.plugin.omemo.core.profile.Profile;
import org.igniterealtime.openfire.plugin.omemo.protocol.Bundle;
import org.igniterealtime.openfire.plugin.omemo.protocol.Encrypted;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The signed prekey is replaced from time to time; the one before serves for one more period. */
class SignedPreKeyTest extends TwoDevices {

    private static final Duration PERIOD = TestDevice.SETTINGS.signedPreKeyPeriod();

    private Encrypted startOver(Bundle bundle) {
        return TestDevice.ready(alice.device.startOver(bob.address(), bundle));
    }

    private void rotate() {
        clock.pass(PERIOD);
        assertThat(bob.device.maintain()).isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void isReplacedWhenItsTimeHasCome(Profile profile) {
        meet(profile);
        Bundle before = bob.device.bundle();
        clock.pass(PERIOD.minusSeconds(1));
        assertThat(bob.device.maintain()).isFalse();
        assertThat(bob.device.bundle()).isEqualTo(before);
        clock.pass(Duration.ofSeconds(1));
        assertThat(bob.device.maintain()).isTrue();
        Bundle after = bob.device.bundle();
        assertThat(after.signedPreKey().id()).isNotEqualTo(before.signedPreKey().id());
        assertThat(after.signedPreKey().publicKey()).isNotEqualTo(before.signedPreKey().publicKey());
        assertThat(after.preKeys()).isEqualTo(before.preKeys());
        assertThat(bob.device.maintain()).isFalse();
        alice.talksTo(bob);
    }

    @ParameterizedTest
    @EnumSource
    void aClockThatWasFastDoesNotPutItOff(Profile profile) {
        meet(profile);
        clock.pass(PERIOD.multipliedBy(100));
        assertThat(bob.device.maintain()).isTrue();
        clock.pass(PERIOD.multipliedBy(-100));
        assertThat(bob.device.maintain()).isTrue();
        assertThat(bob.device.maintain()).isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void theOneBeforeIsStillGoodForAKeyExchange(Profile profile) {
        meet(profile);
        Bundle old = bob.device.bundle();
        rotate();
        assertThat(bob.receive(alice, startOver(old)).outcome()).isInstanceOf(Outcome.Empty.class);
        assertThat(alice.read(bob, bob.send("answer", alice))).isEqualTo("answer");
    }

    @ParameterizedTest
    @EnumSource
    void theOneBeforeThatIsForgotten(Profile profile) {
        meet(profile);
        Bundle old = bob.device.bundle();
        rotate();
        rotate();
        Incoming incoming = bob.receive(alice, startOver(old));
        assertThat(incoming.outcome()).isEqualTo(new Outcome.Refused(Reason.UNKNOWN_SIGNED_PREKEY));
        assertThat(bob.store.signedPreKeys().orElseThrow().find(old.signedPreKey().id())).isEmpty();
    }

    @Test
    void aKeyExchangeOnAForgottenOneIsAnsweredWithAnotherUnder04() {
        meet(Profile.OMEMO_1);
        bob.receive(alice, alice.send("hello", bob));
        Bundle old = bob.device.bundle();
        rotate();
        rotate();
        assertThat(bob.receive(alice, startOver(old)).needs()).containsExactly(Need.RECOVERY);
    }

    /** The session stands, so nobody asks for the key any longer. */
    @ParameterizedTest
    @EnumSource
    void aRepeatedKeyExchangeOutlivesIt(Profile profile) {
        meet(profile);
        assertThat(bob.read(alice, alice.send("1", bob))).isEqualTo("1");
        rotate();
        rotate();
        assertThat(bob.read(alice, alice.send("2", bob))).isEqualTo("2");
    }
}

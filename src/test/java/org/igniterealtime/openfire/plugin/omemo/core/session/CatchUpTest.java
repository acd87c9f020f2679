package org.igniterealtime.openfire.plugin.omemo.core.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.igniterealtime.openfire.plugin.omemo.core.OmemoException.Reason;
import org.igniterealtime.openfire.plugin.omemo.core.profile.Profile;
import org.igniterealtime.openfire.plugin.omemo.core.store.DeviceAddress;
import org.igniterealtime.openfire.plugin.omemo.core.store.PreKeys;
import org.igniterealtime.openfire.plugin.omemo.core.store.Trust;
import org.igniterealtime.openfire.plugin.omemo.core.vectors.SeededRandom;
import org.igniterealtime.openfire.plugin.omemo.protocol.Bundle;
import org.igniterealtime.openfire.plugin.omemo.protocol.Encrypted;
import org.igniterealtime.openfire.plugin.omemo.protocol.PreKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Reading what was missed (XEP-0384, section "Business Rules"). */
class CatchUpTest extends TwoDevices {

    private static final int PREKEY = 7;

    private TestDevice carol;

    private void meetCarol(Profile profile) {
        meet(profile);
        carol = TestDevice.create(profile, "carol@example.org", 3003, clock).knows(bob);
        bob.knows(carol);
    }

    /** A key exchange over the same prekey, whoever makes it. */
    private Encrypted keyExchange(TestDevice from, Bundle bundle) {
        List<PreKey> one = bundle.preKeys().stream().filter(preKey -> preKey.id() == PREKEY).toList();
        return TestDevice.ready(from.device.startOver(
            bob.address(), new Bundle(bundle.family(), bundle.signedPreKey(), bundle.identityKey(), one)));
    }

    @ParameterizedTest
    @EnumSource
    void twoWhoTookTheSamePreKeyAreBothRead(Profile profile) {
        meetCarol(profile);
        Bundle bundle = bob.device.bundle();
        Encrypted fromAlice = keyExchange(alice, bundle);
        Encrypted fromCarol = keyExchange(carol, bundle);
        bob.device.beginCatchUp();
        assertThat(bob.receive(alice, fromAlice).outcome()).isInstanceOf(Outcome.Empty.class);
        assertThat(bob.receive(carol, fromCarol).outcome()).isInstanceOf(Outcome.Empty.class);
        Map<DeviceAddress, Encrypted> answers = bob.device.endCatchUp().answers();
        assertThat(answers).containsOnlyKeys(alice.address(), carol.address());
        assertThat(alice.receive(bob, answers.get(alice.address())).outcome()).isInstanceOf(Outcome.Empty.class);
        assertThat(carol.receive(bob, answers.get(carol.address())).outcome()).isInstanceOf(Outcome.Empty.class);
        assertThat(key(alice.send("no key exchange", bob)).keyExchange()).isFalse();
        assertThat(key(carol.send("no key exchange", bob)).keyExchange()).isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void atItsEndThePreKeyIsForgotten(Profile profile) {
        meetCarol(profile);
        Bundle bundle = bob.device.bundle();
        bob.device.beginCatchUp();
        bob.receive(alice, keyExchange(alice, bundle));
        assertThat(bob.store.preKeys().orElseThrow().kept()).hasSize(1);
        bob.device.endCatchUp();
        assertThat(bob.store.preKeys().orElseThrow().find(PREKEY)).isEmpty();
        assertRefused(Reason.UNKNOWN_PREKEY, bob.receive(carol, keyExchange(carol, bundle)));
    }

    @ParameterizedTest
    @EnumSource
    void aUsedPreKeyLeavesTheBundleAtOnce(Profile profile) {
        meetCarol(profile);
        Bundle bundle = bob.device.bundle();
        bob.device.beginCatchUp();
        assertThat(bob.receive(alice, keyExchange(alice, bundle)).needs()).containsExactly(Need.PUBLISH_BUNDLE);
        assertThat(bob.device.bundle().preKeys()).extracting(PreKey::id).doesNotContain(PREKEY).hasSize(100);
        assertThat(bob.receive(carol, keyExchange(carol, bundle)).needs()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void keptPreKeysOutliveARestart(Profile profile) {
        meetCarol(profile);
        Bundle bundle = bob.device.bundle();
        bob.device.beginCatchUp();
        bob.receive(alice, keyExchange(alice, bundle));
        bob.restart(bob.contents(alice, carol));
        bob.device.beginCatchUp();
        assertThat(bob.receive(carol, keyExchange(carol, bundle)).outcome()).isInstanceOf(Outcome.Empty.class);
        assertThat(bob.device.endCatchUp().answers()).containsOnlyKeys(alice.address(), carol.address());
        assertThat(bob.store.preKeys().orElseThrow().kept()).isEmpty();
    }

    @Test
    void soManyAreKeptAtMost() {
        SeededRandom random = new SeededRandom(1);
        PreKeys keys = PreKeys.generate(PreKeys.MAX_KEPT + 2, random);
        for (int id = 1; id <= PreKeys.MAX_KEPT + 2; id++) {
            keys = keys.withdraw(id, true);
        }
        assertThat(keys.kept()).hasSize(PreKeys.MAX_KEPT);
        assertThat(keys.find(2)).isEmpty();
        assertThat(keys.find(3)).isPresent();
    }

    @ParameterizedTest
    @EnumSource
    void nothingIsEncryptedMeanwhile(Profile profile) {
        talk(profile);
        StoreContents before = bob.contents(alice);
        bob.device.beginCatchUp();
        Bundle bundle = alice.device.bundle();
        assertThat(Stream.of(
            bob.write("not now", alice),
            bob.device.optOut(Conversation.with(alice.jid()), Optional.empty(), Map.of()),
            bob.device.emptyMessage(alice.address()),
            bob.device.startOver(alice.address(), bundle),
            bob.device.recover(alice.address(), bundle)))
            .extracting(TestDevice::withheld).containsOnly(Outgoing.Cause.CATCHING_UP);
        assertThat(bob.contents(alice)).isEqualTo(before);
        bob.device.endCatchUp();
        assertThat(alice.read(bob, bob.send("now", alice))).isEqualTo("now");
    }

    @ParameterizedTest
    @EnumSource
    void answersAndHeartbeatsWaitForItsEnd(Profile profile) {
        talk(profile);
        bob.device.beginCatchUp();
        for (int i = 0; i <= Session.HEARTBEAT_AT; i++) {
            assertThat(bob.receive(alice, alice.send("message " + i, bob)).needs()).isEmpty();
        }
        Map<DeviceAddress, Encrypted> answers = bob.device.endCatchUp().answers();
        assertThat(answers).containsOnlyKeys(alice.address());
        alice.receive(bob, answers.get(alice.address()));
        assertThat(header(alice, alice.send("turned", bob)).number()).isZero();
        bob.device.beginCatchUp();
        assertThat(bob.device.endCatchUp().answers()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void aKeyExchangeIsAnsweredWhateverFollowsIt(Profile profile) {
        meet(profile);
        bob.device.beginCatchUp();
        bob.read(alice, alice.send("first", bob));
        bob.read(alice, alice.send("second", bob));
        assertThat(bob.device.endCatchUp().answers()).containsOnlyKeys(alice.address());
    }

    @ParameterizedTest
    @EnumSource
    void whoWaitsForNothingIsNotAnswered(Profile profile) {
        talk(profile);
        bob.device.beginCatchUp();
        bob.read(alice, alice.send("hello", bob));
        assertThat(bob.device.endCatchUp().answers()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void aDistrustedDeviceIsNotAnswered(Profile profile) {
        meetCarol(profile);
        bob.decide(alice, Trust.DISTRUSTED);
        bob.device.beginCatchUp();
        bob.receive(alice, keyExchange(alice, bob.device.bundle()));
        assertThat(bob.device.endCatchUp().answers()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void devicesThatCouldNotBeReadAreRecoveredAtItsEnd(Profile profile) {
        meetCarol(profile);
        alice.talksTo(bob);
        carol.talksTo(bob);
        bob.restart(bob.contents(alice, carol).withoutSessions());
        bob.device.beginCatchUp();
        assertThat(bob.receive(alice, alice.send("lost", bob)).needs()).isEmpty();
        assertThat(bob.receive(carol, carol.send("lost", bob)).needs()).isEmpty();
        bob.receive(carol, keyExchange(carol, bob.device.bundle()));
        CatchUpResult result = bob.device.endCatchUp();
        assertThat(result.toRecover()).containsExactly(alice.address());
        assertThat(result.answers()).containsOnlyKeys(carol.address());
        bob.device.beginCatchUp();
        assertThat(bob.device.endCatchUp().toRecover()).isEmpty();
    }
}

package org.igniterealtime.openfire.plugin.omemo.core.session;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.igniterealtime.openfire.plugin.omemo.core.OmemoException;
import org.igniterealtime.openfire.plugin.omemo.core.OmemoException.Reason;
import org.igniterealtime.openfire.plugin.omemo.core.crypto.PreKeyPair;
import org.igniterealtime.openfire.plugin.omemo.core.crypto.SignedPreKeyPair;
import org.igniterealtime.openfire.plugin.omemo.core.profile.Profile;
import org.igniterealtime.openfire.plugin.omemo.core.ratchet.KeyExchange;
import org.igniterealtime.openfire.plugin.omemo.core.store.DeviceSessions;
import org.igniterealtime.openfire.plugin.omemo.core.store.PreKeys;
import org.igniterealtime.openfire.plugin.omemo.core.store.SessionState;
import org.igniterealtime.openfire.plugin.omemo.core.store.SignedPreKeys;
import org.igniterealtime.openfire.plugin.omemo.core.store.Trust;
import org.igniterealtime.openfire.plugin.omemo.core.vectors.SeededRandom;
import org.igniterealtime.openfire.plugin.omemo.protocol.Bundle;
import org.igniterealtime.openfire.plugin.omemo.protocol.Encrypted;
import org.igniterealtime.openfire.plugin.omemo.protocol.PreKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Key exchanges as they are received, and the one-time prekeys that they use up (XEP-0384, section "Key Exchange"). */
class KeyExchangeTest extends TwoDevices {

    private static final DeviceSettings FEW_PREKEYS =
        new DeviceSettings(DeviceSettings.MIN_PRE_KEYS, Duration.ofDays(7), true, RecoveryLimit.DEFAULT);

    private static KeyExchange keyExchange(TestDevice from, Encrypted message) {
        try {
            return KeyExchange.decode(from.device.own().profile(), key(message).data().decode());
        } catch (OmemoException e) {
            throw new AssertionError(e);
        }
    }

    private static int preKeyId(TestDevice from, Encrypted message) {
        return keyExchange(from, message).header().preKeyId().orElseThrow();
    }

    private static List<Integer> preKeyIds(TestDevice device) {
        return device.device.bundle().preKeys().stream().map(PreKey::id).toList();
    }

    /** Bob's bundle with this prekey only. */
    private Bundle bobsBundle(int preKeyId) {
        Bundle bundle = bob.device.bundle();
        return new Bundle(bundle.family(), bundle.signedPreKey(), bundle.identityKey(),
            bundle.preKeys().stream().filter(preKey -> preKey.id() == preKeyId).toList());
    }

    private Encrypted startOver(TestDevice device, Bundle bundle) {
        return TestDevice.ready(device.device.startOver(bob.address(), bundle));
    }

    /** An empty message of a session that Alice begins without a one-time prekey. */
    private Encrypted withoutPreKey() {
        try {
            PublishedBundle bundle = PublishedBundle.verify(alice.device.own().profile(), bob.device.bundle());
            SessionState session =
                Session.initiate(alice.device.own().identity(), bundle.keys(), Optional.empty(), alice.random);
            byte[] wire = Session.encrypt(session, new byte[32], alice.random).wire();
            return withPayload(withKey(alice.send("template", bob), true, wire), Optional.empty());
        } catch (OmemoException e) {
            throw new AssertionError(e);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aUsedPreKeyIsReplacedInTheBundle(Profile profile) {
        meet(profile);
        List<Integer> before = preKeyIds(bob);
        Encrypted message = alice.send("hello", bob);
        int used = preKeyId(alice, message);
        assertThat(bob.receive(alice, message).needs()).containsExactlyInAnyOrder(Need.ANSWER, Need.PUBLISH_BUNDLE);
        List<Integer> after = preKeyIds(bob);
        assertThat(before).contains(used).hasSize(100);
        assertThat(after).doesNotContain(used).doesNotHaveDuplicates().hasSize(100);
        assertThat(after).filteredOn(id -> !before.contains(id)).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource
    void idsAreGivenOnceAndThereAreNeverTooFew(Profile profile) {
        meet(profile, FEW_PREKEYS);
        Set<Integer> used = new HashSet<>();
        for (int i = 0; i < 60; i++) {
            assertThat(preKeyIds(bob)).hasSize(DeviceSettings.MIN_PRE_KEYS).noneMatch(used::contains);
            Encrypted message = startOver(alice, bob.device.bundle());
            assertThat(used.add(preKeyId(alice, message))).isTrue();
            bob.receive(alice, message);
        }
    }

    @Test
    void aBundleHasAtLeast25() {
        assertThatIllegalArgumentException().isThrownBy(() ->
            new DeviceSettings(24, Duration.ofDays(7), false, RecoveryLimit.DEFAULT));
    }

    @ParameterizedTest
    @EnumSource
    void moreAreMadeWhenTheSettingsWantMore(Profile profile) {
        meet(profile, FEW_PREKEYS);
        assertThat(bob.device.maintain()).isFalse();
        StoreContents contents = bob.contents(alice);
        bob.restart(store -> contents.inMemory(), DeviceSettings.DEFAULT);
        assertThat(bob.device.maintain()).isTrue();
        assertThat(preKeyIds(bob)).hasSize(100).doesNotHaveDuplicates();
        assertThat(bob.device.maintain()).isFalse();
    }

    /** The ids go on at 1 after the greatest, over those that are still there. */
    @Test
    void theIdsGoRound() {
        TestClock time = new TestClock();
        SeededRandom random = new SeededRandom(1);
        PreKeys keys = new PreKeys(List.of(PreKeyPair.generate(1, random)), List.of(PreKeyPair.generate(2, random)),
            Integer.MAX_VALUE - 1).refill(3, random);
        assertThat(keys.published()).extracting(PreKeyPair::id).containsExactly(1, Integer.MAX_VALUE, 3);
        SignedPreKeys signed = new SignedPreKeys(
            SignedPreKeyPair.generate(Integer.MAX_VALUE, random), time.instant(), Optional.empty());
        assertThat(signed.rotate(time.instant(), random).current().id()).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource
    void theSameEphemeralKeyKeepsTheSession(Profile profile) {
        meet(profile);
        bob.receive(alice, alice.send("1", bob));
        heartbeat(bob, alice);
        Encrypted first = startOver(alice, bob.device.bundle());
        Encrypted repeated = alice.send("2", bob);
        assertThat(keyExchange(alice, repeated).header()).isEqualTo(keyExchange(alice, first).header());
        assertThat(bob.receive(alice, first).needs()).containsExactlyInAnyOrder(Need.ANSWER, Need.PUBLISH_BUNDLE);
        List<Integer> ids = preKeyIds(bob);
        Incoming incoming = bob.receive(alice, repeated);
        assertThat(TestDevice.content(incoming).content().body()).contains("2");
        assertThat(incoming.needs()).isEmpty();
        assertThat(preKeyIds(bob)).isEqualTo(ids);
        assertThat(bob.store.sessions(alice.address()).orElseThrow().previous()).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource
    void aPreKeyServesOnce(Profile profile) {
        meet(profile);
        TestDevice carol = TestDevice.create(profile, "carol@example.org", 3003, clock).knows(bob);
        bob.knows(carol);
        Bundle bundle = bobsBundle(7);
        Encrypted first = startOver(alice, bundle);
        Encrypted second = startOver(carol, bundle);
        bob.receive(alice, first);
        Incoming refused = bob.receive(carol, second);
        assertThat(refused.outcome()).isEqualTo(new Outcome.Refused(Reason.UNKNOWN_PREKEY));
        assertThat(refused.needs().contains(Need.RECOVERY)).isEqualTo(profile == Profile.OMEMO_1);
        assertThat(refused.needs()).doesNotContain(Need.PUBLISH_BUNDLE, Need.ANSWER);
    }

    @Test
    void under04OneWithoutPreKeyIsRead() {
        meet(Profile.OMEMO_1);
        List<Integer> ids = preKeyIds(bob);
        Incoming incoming = bob.receive(alice, withoutPreKey());
        assertThat(incoming.outcome()).isEqualTo(new Outcome.Empty(Trust.BLIND));
        assertThat(incoming.needs()).containsExactly(Need.ANSWER);
        assertThat(preKeyIds(bob)).isEqualTo(ids);
    }

    @Test
    void under08OneWithoutPreKeyIsRefused() {
        meet(Profile.OMEMO_2);
        assertRefused(Reason.MISSING_PREKEY, bob.receive(alice, withoutPreKey()));
        assertThat(bob.store.sessions(alice.address())).isEmpty();
    }

    /** Nothing was used up by it, so that only memory tells. */
    @Test
    void oneWithoutPreKeyCannotBeReplayed() {
        meet(Profile.OMEMO_1);
        Encrypted message = withoutPreKey();
        bob.receive(alice, message);
        for (int sessions = 0; sessions < 2 * DeviceSessions.MAX_PREVIOUS; sessions++) {
            assertRefused(Reason.DUPLICATE, bob.receive(alice, message));
            bob.receive(alice, startOver(alice, bob.device.bundle()));
        }
        assertRefused(Reason.DUPLICATE, bob.receive(alice, message));
    }

    /** Nobody can replay what this device began. */
    @ParameterizedTest
    @EnumSource
    void ownKeyExchangesAreForgotten(Profile profile) {
        meet(profile);
        for (int sessions = 0; sessions < 2 * DeviceSessions.MAX_PREVIOUS; sessions++) {
            Encrypted message = startOver(alice, bob.device.bundle());
            bob.receive(alice, message);
        }
        assertThat(alice.store.sessions(bob.address()).orElseThrow().forgotten()).isEmpty();
        assertThat(bob.store.sessions(alice.address()).orElseThrow().forgotten()).isNotEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void replacedSessionsAreReadForAWhile(Profile profile) {
        talk(profile);
        Encrypted underway = alice.send("underway", bob);
        for (int sessions = 0; sessions < DeviceSessions.MAX_PREVIOUS; sessions++) {
            bob.receive(alice, startOver(alice, bob.device.bundle()));
        }
        StoreContents before = bob.contents(alice);
        assertThat(bob.read(alice, underway)).isEqualTo("underway");
        assertRefused(Reason.DUPLICATE, bob.receive(alice, underway));
        bob.restart(before);
        bob.receive(alice, startOver(alice, bob.device.bundle()));
        assertRefused(Reason.UNAUTHENTICATED, bob.receive(alice, underway));
    }

    /** It only shows that the device wrote in that session some time ago. */
    @ParameterizedTest
    @EnumSource
    void aLateMessageDoesNotBringAReplacedSessionBack(Profile profile) {
        talk(profile);
        Encrypted late = alice.send("late", bob);
        assertThat(bob.read(alice, alice.send("in time", bob))).isEqualTo("in time");
        bob.receive(alice, startOver(alice, bob.device.bundle()));
        Object replaced = current(bob, alice);
        assertThat(bob.read(alice, late)).isEqualTo("late");
        assertThat(current(bob, alice)).isEqualTo(replaced);
    }

    @ParameterizedTest
    @EnumSource
    void aBundleWithAForgedSignatureIsOfNoUse(Profile profile) {
        meet(profile);
        Bundle genuine = bob.device.bundle();
        Bundle forged = new Bundle(genuine.family(), genuine.signedPreKey(),
            alice.device.bundle().identityKey(), genuine.preKeys());
        Outgoing outgoing = alice.device.encrypt(
            Conversation.with(bob.jid()), List.of(TestDevice.body("hello")), Map.of(bob.address(), forged));
        assertThat(TestDevice.withheld(outgoing)).isEqualTo(Outgoing.Cause.NOBODY_TO_READ);
        assertThat(outgoing.leftOut().invalidBundles())
            .containsExactly(entry(bob.address(), Reason.INVALID_SIGNATURE));
        assertThat(alice.device.trust(bob.jid())).isEmpty();
    }

    @Test
    void aBundleOfAnotherFamilyIsOfNoUse() {
        meet(Profile.OMEMO_1);
        TestDevice other = TestDevice.create(Profile.OMEMO_2, "bob@example.org", 2002, clock);
        Outgoing outgoing = alice.device.startOver(bob.address(), other.device.bundle());
        assertThat(outgoing.leftOut().invalidBundles()).containsExactly(entry(bob.address(), Reason.UNDECODABLE));
    }
}

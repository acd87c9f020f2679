package org.igniterealtime.openfire.plugin.omemo.core.session;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.igniterealtime.openfire.plugin.omemo.core.profile.Profile;
import org.igniterealtime.openfire.plugin.omemo.core.store.DeviceAddress;
import org.igniterealtime.openfire.plugin.omemo.core.store.InMemoryStore;
import org.igniterealtime.openfire.plugin.omemo.core.store.Trust;
import org.igniterealtime.openfire.plugin.omemo.protocol.Bundle;
import org.igniterealtime.openfire.plugin.omemo.protocol.Encrypted;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Who may read and be read (XEP-0384, section "Security Considerations"). */
class TrustTest extends TwoDevices {

    /** A device with Bob's address and another identity. */
    private TestDevice newBob(DeviceSettings settings) {
        TestDevice device = TestDevice.create(bob.device.own().profile(), "bob@example.org", 2002, 2003, clock,
            settings, new InMemoryStore());
        return device.knows(alice);
    }

    private IdentityChange change(TestDevice before, TestDevice after) {
        return new IdentityChange(bob.address(), before.fingerprint(), after.fingerprint());
    }

    @ParameterizedTest
    @EnumSource
    void anUndecidedDeviceGetsNoContent(Profile profile) {
        meet(profile, DeviceSettings.DEFAULT);
        Outgoing outgoing = alice.write("secret", bob);
        assertThat(TestDevice.withheld(outgoing)).isEqualTo(Outgoing.Cause.NOBODY_TO_READ);
        assertThat(outgoing.leftOut().undecided()).containsExactly(entry(bob.address(), bob.fingerprint()));
        assertThat(alice.device.trust(bob.jid())).containsExactly(entry(bob.fingerprint(), Trust.UNDECIDED));
        assertThat(alice.device.trust(bob.address())).isEqualTo(Trust.UNDECIDED);
        alice.decide(bob, Trust.TRUSTED);
        Outgoing allowed = alice.write("secret", bob);
        assertThat(allowed.leftOut().isNobody()).isTrue();
        assertThat(bob.read(alice, TestDevice.ready(allowed))).isEqualTo("secret");
    }

    @ParameterizedTest
    @EnumSource
    void anUndecidedDeviceIsReadAndAnsweredButGetsNoContent(Profile profile) {
        meet(profile, DeviceSettings.DEFAULT);
        alice.decide(bob, Trust.TRUSTED);
        Incoming incoming = bob.receive(alice, alice.send("hello", bob));
        assertThat(TestDevice.content(incoming).trust()).isEqualTo(Trust.UNDECIDED);
        assertThat(incoming.needs()).contains(Need.ANSWER);
        heartbeat(bob, alice);
        Outgoing outgoing = bob.write("secret", alice);
        assertThat(TestDevice.withheld(outgoing)).isEqualTo(Outgoing.Cause.NOBODY_TO_READ);
        assertThat(outgoing.leftOut().undecided()).containsOnlyKeys(alice.address());
    }

    @ParameterizedTest
    @EnumSource
    void aDistrustedDeviceGetsNothingAtAll(Profile profile) {
        talk(profile);
        alice.decide(bob, Trust.DISTRUSTED);
        Bundle bundle = bob.device.bundle();
        StoreContents before = alice.contents(bob);
        for (Outgoing outgoing : List.of(
                alice.write("secret", bob),
                alice.device.optOut(Conversation.with(bob.jid()), Optional.empty(), Map.of()),
                alice.device.emptyMessage(bob.address()))) {
            assertThat(TestDevice.withheld(outgoing)).isEqualTo(Outgoing.Cause.NOBODY_TO_READ);
            assertThat(outgoing.leftOut().distrusted()).containsExactly(entry(bob.address(), bob.fingerprint()));
        }
        assertThat(alice.contents(bob)).isEqualTo(before);
        for (Outgoing outgoing : List.of(
                alice.device.startOver(bob.address(), bundle),
                alice.device.recover(bob.address(), bundle))) {
            assertThat(TestDevice.withheld(outgoing)).isEqualTo(Outgoing.Cause.NOBODY_TO_READ);
        }
        assertThat(alice.contents(bob).sessions()).isEqualTo(before.sessions());
        assertThat(alice.device.bundlesNeeded(Conversation.with(bob.jid()))).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void aKeyExchangeOfADistrustedDeviceIsReadAndNotAnswered(Profile profile) {
        meet(profile);
        bob.decide(alice, Trust.DISTRUSTED);
        Incoming incoming = bob.receive(alice, alice.send("hello", bob));
        assertThat(TestDevice.content(incoming).trust()).isEqualTo(Trust.DISTRUSTED);
        assertThat(incoming.needs()).containsExactly(Need.PUBLISH_BUNDLE);
    }

    @ParameterizedTest
    @EnumSource
    void whatADistrustedDeviceWritesIsMarked(Profile profile) {
        talk(profile);
        alice.decide(bob, Trust.DISTRUSTED);
        assertThat(TestDevice.content(alice.receive(bob, bob.send("hello", alice))).trust())
            .isEqualTo(Trust.DISTRUSTED);
        Encrypted empty = TestDevice.ready(bob.device.emptyMessage(alice.address()));
        assertThat(alice.receive(bob, empty).outcome()).isEqualTo(new Outcome.Empty(Trust.DISTRUSTED));
    }

    @ParameterizedTest
    @EnumSource
    void blindTrustIsTold(Profile profile) {
        talk(profile);
        assertThat(alice.device.trust(bob.address())).isEqualTo(Trust.BLIND);
        assertThat(TestDevice.content(alice.receive(bob, bob.send("hello", alice))).trust()).isEqualTo(Trust.BLIND);
    }

    /** Other accounts are trusted blindly as before, and so are the keys that were. */
    @ParameterizedTest
    @EnumSource
    void blindTrustEndsOnceAKeyOfTheAccountWasVerified(Profile profile) {
        talk(profile);
        TestDevice tablet = TestDevice.create(profile, "bob@example.org", 2004, clock).knows(alice);
        TestDevice phone = TestDevice.create(profile, "bob@example.org", 2005, clock).knows(alice);
        TestDevice carol = TestDevice.create(profile, "carol@example.org", 3003, clock);
        alice.knows(bob, tablet, phone, carol);
        alice.send("blind", bob, tablet);
        assertThat(alice.device.trust(tablet.address())).isEqualTo(Trust.BLIND);
        alice.decide(bob, Trust.TRUSTED);
        Outgoing outgoing = alice.write("verified", bob, tablet, phone);
        assertThat(outgoing.leftOut().undecided()).containsOnlyKeys(phone.address());
        assertThat(alice.device.trust(tablet.address())).isEqualTo(Trust.BLIND);
        alice.send("blind", carol);
        assertThat(alice.device.trust(carol.address())).isEqualTo(Trust.BLIND);
    }

    @ParameterizedTest
    @EnumSource
    void aKeyIsTrustedOnEveryDeviceOfItsAccountAndOnNoOther(Profile profile) {
        meet(profile, DeviceSettings.DEFAULT);
        alice.decide(bob, Trust.TRUSTED);
        alice.send("hello", bob);
        assertThat(alice.device.trust(bob.address())).isEqualTo(Trust.TRUSTED);
        assertThat(alice.device.trust(alice.jid())).isEmpty();
        assertThat(alice.device.trust(new DeviceAddress(alice.jid(), 2002))).isEqualTo(Trust.UNDECIDED);
    }

    @ParameterizedTest
    @EnumSource
    void anotherIdentityInAKeyExchangeIsToldAndWaitsForADecision(Profile profile) {
        talk(profile);
        TestDevice impostor = newBob(TestDevice.SETTINGS);
        Incoming incoming = alice.receive(impostor, impostor.send("it is me", alice));
        assertThat(incoming.identityChange()).contains(change(bob, impostor));
        assertThat(TestDevice.content(incoming).trust()).isEqualTo(Trust.UNDECIDED);
        Outgoing outgoing = alice.write("secret", bob);
        assertThat(TestDevice.withheld(outgoing)).isEqualTo(Outgoing.Cause.NOBODY_TO_READ);
        assertThat(outgoing.leftOut().undecided()).containsExactly(entry(bob.address(), impostor.fingerprint()));
        Incoming second = alice.receive(impostor, impostor.send("it is still me", alice));
        assertThat(second.identityChange()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void theOldIdentityIsToldWhenItComesBack(Profile profile) {
        talk(profile);
        TestDevice impostor = newBob(TestDevice.SETTINGS);
        alice.receive(impostor, impostor.send("it is me", alice));
        Incoming incoming = alice.receive(bob, bob.send("no, me", alice));
        assertThat(incoming.identityChange()).contains(change(impostor, bob));
        assertThat(TestDevice.content(incoming).trust()).isEqualTo(Trust.BLIND);
        assertThat(bob.read(alice, alice.send("secret", bob))).isEqualTo("secret");
    }

    @ParameterizedTest
    @EnumSource
    void aLateMessageOfTheOldIdentityChangesNothing(Profile profile) {
        talk(profile);
        Encrypted late = bob.send("late", alice);
        alice.read(bob, bob.send("in time", alice));
        TestDevice impostor = newBob(TestDevice.SETTINGS);
        alice.receive(impostor, impostor.send("it is me", alice));
        Incoming incoming = alice.receive(bob, late);
        assertThat(TestDevice.content(incoming).trust()).isEqualTo(Trust.BLIND);
        assertThat(incoming.identityChange()).isEmpty();
        assertThat(alice.device.trust(bob.address())).isEqualTo(Trust.UNDECIDED);
    }

    @ParameterizedTest
    @EnumSource
    void anotherIdentityInABundleIsToldAndWaitsForADecision(Profile profile) {
        talk(profile);
        TestDevice impostor = newBob(TestDevice.SETTINGS);
        Outgoing outgoing = alice.device.startOver(bob.address(), impostor.device.bundle());
        assertThat(outgoing.identityChanges()).containsExactly(change(bob, impostor));
        TestDevice.ready(outgoing);
        assertThat(alice.write("secret", bob).leftOut().undecided()).containsOnlyKeys(bob.address());
        alice.device.decide(bob.jid(), impostor.fingerprint(), Trust.TRUSTED);
        assertThat(impostor.read(alice, alice.send("secret", bob))).isEqualTo("secret");
    }

    @ParameterizedTest
    @EnumSource
    void ownOtherDevicesWaitForADecisionToo(Profile profile) {
        meet(profile, DeviceSettings.DEFAULT);
        TestDevice laptop = TestDevice.create(profile, "alice@example.org", 1002, clock, DeviceSettings.DEFAULT);
        alice.knows(bob, laptop).decide(bob, Trust.TRUSTED);
        Outgoing outgoing = alice.write("secret", bob, laptop);
        assertThat(outgoing.leftOut().undecided()).containsOnlyKeys(laptop.address());
        assertThat(TestDevice.ready(outgoing).keyCount()).isEqualTo(1);
    }
}

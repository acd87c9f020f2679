package org.igniterealtime.openfire.plugin.omemo.core.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.igniterealtime.openfire.plugin.omemo.core.OmemoException.Reason;
import org.igniterealtime.openfire.plugin.omemo.core.profile.Profile;
import org.igniterealtime.openfire.plugin.omemo.core.store.ConversationMode;
import org.igniterealtime.openfire.plugin.omemo.core.store.Trust;
import org.igniterealtime.openfire.plugin.omemo.protocol.BareJid;
import org.igniterealtime.openfire.plugin.omemo.protocol.Bundle;
import org.igniterealtime.openfire.plugin.omemo.protocol.ContentElement;
import org.igniterealtime.openfire.plugin.omemo.protocol.Delivery;
import org.igniterealtime.openfire.plugin.omemo.protocol.DeviceList;
import org.igniterealtime.openfire.plugin.omemo.protocol.Encrypted;
import org.igniterealtime.openfire.plugin.omemo.protocol.OptOut;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Going on in plaintext (XEP-0384, section "Opt-out"): told to the user, and never by accident. */
class OptingOutTest extends TwoDevices {

    private static final BareJid ROOM = BareJid.of("room@conference.example.org").orElseThrow();

    private static Encrypted optOut(TestDevice from, Conversation conversation) {
        return TestDevice.ready(from.device.optOut(conversation, Optional.of("compliance"), Map.of()));
    }

    private Conversation withBob() {
        return Conversation.with(bob.jid());
    }

    private static void assertWithheld(Outgoing.Cause cause, Outgoing outgoing) {
        assertThat(TestDevice.withheld(outgoing)).isEqualTo(cause);
    }

    @ParameterizedTest
    @EnumSource
    void whoOptsOutEncryptsNoMoreInThatConversation(Profile profile) {
        talk(profile);
        TestDevice carol = TestDevice.create(profile, "carol@example.org", 3003, clock);
        alice.knows(bob, carol);
        optOut(alice, withBob());
        assertThat(alice.device.mode(bob.jid())).isEqualTo(ConversationMode.PLAINTEXT);
        assertWithheld(Outgoing.Cause.PLAINTEXT, alice.write("hello", bob));
        assertWithheld(Outgoing.Cause.PLAINTEXT, alice.device.optOut(withBob(), Optional.empty(), Map.of()));
        alice.send("hello", carol);
        alice.device.resume(bob.jid());
        assertThat(bob.read(alice, alice.send("again", bob))).isEqualTo("again");
    }

    @ParameterizedTest
    @EnumSource
    void thePeerIsAskedBeforeAnythingIsSent(Profile profile) {
        talk(profile);
        Outcome.Content content = TestDevice.content(bob.receive(alice, optOut(alice, withBob())));
        assertThat(content.optOut()).contains(new OptOut(profile.family(), Optional.of("compliance")));
        assertThat(bob.device.mode(alice.jid())).isEqualTo(ConversationMode.AWAITING_CONFIRMATION);
        assertWithheld(Outgoing.Cause.AWAITING_CONFIRMATION, bob.write("secret", alice));
        bob.restart(bob.contents(alice));
        assertWithheld(Outgoing.Cause.AWAITING_CONFIRMATION, bob.write("secret", alice));
        bob.device.confirmPlaintext(alice.jid());
        assertWithheld(Outgoing.Cause.PLAINTEXT, bob.write("secret", alice));
        bob.device.resume(alice.jid());
        assertThat(alice.read(bob, bob.send("secret", alice))).isEqualTo("secret");
    }

    @ParameterizedTest
    @EnumSource
    void whoHasAgreedIsNotAskedAgain(Profile profile) {
        talk(profile);
        Encrypted first = optOut(alice, withBob());
        alice.device.resume(bob.jid());
        Encrypted second = optOut(alice, withBob());
        bob.receive(alice, first);
        bob.device.confirmPlaintext(alice.jid());
        bob.receive(alice, second);
        assertThat(bob.device.mode(alice.jid())).isEqualTo(ConversationMode.PLAINTEXT);
    }

    /** Sessions stay: heartbeats and answers go on. */
    @ParameterizedTest
    @EnumSource
    void sessionsStayIntact(Profile profile) {
        talk(profile);
        bob.receive(alice, optOut(alice, withBob()));
        heartbeat(bob, alice);
        heartbeat(alice, bob);
    }

    @ParameterizedTest
    @EnumSource
    void anOptOutThatCannotBeReadByAnybodySwitchesNothing(Profile profile) {
        meet(profile);
        assertWithheld(Outgoing.Cause.NOBODY_TO_READ, alice.device.optOut(withBob(), Optional.empty(), Map.of()));
        assertThat(alice.device.mode(bob.jid())).isEqualTo(ConversationMode.ENCRYPTED);
    }

    @ParameterizedTest
    @EnumSource
    void inARoomItIsAboutTheRoom(Profile profile) {
        talk(profile);
        Conversation room = Conversation.inRoom(ROOM, List.of(alice.jid(), bob.jid()));
        Encrypted message = optOut(alice, room);
        assertThat(alice.device.mode(ROOM)).isEqualTo(ConversationMode.PLAINTEXT);
        bob.device.decrypt(Delivery.inRoom(alice.jid(), ROOM), message);
        assertThat(bob.device.mode(ROOM)).isEqualTo(ConversationMode.AWAITING_CONFIRMATION);
        assertThat(bob.device.mode(alice.jid())).isEqualTo(ConversationMode.ENCRYPTED);
        Conversation bobsRoom = Conversation.inRoom(ROOM, List.of(alice.jid()));
        assertWithheld(Outgoing.Cause.AWAITING_CONFIRMATION,
            bob.device.encrypt(bobsRoom, List.of(TestDevice.body("secret")), Map.of()));
        assertThat(alice.read(bob, bob.send("secret", alice))).isEqualTo("secret");
    }

    /** The server moves an opt-out from a room into a conversation, or the other way round, or changes who said it. */
    @ParameterizedTest
    @EnumSource
    void oneThatWasMovedSwitchesNothing(Profile profile) {
        talk(profile);
        Encrypted forRoom = optOut(alice, Conversation.inRoom(ROOM, List.of(bob.jid())));
        assertThat(bob.receive(alice, forRoom).outcome()).isInstanceOf(Outcome.Misdirected.class);
        Encrypted forBob = optOut(alice, withBob());
        assertThat(bob.device.decrypt(Delivery.inRoom(alice.jid(), ROOM), forBob).outcome())
            .isInstanceOf(Outcome.Misdirected.class);
        assertThat(bob.device.mode(ROOM)).isEqualTo(ConversationMode.ENCRYPTED);
        assertThat(bob.device.mode(alice.jid())).isEqualTo(ConversationMode.ENCRYPTED);
    }

    @ParameterizedTest
    @EnumSource
    void aDistrustedDevicesOneIsShownAndSwitchesNothing(Profile profile) {
        talk(profile);
        bob.decide(alice, Trust.DISTRUSTED);
        Outcome.Content content = TestDevice.content(bob.receive(alice, optOut(alice, withBob())));
        assertThat(content.optOut()).isPresent();
        assertThat(content.trust()).isEqualTo(Trust.DISTRUSTED);
        assertThat(bob.device.mode(alice.jid())).isEqualTo(ConversationMode.ENCRYPTED);
    }

    @ParameterizedTest
    @EnumSource
    void oneThatIsNotEncryptedByThePeerSwitchesNothing(Profile profile) {
        talk(profile);
        Encrypted message = optOut(alice, withBob());
        assertRefused(Reason.UNAUTHENTICATED, bob.receive(alice, altered(message)));
        assertThat(bob.device.mode(alice.jid())).isEqualTo(ConversationMode.ENCRYPTED);
    }

    @ParameterizedTest
    @EnumSource
    void ofAnotherOwnDeviceItIsAboutTheSameConversation(Profile profile) {
        meet(profile);
        TestDevice laptop = TestDevice.create(profile, "alice@example.org", 1002, clock).knows(alice, bob);
        alice.knows(bob, laptop);
        alice.send("hello", bob, laptop);
        Encrypted message = optOut(alice, withBob());
        laptop.device.decrypt(Delivery.toAccount(alice.jid(), bob.jid()), message);
        assertThat(laptop.device.mode(bob.jid())).isEqualTo(ConversationMode.AWAITING_CONFIRMATION);
        assertThat(laptop.device.mode(alice.jid())).isEqualTo(ConversationMode.ENCRYPTED);
    }

    @ParameterizedTest
    @EnumSource
    void thereIsNoneWithOneself(Profile profile) {
        talk(profile);
        TestDevice laptop = TestDevice.create(profile, "alice@example.org", 1002, clock).knows(alice);
        alice.knows(bob, laptop);
        Conversation withMyself = Conversation.with(alice.jid());
        assertThatIllegalArgumentException().isThrownBy(() -> optOut(alice, withMyself));
        assertThatIllegalArgumentException().isThrownBy(() -> alice.device.confirmPlaintext(alice.jid()));
        assertThatIllegalArgumentException().isThrownBy(() -> alice.device.resume(alice.jid()));
        Encrypted message = TestDevice.ready(laptop.device.encrypt(withMyself,
            List.of(ContentElement.of(new OptOut(profile.family(), Optional.empty()).toElement())),
            TestDevice.bundles(alice)));
        assertThat(TestDevice.content(alice.receive(laptop, message)).optOut()).isPresent();
        assertThat(alice.device.mode(alice.jid())).isEqualTo(ConversationMode.ENCRYPTED);
        assertThat(bob.read(alice, alice.send("hello", bob, laptop))).isEqualTo("hello");
    }

    @ParameterizedTest
    @EnumSource
    void deactivatedNothingIsEncrypted(Profile profile) {
        talk(profile);
        TestDevice laptop = TestDevice.create(profile, "alice@example.org", 1002, clock);
        DeviceList published = TestDevice.listOf(alice, laptop);
        assertThat(alice.device.deactivate(published)).isEqualTo(TestDevice.listOf(laptop));
        assertThat(alice.device.takeOver(alice.jid(), TestDevice.listOf(laptop))).isEmpty();
        alice.restart(alice.contents(bob));
        Bundle bundle = bob.device.bundle();
        for (Outgoing outgoing : List.of(
                alice.write("hello", bob),
                alice.device.optOut(withBob(), Optional.empty(), Map.of()),
                alice.device.emptyMessage(bob.address()),
                alice.device.startOver(bob.address(), bundle),
                alice.device.recover(bob.address(), bundle))) {
            assertWithheld(Outgoing.Cause.DEACTIVATED, outgoing);
        }
        alice.device.activate();
        assertThat(alice.device.takeOver(alice.jid(), TestDevice.listOf(laptop)))
            .contains(TestDevice.listOf(laptop, alice));
        alice.device.takeOver(alice.jid(), TestDevice.listOf(alice));
        assertThat(bob.read(alice, alice.send("hello", bob))).isEqualTo("hello");
    }

    /** What is still on its way is read, but calls for nothing that would announce the device again. */
    @ParameterizedTest
    @EnumSource
    void deactivatedNothingIsCalledFor(Profile profile) {
        talk(profile);
        alice.device.deactivate(TestDevice.listOf(alice));
        Encrypted keyExchange = TestDevice.ready(bob.device.startOver(alice.address(), alice.device.bundle()));
        assertThat(alice.receive(bob, keyExchange).needs()).isEmpty();
        Encrypted last = null;
        for (int i = 0; i <= Session.HEARTBEAT_AT; i++) {
            last = bob.send("message " + i, alice);
        }
        assertThat(alice.receive(bob, last).needs()).isEmpty();
        assertThat(alice.receive(bob, altered(bob.send("x", alice))).needs()).isEmpty();
        clock.pass(TestDevice.SETTINGS.signedPreKeyPeriod());
        assertThat(alice.device.maintain()).isFalse();
        alice.device.beginCatchUp();
        assertThat(alice.device.endCatchUp().answers()).isEmpty();
    }
}

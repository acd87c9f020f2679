package org.igniterealtime.openfire.plugin.omemo.core.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.dom4j.Element;
import org.igniterealtime.openfire.plugin.omemo.core.OmemoException.Reason;
import org.igniterealtime.openfire.plugin.omemo.core.profile.Profile;
import org.igniterealtime.openfire.plugin.omemo.protocol.Encrypted;
import org.igniterealtime.openfire.plugin.omemo.protocol.EncryptedLimits;
import org.igniterealtime.openfire.plugin.omemo.protocol.MalformedElementException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Messages between two devices. */
class MessageTest extends TwoDevices {

    @ParameterizedTest
    @EnumSource
    void aFirstMessageIsAKeyExchangeAndIsRead(Profile profile) throws MalformedElementException {
        meet(profile);
        Encrypted message = alice.send("hello", bob);
        assertThat(key(message).keyExchange()).isTrue();
        Element xml = message.toElement();
        assertThat(bob.read(alice, Encrypted.parse(xml, EncryptedLimits.DEFAULT))).isEqualTo("hello");
    }

    @ParameterizedTest
    @EnumSource
    void theKeyExchangeIsRepeatedUntilTheFirstAnswer(Profile profile) {
        meet(profile);
        Encrypted first = alice.send("1", bob);
        Encrypted second = alice.send("2", bob);
        assertThat(key(second).keyExchange()).isTrue();
        assertThat(bob.read(alice, second)).isEqualTo("2");
        assertThat(bob.read(alice, first)).isEqualTo("1");
        Encrypted answer = bob.send("3", alice);
        assertThat(key(answer).keyExchange()).isFalse();
        assertThat(alice.read(bob, answer)).isEqualTo("3");
        assertThat(key(alice.send("4", bob)).keyExchange()).isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void aMessageIsReadOnce(Profile profile) {
        meet(profile);
        Encrypted first = alice.send("1", bob);
        bob.read(alice, first);
        assertRefused(Reason.DUPLICATE, bob.receive(alice, first));
        alice.read(bob, bob.send("2", alice));
        Encrypted third = alice.send("3", bob);
        bob.read(alice, third);
        assertRefused(Reason.DUPLICATE, bob.receive(alice, first));
        assertRefused(Reason.DUPLICATE, bob.receive(alice, third));
    }

    @ParameterizedTest
    @EnumSource
    void messagesAreReadInAnyOrder(Profile profile) {
        meet(profile);
        alice.talksTo(bob);
        List<String> texts = Arrays.asList("a", "b", "c", "d", "e");
        List<Encrypted> messages = new ArrayList<>(texts.stream().map(text -> alice.send(text, bob)).toList());
        Collections.reverse(messages);
        List<String> read = messages.stream().map(message -> bob.read(alice, message)).toList();
        assertThat(read).containsExactly("e", "d", "c", "b", "a");
    }

    @ParameterizedTest
    @EnumSource
    void aMessageThatIsRefusedChangesNothing(Profile profile) {
        meet(profile);
        alice.talksTo(bob);
        Encrypted message = alice.send("genuine", bob);
        var before = bob.store.sessions(alice.address());
        assertRefused(Reason.UNAUTHENTICATED, bob.receive(alice, altered(message)));
        Encrypted otherPayload = withPayload(message, Optional.of(new byte[64]));
        assertRefused(Reason.UNAUTHENTICATED, bob.receive(alice, otherPayload));
        assertThat(bob.receive(alice, otherPayload).needs()).isEmpty();
        assertThat(bob.store.sessions(alice.address())).isEqualTo(before);
        assertThat(bob.read(alice, message)).isEqualTo("genuine");
    }

    @ParameterizedTest
    @EnumSource
    void aMessageForOthersIsToldApart(Profile profile) {
        meet(profile);
        TestDevice carol = TestDevice.create(profile, "carol@example.org", 3003, clock);
        Encrypted message = alice.send("hello", bob);
        assertThat(carol.receive(alice, message).outcome()).isInstanceOf(Outcome.NotForThisDevice.class);
        assertThat(alice.receive(alice, message).outcome()).isInstanceOf(Outcome.OwnMessage.class);
    }

    /** Ids of devices are unique in their account and no further. */
    @ParameterizedTest
    @EnumSource
    void aMessageForAnotherAccountsDeviceOfTheSameIdIsNotForThisOne(Profile profile) {
        meet(profile);
        TestDevice carol = TestDevice.create(profile, "carol@example.org", 2002, clock);
        Incoming incoming = carol.receive(alice, alice.send("hello", bob));
        assertThat(incoming.outcome()).isInstanceOf(Outcome.NotForThisDevice.class);
    }

    @Test
    void aMessageOfAnotherFamilyIsForAnotherDevice() {
        meet(Profile.OMEMO_1);
        Encrypted message = alice.send("hello", bob);
        TestDevice other = TestDevice.create(Profile.OMEMO_2, "bob@example.org", 2002, clock);
        assertThatIllegalArgumentException().isThrownBy(() -> other.receive(alice, message));
    }

    @ParameterizedTest
    @EnumSource
    void devicesWithoutBundleAreTold(Profile profile) {
        meet(profile);
        Conversation conversation = Conversation.with(bob.jid());
        assertThat(alice.device.bundlesNeeded(conversation)).containsExactly(bob.address());
        Outgoing outgoing = alice.device.encrypt(conversation, List.of(TestDevice.body("hello")), Map.of());
        assertThat(TestDevice.withheld(outgoing)).isEqualTo(Outgoing.Cause.NOBODY_TO_READ);
        assertThat(outgoing.leftOut().withoutBundle()).containsExactly(bob.address());
        alice.send("hello", bob);
        assertThat(alice.device.bundlesNeeded(conversation)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void bothMayBeginAtOnce(Profile profile) {
        meet(profile);
        Encrypted fromAlice = alice.send("a", bob);
        Encrypted fromBob = bob.send("b", alice);
        assertThat(bob.read(alice, fromAlice)).isEqualTo("a");
        assertThat(alice.read(bob, fromBob)).isEqualTo("b");
        for (int i = 0; i < 4; i++) {
            fromAlice = alice.send("a" + i, bob);
            fromBob = bob.send("b" + i, alice);
            assertThat(bob.read(alice, fromAlice)).isEqualTo("a" + i);
            assertThat(alice.read(bob, fromBob)).isEqualTo("b" + i);
        }
        assertThat(bob.read(alice, alice.send("one way", bob))).isEqualTo("one way");
        assertThat(current(bob, alice)).isEqualTo(current(alice, bob));
    }
}

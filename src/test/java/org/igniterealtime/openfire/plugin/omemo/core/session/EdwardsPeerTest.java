package org.igniterealtime.openfire.plugin.omemo.core.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.igniterealtime.openfire.plugin.omemo.core.OmemoException;
import org.igniterealtime.openfire.plugin.omemo.core.OmemoException.Reason;
import org.igniterealtime.openfire.plugin.omemo.core.crypto.IdentityEncoding;
import org.igniterealtime.openfire.plugin.omemo.core.profile.Profile;
import org.igniterealtime.openfire.plugin.omemo.core.ratchet.KeyExchange;
import org.igniterealtime.openfire.plugin.omemo.core.store.SessionState;
import org.igniterealtime.openfire.plugin.omemo.core.store.Trust;
import org.igniterealtime.openfire.plugin.omemo.protocol.Base64Text;
import org.igniterealtime.openfire.plugin.omemo.protocol.Bundle;
import org.igniterealtime.openfire.plugin.omemo.protocol.Encrypted;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A peer of 0.5 to 0.7: under the namespace of 0.4 it writes identity keys as Ed25519 points, in its bundle, in key
 * exchanges and in AD. The signature of its signed prekey tells.
 */
class EdwardsPeerTest extends TwoDevices {

    @BeforeEach
    void meet() {
        meet(Profile.OMEMO_1);
    }

    private static byte[] edwards(TestDevice device) {
        return IdentityEncoding.ED25519.encode(device.device.own().identity().publicKey());
    }

    /** The bundle as such a peer publishes it, and as it reads others'. */
    private static Bundle edwardsBundle(TestDevice device) {
        Bundle bundle = device.device.bundle();
        return new Bundle(
            bundle.family(), bundle.signedPreKey(), Base64Text.encode(edwards(device)), bundle.preKeys());
    }

    private static Encrypted write(TestDevice from, TestDevice to) {
        return TestDevice.ready(from.device.encrypt(Conversation.with(to.jid()), List.of(TestDevice.body("hello")),
            Map.of(to.address(), edwardsBundle(to))));
    }

    private static SessionState session(TestDevice device, TestDevice peer) {
        return device.store.sessions(peer.address()).orElseThrow().current();
    }

    private static void assertAssociatedData(TestDevice initiator, TestDevice responder) {
        byte[] expected = Arrays.copyOf(edwards(initiator), 64);
        System.arraycopy(edwards(responder), 0, expected, 32, 32);
        assertThat(session(initiator, responder).ratchet().associatedData().toBytes()).isEqualTo(expected);
        assertThat(session(responder, initiator).ratchet().associatedData().toBytes()).isEqualTo(expected);
    }

    @Test
    void theSignatureTellsTheReading() throws OmemoException {
        assertThat(PublishedBundle.verify(Profile.OMEMO_1, bob.device.bundle()).keys().encoding())
            .isEqualTo(IdentityEncoding.CURVE25519);
        assertThat(PublishedBundle.verify(Profile.OMEMO_1, edwardsBundle(bob)).keys().encoding())
            .isEqualTo(IdentityEncoding.ED25519);
    }

    @Test
    void aSessionThatWeBeginIsInItsForm() throws OmemoException {
        Encrypted message = write(alice, bob);
        assertThat(session(alice, bob).unanswered().orElseThrow().encoding()).isEqualTo(IdentityEncoding.ED25519);
        KeyExchange exchange = KeyExchange.decode(
            Profile.OMEMO_1, IdentityEncoding.ED25519, key(message).data().decode());
        assertThat(exchange.header().identityKey()).isEqualTo(alice.device.own().identity().publicKey());
        assertThat(bob.read(alice, message)).isEqualTo("hello");
        assertAssociatedData(alice, bob);
        assertThatBothTalk();
    }

    @Test
    void aSessionThatItBeginsIsRead() {
        assertThat(alice.read(bob, write(bob, alice))).isEqualTo("hello");
        assertAssociatedData(bob, alice);
        assertThatBothTalk();
    }

    @Test
    void itsKeyExchangeIsReadAsOftenAsItIsRepeated() {
        Encrypted first = write(bob, alice);
        Encrypted second = write(bob, alice);
        assertThat(alice.read(bob, second)).isEqualTo("hello");
        assertThat(alice.read(bob, first)).isEqualTo("hello");
        assertRefused(Reason.DUPLICATE, alice.receive(bob, first));
        assertRefused(Reason.UNAUTHENTICATED, alice.receive(bob, altered(write(bob, alice))));
    }

    /** The fingerprint is that of the same key in either form, and so is what was decided about it. */
    @Test
    void itIsTheSameDeviceInEitherForm() {
        Incoming first = alice.receive(bob, write(bob, alice));
        alice.decide(bob, Trust.TRUSTED);
        Incoming second = alice.receive(
            bob, TestDevice.ready(bob.device.startOver(alice.address(), alice.device.bundle())));
        assertThat(first.identityChange()).isEmpty();
        assertThat(second.identityChange()).isEmpty();
        assertThat(second.outcome()).isEqualTo(new Outcome.Empty(Trust.TRUSTED));
    }

    private void assertThatBothTalk() {
        for (int i = 0; i < 3; i++) {
            assertThat(alice.read(bob, bob.send("b" + i, alice))).isEqualTo("b" + i);
            assertThat(bob.read(alice, alice.send("a" + i, bob))).isEqualTo("a" + i);
        }
        assertThat(heartbeat(alice, bob).needs()).isEmpty();
        assertThat(key(alice.send("no key exchange", bob)).keyExchange()).isFalse();
    }
}

package org.igniterealtime.openfire.plugin.omemo.core.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.igniterealtime.openfire.plugin.omemo.core.OmemoException;
import org.igniterealtime.openfire.plugin.omemo.core.OmemoException.Reason;
import org.igniterealtime.openfire.plugin.omemo.core.profile.Profile;
import org.igniterealtime.openfire.plugin.omemo.core.ratchet.AuthenticatedMessage;
import org.igniterealtime.openfire.plugin.omemo.core.ratchet.Header;
import org.igniterealtime.openfire.plugin.omemo.core.ratchet.KeyExchange;
import org.igniterealtime.openfire.plugin.omemo.core.store.DeviceSessions;
import org.igniterealtime.openfire.plugin.omemo.protocol.Base64Text;
import org.igniterealtime.openfire.plugin.omemo.protocol.Encrypted;
import org.igniterealtime.openfire.plugin.omemo.protocol.EncryptedKey;
import org.igniterealtime.openfire.plugin.omemo.protocol.Recipient;

/** Alice and Bob, a device each, who have each other's device lists. */
abstract class TwoDevices {

    final TestClock clock = new TestClock();
    TestDevice alice;
    TestDevice bob;

    /** Both trust blindly. */
    void meet(Profile profile) {
        meet(profile, TestDevice.SETTINGS);
    }

    void meet(Profile profile, DeviceSettings settings) {
        alice = TestDevice.create(profile, "alice@example.org", 1001, clock, settings);
        bob = TestDevice.create(profile, "bob@example.org", 2002, clock, settings);
        alice.knows(bob);
        bob.knows(alice);
    }

    /** A session in both directions between devices that trust blindly. */
    void talk(Profile profile) {
        meet(profile);
        alice.talksTo(bob);
    }

    /** What becomes of an empty message that is expected to be ready. */
    static Incoming heartbeat(TestDevice from, TestDevice to) {
        Incoming incoming = to.receive(from, TestDevice.ready(from.device.emptyMessage(to.address())));
        assertThat(incoming.outcome()).isInstanceOf(Outcome.Empty.class);
        return incoming;
    }

    /** A message for Bob of another make, in the session that stands: what the ratchet carries, and the payload. */
    Encrypted fromAlice(byte[] keyMaterial, Optional<byte[]> payload) {
        DeviceSessions sessions = alice.store.sessions(bob.address()).orElseThrow();
        Session.Sent sent = Session.encrypt(sessions.current(), keyMaterial, alice.random);
        alice.store.storeSessions(bob.address(), sessions.with(sent.next()));
        EncryptedKey key = new EncryptedKey(2002, sent.keyExchange(), Base64Text.encode(sent.wire()));
        return new Encrypted(alice.device.own().profile().family(), 1001,
            List.of(new Recipient(Optional.of(bob.jid()), List.of(key))), Optional.empty(),
            payload.map(Base64Text::encode));
    }

    /** The place in its session that the only key of a message names. */
    static Header header(TestDevice from, Encrypted message) {
        byte[] bytes = key(message).data().decode();
        try {
            return (key(message).keyExchange()
                ? KeyExchange.decode(from.device.own().profile(), bytes).message()
                : AuthenticatedMessage.decode(bytes)).header();
        } catch (OmemoException e) {
            throw new AssertionError(e);
        }
    }

    static Object current(TestDevice device, TestDevice peer) {
        return device.store.sessions(peer.address()).orElseThrow().current().ephemeralKey();
    }

    static EncryptedKey key(Encrypted message) {
        return message.recipients().get(0).keys().get(0);
    }

    static void assertRefused(Reason reason, Incoming incoming) {
        assertThat(incoming.outcome()).isEqualTo(new Outcome.Refused(reason));
    }

    /** The message with the last byte for its first device altered. */
    static Encrypted altered(Encrypted message) {
        byte[] bytes = key(message).data().decode();
        bytes[bytes.length - 1] ^= 1;
        return withKey(message, key(message).keyExchange(), bytes);
    }

    /** The message with other bytes for its first device. */
    static Encrypted withKey(Encrypted message, boolean keyExchange, byte[] bytes) {
        EncryptedKey key = new EncryptedKey(key(message).rid(), keyExchange, Base64Text.encode(bytes));
        return new Encrypted(message.family(), message.sid(),
            List.of(new Recipient(message.recipients().get(0).jid(), List.of(key))), message.iv(), message.payload());
    }

    /** The message with another payload, or with none. */
    static Encrypted withPayload(Encrypted message, Optional<byte[]> payload) {
        return new Encrypted(message.family(), message.sid(), message.recipients(), message.iv(),
            payload.map(Base64Text::encode));
    }
}

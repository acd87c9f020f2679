package org.igniterealtime.openfire.plugin.omemo.core.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.igniterealtime.openfire.plugin.omemo.core.OmemoException;
import org.igniterealtime.openfire.plugin.omemo.core.OmemoException.Reason;
import org.igniterealtime.openfire.plugin.omemo.core.payload.KeyMaterial;
import org.igniterealtime.openfire.plugin.omemo.core.profile.Profile;
import org.igniterealtime.openfire.plugin.omemo.core.ratchet.AuthenticatedMessage;
import org.igniterealtime.openfire.plugin.omemo.core.store.SessionState;
import org.igniterealtime.openfire.plugin.omemo.core.store.Trust;
import org.igniterealtime.openfire.plugin.omemo.protocol.Encrypted;
import org.igniterealtime.openfire.plugin.omemo.protocol.MalformedElementException;
import org.igniterealtime.openfire.plugin.omemo.protocol.SceContent;
import org.igniterealtime.openfire.plugin.omemo.protocol.SceForm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The forms of a message without content: two under the namespace of 0.4, one under that of 0.8. */
class EmptyMessageTest extends TwoDevices {

    @Test
    void is04sContentWithoutElements() throws OmemoException, MalformedElementException {
        talk(Profile.OMEMO_1);
        StoreContents before = bob.contents(alice);
        Encrypted message = TestDevice.ready(alice.device.emptyMessage(bob.address()));
        SessionState session = before.sessions().get(alice.address()).current();
        byte[] keyMaterial =
            Session.decrypt(session, AuthenticatedMessage.decode(key(message).data().decode())).plaintext();
        byte[] plaintext =
            KeyMaterial.decode(Profile.OMEMO_1, keyMaterial).open(message.payload().orElseThrow().decode());
        SceContent content = SceContent.parse(plaintext, SceForm.CONTENT);
        assertThat(content.isEmpty()).isTrue();
        assertThat(content.to()).contains(bob.jid());
        assertThat(bob.receive(alice, message).outcome()).isEqualTo(new Outcome.Empty(Trust.BLIND));
    }

    @Test
    void is08sMessageWithoutPayload() throws OmemoException {
        talk(Profile.OMEMO_2);
        SessionState session = bob.contents(alice).sessions().get(alice.address()).current();
        Encrypted message = TestDevice.ready(alice.device.emptyMessage(bob.address()));
        assertThat(message.payload()).isEmpty();
        assertThat(Session.decrypt(session, AuthenticatedMessage.decode(key(message).data().decode())).plaintext())
            .isEqualTo(new byte[32]);
        assertThat(bob.receive(alice, message).outcome()).isEqualTo(new Outcome.Empty(Trust.BLIND));
    }

    /** 0.7 sends that, too, under the namespace of 0.4. */
    @ParameterizedTest
    @EnumSource
    void withoutPayloadItIsReadUnderBothNamespaces(Profile profile) {
        talk(profile);
        Incoming incoming = bob.receive(alice, fromAlice(new byte[32], Optional.empty()));
        assertThat(incoming.outcome()).isEqualTo(new Outcome.Empty(Trust.BLIND));
    }

    @ParameterizedTest
    @EnumSource
    void aKeyWithoutPayloadIsRefused(Profile profile) {
        talk(profile);
        byte[] key = new byte[32];
        key[31] = 1;
        assertRefused(Reason.UNDECODABLE, bob.receive(alice, fromAlice(key, Optional.empty())));
        assertRefused(Reason.UNDECODABLE, bob.receive(alice, fromAlice(new byte[48], Optional.empty())));
    }

    @ParameterizedTest
    @EnumSource
    void itNeedsASession(Profile profile) {
        meet(profile);
        Outgoing outgoing = alice.device.emptyMessage(bob.address());
        assertThat(TestDevice.withheld(outgoing)).isEqualTo(Outgoing.Cause.NOBODY_TO_READ);
        assertThat(outgoing.leftOut().withoutBundle()).containsExactly(bob.address());
    }

    @ParameterizedTest
    @EnumSource
    void itIsForOneDeviceOnly(Profile profile) {
        meet(profile);
        TestDevice tablet = TestDevice.create(profile, "bob@example.org", 2003, clock);
        alice.knows(bob, tablet);
        alice.send("hello", bob, tablet);
        Encrypted message = TestDevice.ready(alice.device.emptyMessage(tablet.address()));
        assertThat(message.keyCount()).isEqualTo(1);
        assertThat(key(message).rid()).isEqualTo(2003);
    }
}

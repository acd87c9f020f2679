package org.igniterealtime.openfire.plugin.omemo.core.ratchet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.igniterealtime.openfire.plugin.omemo.core.OmemoException;
import org.igniterealtime.openfire.plugin.omemo.core.profile.Profile;
import org.igniterealtime.openfire.plugin.omemo.core.vectors.Vectors;
import org.igniterealtime.openfire.plugin.omemo.fuzz.FuzzTarget;

/** {@link AuthenticatedMessage} and {@link KeyExchange}, and what a session makes of them. */
public final class MessageFuzz implements FuzzTarget {

    private final Established session = Established.in(Profile.OMEMO_1);
    private final DoubleRatchet bob = session.bob().encrypt(Established.FIRST, session.random()).next();

    @Override
    public Stream<byte[]> seeds() {
        Stream<byte[]> ours = Stream.of(session.keyExchange().encode(),
            session.alice().encrypt(Established.FIRST, session.random()).message().encode());
        return Stream.concat(ours, Vectors.sections("session").flatMap(vectors -> vectors.each("events"))
            .filter(event -> event.text("op").equals("send")).map(event -> event.bytes("wire")));
    }

    @Override
    public boolean accepts(byte[] input) {
        boolean message = acceptsMessage(input);
        return Arrays.stream(Profile.values()).filter(profile -> acceptsKeyExchange(profile, input)).count() > 0
            || message;
    }

    private boolean acceptsMessage(byte[] input) {
        AuthenticatedMessage message;
        try {
            message = AuthenticatedMessage.decode(input);
        } catch (OmemoException e) {
            return false;
        }
        try {
            assertThat(AuthenticatedMessage.decode(message.encode()).encode()).isEqualTo(message.encode());
        } catch (OmemoException e) {
            throw new AssertionError("what was read cannot be read again", e);
        }
        read(message);
        return true;
    }

    /** Nobody but Alice writes what Bob reads. */
    private void read(AuthenticatedMessage message) {
        RatchetState before = bob.state();
        try {
            assertThat(bob.decrypt(message).plaintext()).isEqualTo(Established.FIRST);
        } catch (OmemoException e) {
            assertThat(bob.state()).isEqualTo(before);
        }
    }

    private boolean acceptsKeyExchange(Profile profile, byte[] input) {
        KeyExchange exchange;
        try {
            exchange = KeyExchange.decode(profile, input);
        } catch (OmemoException e) {
            return false;
        }
        try {
            assertThat(KeyExchange.decode(profile, exchange.encode()).encode()).isEqualTo(exchange.encode());
        } catch (OmemoException e) {
            throw new AssertionError("what was read cannot be read again", e);
        }
        if (exchange.header().signedPreKeyId() != session.responder().signedPreKey().id()
                || !exchange.header().preKeyId().equals(OptionalInt.of(session.responder().preKey().id()))) {
            return true;
        }
        try {
            assertThat(session.responder().respond(exchange).plaintext()).isEqualTo(Established.FIRST);
        } catch (OmemoException e) {
            assertThat(e.reason()).isNotEqualTo(OmemoException.Reason.UNDECODABLE);
        }
        return true;
    }
}

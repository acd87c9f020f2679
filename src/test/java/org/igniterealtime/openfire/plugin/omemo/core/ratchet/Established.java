package org.igniterealtime.openfire.plugin.omemo.core.ratchet;

import java.security.SecureRandom;
import java.util.Optional;
import org.igniterealtime.openfire.plugin.omemo.core.OmemoException;
import org.igniterealtime.openfire.plugin.omemo.core.crypto.IdentityKeyPair;
import org.igniterealtime.openfire.plugin.omemo.core.crypto.PreKeyPair;
import org.igniterealtime.openfire.plugin.omemo.core.crypto.SignedPreKeyPair;
import org.igniterealtime.openfire.plugin.omemo.core.profile.Profile;
import org.igniterealtime.openfire.plugin.omemo.core.vectors.SeededRandom;
import org.igniterealtime.openfire.plugin.omemo.core.x3dh.Initiation;
import org.igniterealtime.openfire.plugin.omemo.core.x3dh.PreKeyBundle;
import org.igniterealtime.openfire.plugin.omemo.core.x3dh.X3dh;

/** Alice has written to Bob, and Bob has read it: his side knows both chains, hers waits for the answer. */
record Established(
    KeyExchange keyExchange, DoubleRatchet alice, DoubleRatchet bob, SecureRandom random, Responder responder) {

    static final byte[] FIRST = {1, 2, 3};

    /** The secrets with which Bob takes part in the key exchange. */
    record Responder(IdentityKeyPair identity, SignedPreKeyPair signedPreKey, PreKeyPair preKey) {

        DoubleRatchet.Received respond(KeyExchange exchange) throws OmemoException {
            return DoubleRatchet.respond(
                X3dh.respond(identity, signedPreKey, Optional.of(preKey), exchange.header()), signedPreKey,
                exchange.message());
        }
    }

    static Established in(Profile profile) {
        try {
            SecureRandom random = new SeededRandom(1);
            Responder bob = new Responder(IdentityKeyPair.generate(random), SignedPreKeyPair.generate(7, random),
                PreKeyPair.generate(8, random));
            PreKeyBundle bundle = PreKeyBundle.verify(profile,
                profile.identityEncoding().encode(bob.identity().publicKey()), bob.signedPreKey().publicKey(),
                bob.identity().sign(bob.signedPreKey().publicKey()));
            Initiation initiation = X3dh.initiate(
                IdentityKeyPair.generate(random), bundle, Optional.of(bob.preKey().publicKey()), random);
            DoubleRatchet.Sent first = DoubleRatchet
                .initiate(initiation.agreement(), bundle.signedPreKey(), random).encrypt(FIRST, random);
            KeyExchange exchange = new KeyExchange(initiation.header(), first.message());
            return new Established(
                exchange, first.next(), bob.respond(exchange).next(), random, bob);
        } catch (OmemoException e) {
            throw new AssertionError(e);
        }
    }
}

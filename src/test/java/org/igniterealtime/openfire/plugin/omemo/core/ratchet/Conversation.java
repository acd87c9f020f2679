package org.igniterealtime.openfire.plugin.omemo.core.ratchet;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.igniterealtime.openfire.plugin.omemo.core.OmemoException;
import org.igniterealtime.openfire.plugin.omemo.core.OmemoException.Reason;
import org.igniterealtime.openfire.plugin.omemo.core.crypto.IdentityKeyPair;
import org.igniterealtime.openfire.plugin.omemo.core.crypto.PreKeyPair;
import org.igniterealtime.openfire.plugin.omemo.core.crypto.SignedPreKeyPair;
import org.igniterealtime.openfire.plugin.omemo.core.profile.Profile;
import org.igniterealtime.openfire.plugin.omemo.core.vectors.SeededRandom;
import org.igniterealtime.openfire.plugin.omemo.core.x3dh.Initiation;
import org.igniterealtime.openfire.plugin.omemo.core.x3dh.PreKeyBundle;
import org.igniterealtime.openfire.plugin.omemo.core.x3dh.X3dh;

/**
 * Two devices and a bad network between them: it loses, delays and duplicates what they send. The seed decides
 * everything. Alice begins, and repeats her key exchange until Bob has answered.
 */
final class Conversation {

    private static final int LATEST = 40;

    private final Random dice;
    private final SecureRandom random;
    private final Profile profile;
    private final IdentityKeyPair bobsIdentity;
    private final SignedPreKeyPair bobsSignedPreKey;
    private final PreKeyPair bobsPreKey;
    private final Initiation initiation;

    private DoubleRatchet alice;
    private Optional<DoubleRatchet> bob = Optional.empty();
    private final List<Packet> toAlice = new ArrayList<>();
    private final List<Packet> toBob = new ArrayList<>();

    /** What was sent and what came out, as numbers of messages. */
    final List<Integer> delivered = new ArrayList<>();
    final List<Integer> read = new ArrayList<>();
    final List<Reason> refused = new ArrayList<>();

    private record Packet(int number, boolean keyExchange, byte[] wire) {
    }

    Conversation(Profile profile, long seed) throws OmemoException {
        this.dice = new Random(seed);
        this.random = new SeededRandom(seed);
        this.profile = profile;
        IdentityKeyPair alicesIdentity = IdentityKeyPair.generate(random);
        this.bobsIdentity = IdentityKeyPair.generate(random);
        this.bobsSignedPreKey = SignedPreKeyPair.generate(1, random);
        this.bobsPreKey = PreKeyPair.generate(1, random);
        PreKeyBundle bundle = PreKeyBundle.verify(
            profile, profile.identityEncoding().encode(bobsIdentity.publicKey()), bobsSignedPreKey.publicKey(),
            bobsIdentity.sign(bobsSignedPreKey.publicKey()));
        this.initiation =
            X3dh.initiate(alicesIdentity, bundle, Optional.of(bobsPreKey.publicKey()), random);
        this.alice = DoubleRatchet.initiate(initiation.agreement(), bobsSignedPreKey.publicKey(), random);
    }

    void run(int messages) throws OmemoException {
        for (int number = 0; number < messages; number++) {
            if (bob.isEmpty() || dice.nextBoolean()) {
                deliverLater(toBob, sendFromAlice(number));
            } else {
                deliverLater(toAlice, sendFromBob(number));
            }
            while (dice.nextInt(3) > 0) {
                deliver(dice.nextBoolean());
            }
        }
        while (!toAlice.isEmpty() || !toBob.isEmpty()) {
            deliver(toBob.isEmpty());
        }
    }

    private Packet sendFromAlice(int number) {
        boolean unanswered = alice.state().receiving().isEmpty();
        DoubleRatchet.Sent sent = alice.encrypt(plaintext(number), random);
        alice = sent.next();
        return new Packet(number, unanswered, unanswered
            ? new KeyExchange(initiation.header(), sent.message()).encode()
            : sent.message().encode());
    }

    private Packet sendFromBob(int number) {
        DoubleRatchet.Sent sent = bob.orElseThrow().encrypt(plaintext(number), random);
        bob = Optional.of(sent.next());
        return new Packet(number, false, sent.message().encode());
    }

    /** One in eight is lost, one in eight comes twice. */
    private void deliverLater(List<Packet> queue, Packet packet) {
        int copies = switch (dice.nextInt(8)) {
            case 0 -> 0;
            case 1 -> 2;
            default -> 1;
        };
        for (int copy = 0; copy < copies; copy++) {
            queue.add(packet);
        }
        if (copies > 0) {
            delivered.add(packet.number);
        }
    }

    private void deliver(boolean fromBob) throws OmemoException {
        List<Packet> queue = fromBob ? toAlice : toBob;
        if (queue.isEmpty()) {
            return;
        }
        Packet packet = queue.remove(dice.nextInt(Math.min(queue.size(), LATEST)));
        try {
            DoubleRatchet.Received received = fromBob
                ? alice.decrypt(AuthenticatedMessage.decode(packet.wire))
                : decryptAsBob(packet);
            read.add(number(received.plaintext()));
            if (fromBob) {
                alice = received.next();
            } else {
                bob = Optional.of(received.next());
            }
        } catch (OmemoException e) {
            refused.add(e.reason());
        }
    }

    private DoubleRatchet.Received decryptAsBob(Packet packet) throws OmemoException {
        if (!packet.keyExchange) {
            return bob.orElseThrow().decrypt(AuthenticatedMessage.decode(packet.wire));
        }
        KeyExchange exchange = KeyExchange.decode(profile, packet.wire);
        return bob.isPresent()
            ? bob.get().decrypt(exchange.message())
            : DoubleRatchet.respond(
                X3dh.respond(bobsIdentity, bobsSignedPreKey, Optional.of(bobsPreKey), exchange.header()),
                bobsSignedPreKey, exchange.message());
    }

    private static byte[] plaintext(int number) {
        return ("message " + number).getBytes(StandardCharsets.US_ASCII);
    }

    private static int number(byte[] plaintext) {
        return Integer.parseInt(
            new String(plaintext, StandardCharsets.US_ASCII).substring("message ".length()));
    }
}

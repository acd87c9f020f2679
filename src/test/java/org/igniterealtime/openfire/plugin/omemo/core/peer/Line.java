package org.igniterealtime.openfire.plugin.omemo.core.peer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.igniterealtime.openfire.plugin.omemo.core.OmemoException.Reason;
import org.igniterealtime.openfire.plugin.omemo.peer.PythonProcess;
import org.igniterealtime.openfire.plugin.omemo.protocol.BareJid;
import org.igniterealtime.openfire.plugin.omemo.protocol.Bundle;
import org.igniterealtime.openfire.plugin.omemo.protocol.EncryptedKey;
import org.igniterealtime.openfire.plugin.omemo.protocol.Family;
import org.igniterealtime.openfire.plugin.omemo.protocol.OmemoNode;

/**
 * The line between a device of ours and one of python-twomemo. What one publishes the other sees at once; messages are
 * under way until they are delivered.
 */
final class Line {

    private static final BareJid OUR_JID = BareJid.of("ours@example.org").orElseThrow();
    private static final BareJid THEIR_JID = BareJid.of("theirs@example.org").orElseThrow();

    final Ours ours;
    final Twomemo theirs;
    private final Map<Party, List<Packet>> underWay;
    private final Map<Party, List<Bundle>> bundles;

    /**
     * A message.
     *
     * @param body what it says; nothing if it is an empty one
     */
    record Packet(Party to, String xml, Optional<String> body) {

        EncryptedKey key() {
            return Ours.encrypted(xml).recipients().get(0).keys().get(0);
        }
    }

    Line(PythonProcess process, long seed) {
        ours = new Ours(OUR_JID, THEIR_JID, seed);
        theirs = new Twomemo(process, THEIR_JID, OUR_JID);
        underWay = Map.of(ours, new ArrayList<>(), theirs, new ArrayList<>());
        bundles = Map.of(ours, new ArrayList<>(), theirs, new ArrayList<>());
    }

    void announce(Party party) {
        passOn(party, party.announce());
    }

    Party other(Party party) {
        return party == ours ? theirs : ours;
    }

    /** The messages to this party that have not arrived, the oldest first. */
    List<Packet> underWay(Party to) {
        return underWay.get(to);
    }

    /** What this party has published, the latest last. */
    List<Bundle> bundles(Party of) {
        return bundles.get(of);
    }

    /** Writes a message, which is under way then. */
    Packet write(Party from, String body) {
        Party.Answer answer = from.write(body);
        passOn(from, answer);
        assertThat(answer.refusal()).isEmpty();
        Packet packet = new Packet(other(from), answer.value().orElseThrow(), Optional.of(body));
        underWay(packet.to()).add(packet);
        return packet;
    }

    void startOver(Party from) {
        Party.Answer answer = from.startOver();
        passOn(from, answer);
        assertThat(answer.refusal()).isEmpty();
    }

    /** A message arrives, and says what it was to say. */
    void deliver(Packet packet) {
        Party.Answer answer = receive(packet);
        assertThat(answer.refusal()).isEmpty();
        assertThat(answer.value()).isEqualTo(packet.body());
    }

    /** A message arrives, and is refused: by us for this reason, by python-omemo, which knows but one, for that. */
    void deliverInVain(Packet packet, Reason reason) {
        Party.Answer answer = receive(packet);
        assertThat(answer.refusal()).contains(packet.to() == ours ? reason.name() : "DecryptionFailed");
        assertThat(answer.value()).isEmpty();
    }

    /** Everything arrives in the order in which it was written, and what that calls for, too. */
    void settle() {
        while (!underWay(ours).isEmpty() || !underWay(theirs).isEmpty()) {
            deliver(underWay(underWay(ours).isEmpty() ? theirs : ours).get(0));
        }
    }

    /** We write, they read it, and the other way round. */
    void talk() {
        write(ours, "We can write.");
        settle();
        write(theirs, "So can they.");
        settle();
    }

    private Party.Answer receive(Packet packet) {
        underWay(packet.to()).remove(packet);
        Party.Answer answer = packet.to().read(packet.xml());
        passOn(packet.to(), answer);
        return answer;
    }

    private void passOn(Party from, Party.Answer answer) {
        for (Party.Item item : answer.published()) {
            other(from).learn(item);
            if (Family.ofNode(item.node()).orElseThrow().content() == OmemoNode.Content.BUNDLES) {
                bundles(from).add(Ours.bundle(item));
            }
        }
        answer.sent().forEach(xml -> underWay(other(from)).add(new Packet(other(from), xml, Optional.empty())));
    }
}

package org.igniterealtime.openfire.plugin.omemo.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.igniterealtime.openfire.plugin.omemo.core.crypto.IdentityKeyPair;
import org.igniterealtime.openfire.plugin.omemo.core.profile.Profile;
import org.igniterealtime.openfire.plugin.omemo.core.session.Conversation;
import org.igniterealtime.openfire.plugin.omemo.core.session.DeviceSettings;
import org.igniterealtime.openfire.plugin.omemo.core.session.Incoming;
import org.igniterealtime.openfire.plugin.omemo.core.session.OmemoDevice;
import org.igniterealtime.openfire.plugin.omemo.core.session.Outcome;
import org.igniterealtime.openfire.plugin.omemo.core.session.Outgoing;
import org.igniterealtime.openfire.plugin.omemo.core.vectors.SeededRandom;
import org.igniterealtime.openfire.plugin.omemo.protocol.BareJid;
import org.igniterealtime.openfire.plugin.omemo.protocol.ContentElement;
import org.igniterealtime.openfire.plugin.omemo.protocol.Delivery;
import org.igniterealtime.openfire.plugin.omemo.protocol.Device;
import org.igniterealtime.openfire.plugin.omemo.protocol.DeviceList;
import org.igniterealtime.openfire.plugin.omemo.protocol.Encrypted;

/** Two devices that fill stores with all that comes up in a conversation. */
public final class Devices {

    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05.678Z");
    private static final DeviceSettings SETTINGS = DeviceSettings.DEFAULT.withBlindTrust();

    private final SecureRandom random = new SeededRandom(1);
    private OmemoDevice alice;
    private OmemoDevice bob;

    /** In empty stores. */
    public Devices(Profile profile, OmemoStore alicesStore, OmemoStore bobsStore) {
        alice = create(profile, "alice@example.org", 1001, alicesStore);
        bob = create(profile, "bob@example.org", 2002, bobsStore);
        alice.takeOver(jid(bob), listOf(bob));
        bob.takeOver(jid(alice), listOf(alice));
    }

    private OmemoDevice create(Profile profile, String jid, int id, OmemoStore store) {
        OwnDevice own = new OwnDevice(profile, new DeviceAddress(BareJid.of(jid).orElseThrow(), id),
            IdentityKeyPair.generate(random), Optional.of("a label"));
        return OmemoDevice.create(own, store, random, () -> NOW, SETTINGS);
    }

    private static DeviceList listOf(OmemoDevice device) {
        return new DeviceList(device.own().profile().family(),
            List.of(new Device(device.own().address().deviceId(), Optional.empty(), Optional.empty())));
    }

    /** Bob goes on with this store. */
    public void bobRestarts(OmemoStore store) {
        bob = OmemoDevice.open(store, random, () -> NOW, SETTINGS);
    }

    public OmemoDevice bob() {
        return bob;
    }

    public Encrypted aliceWrites(String text) {
        return write(alice, bob, text);
    }

    public void bobReads(String text, Encrypted message) {
        read(bob, alice, text, message);
    }

    public void bobAnswers(String text) {
        read(alice, bob, text, write(bob, alice, text));
    }

    /** Key exchanges from both sides, a session in use, lost messages, trust, an opt-out, a used prekey that is kept. */
    public void talk(int lost) {
        bob.beginCatchUp();
        bobReads("first", aliceWrites("first"));
        bob.endCatchUp();
        bobAnswers("second");
        bobReads("third", aliceWrites("third"));
        bobAnswers("fourth");
        for (int i = 0; i < lost; i++) {
            aliceWrites("lost");
        }
        bobReads("fifth", aliceWrites("fifth"));
        bob.confirmPlaintext(BareJid.of("carol@example.org").orElseThrow());
        bob.decide(jid(alice), Fingerprint.of(alice.own().identity().publicKey()), Trust.TRUSTED);
        bob.startOver(alice.own().address(), alice.bundle());
        bob.recover(alice.own().address(), alice.bundle());
        bob.beginCatchUp();
        alice.startOver(bob.own().address(), bob.bundle());
        bobReads("sixth", aliceWrites("sixth"));
    }

    private static Encrypted write(OmemoDevice from, OmemoDevice to, String text) {
        Outgoing outgoing = from.encrypt(Conversation.with(jid(to)), List.of(ContentElement.body(text)),
            Map.of(to.own().address(), to.bundle()));
        assertThat(outgoing).isInstanceOf(Outgoing.Ready.class);
        return ((Outgoing.Ready) outgoing).message();
    }

    private static void read(OmemoDevice to, OmemoDevice from, String text, Encrypted message) {
        Incoming incoming = to.decrypt(Delivery.toAccount(jid(from), jid(to)), message);
        assertThat(incoming.outcome()).isInstanceOf(Outcome.Content.class);
        assertThat(((Outcome.Content) incoming.outcome()).content().body()).contains(text);
    }

    private static BareJid jid(OmemoDevice device) {
        return device.own().address().jid();
    }
}

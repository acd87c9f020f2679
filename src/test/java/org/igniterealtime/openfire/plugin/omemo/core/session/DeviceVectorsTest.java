package org.igniterealtime.openfire.plugin.omemo.core.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.dom4j.DocumentException;
import org.dom4j.DocumentHelper;
import org.dom4j.Element;
import org.igniterealtime.openfire.plugin.omemo.core.OmemoException.Reason;
import org.igniterealtime.openfire.plugin.omemo.core.crypto.Party;
import org.igniterealtime.openfire.plugin.omemo.core.profile.Profile;
import org.igniterealtime.openfire.plugin.omemo.core.store.DeviceAddress;
import org.igniterealtime.openfire.plugin.omemo.core.store.InMemoryStore;
import org.igniterealtime.openfire.plugin.omemo.core.store.OwnDevice;
import org.igniterealtime.openfire.plugin.omemo.core.store.PreKeys;
import org.igniterealtime.openfire.plugin.omemo.core.store.SignedPreKeys;
import org.igniterealtime.openfire.plugin.omemo.core.store.Trust;
import org.igniterealtime.openfire.plugin.omemo.core.vectors.ScriptedRandom;
import org.igniterealtime.openfire.plugin.omemo.core.vectors.SeededRandom;
import org.igniterealtime.openfire.plugin.omemo.core.vectors.Vectors;
import org.igniterealtime.openfire.plugin.omemo.protocol.BareJid;
import org.igniterealtime.openfire.plugin.omemo.protocol.Bundle;
import org.igniterealtime.openfire.plugin.omemo.protocol.Delivery;
import org.igniterealtime.openfire.plugin.omemo.protocol.Device;
import org.igniterealtime.openfire.plugin.omemo.protocol.DeviceList;
import org.igniterealtime.openfire.plugin.omemo.protocol.Encrypted;
import org.igniterealtime.openfire.plugin.omemo.protocol.EncryptedKey;
import org.igniterealtime.openfire.plugin.omemo.protocol.EncryptedLimits;
import org.igniterealtime.openfire.plugin.omemo.protocol.MalformedElementException;
import org.igniterealtime.openfire.plugin.omemo.protocol.SceContent;
import org.igniterealtime.openfire.plugin.omemo.protocol.SceForm;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Sections {@code session} and {@code stanza} between whole devices. They hold the secrets of A and B, and draw what
 * was drawn when the vectors were made; what the library did not draw, our replacements of prekeys, is drawn elsewhere.
 */
class DeviceVectorsTest {

    private static final int PREKEYS = 5;

    private final Map<String, VectorDevice> devices = new HashMap<>();
    private final Map<String, Encrypted> sent = new HashMap<>();
    private final Map<String, SceContent> contents = new HashMap<>();

    /** What the library drew when it received a new ratchet key, and we draw with the next message. */
    private final Map<String, byte[]> ratchetKeys = new HashMap<>();

    static Stream<Vectors> sessions() {
        return Vectors.sections("session");
    }

    static Stream<Vectors> stanzas() {
        return Vectors.sections("stanza");
    }

    /** A or B, with the parts of {@link OmemoDevice} that take content as it is. */
    private static final class VectorDevice {

        final Party party;
        final OmemoDevice device;
        final Encryption encryption;
        private final Script random = new Script();

        VectorDevice(Profile profile, String name) {
            party = Party.of(profile, name);
            InMemoryStore store = new InMemoryStore();
            BareJid jid = BareJid.of(party.vectors().text("jid")).orElseThrow();
            OwnDevice own = new OwnDevice(profile, new DeviceAddress(jid, party.vectors().number("device_id")),
                party.identity(), Optional.empty());
            TestClock clock = new TestClock();
            store.storeOwnDevice(own);
            store.storeSignedPreKeys(new SignedPreKeys(party.signedPreKey(), clock.instant(), Optional.empty()));
            store.storePreKeys(new PreKeys(
                IntStream.rangeClosed(1, PREKEYS).mapToObj(party::preKey).toList(), List.of(), PREKEYS));
            device = OmemoDevice.open(store, random, clock, TestDevice.SETTINGS);
            DeviceContext context = new DeviceContext(own, store, random, clock, TestDevice.SETTINGS);
            TrustBook trustBook = new TrustBook(context);
            encryption = new Encryption(
                context, new KnownDevices(context), trustBook, new OptOuts(context), new CatchUp());
        }

        DeviceAddress address() {
            return device.own().address();
        }

        void knows(VectorDevice other) {
            device.takeOver(other.address().jid(), new DeviceList(device.own().profile().family(),
                List.of(new Device(other.address().deviceId(), Optional.empty(), Optional.empty()))));
        }

        /** What is published in the vectors, with one prekey to choose from. */
        Bundle bundle(int preKeyId) {
            try {
                Element xml = DocumentHelper.parseText(party.vectors().text("bundle_xml")).getRootElement();
                Bundle all = Bundle.parse(xml);
                return new Bundle(all.family(), all.signedPreKey(), all.identityKey(),
                    all.preKeys().stream().filter(preKey -> preKey.id() == preKeyId).toList());
            } catch (MalformedElementException | DocumentException e) {
                throw new AssertionError(e);
            }
        }

        /** Encrypts, drawing exactly this. */
        Encrypted draw(List<byte[]> drawn, Supplier<Outgoing> encryption) {
            random.script = Optional.of(new ScriptedRandom(drawn.toArray(byte[][]::new)));
            Encrypted message = TestDevice.ready(encryption.get());
            assertThat(random.script.get().isUsedUp()).isTrue();
            random.script = Optional.empty();
            return message;
        }

        SceContent content(byte[] plaintext) {
            try {
                return SceContent.parse(plaintext, SceForm.of(device.own().profile().family()).orElseThrow());
            } catch (MalformedElementException e) {
                throw new AssertionError(e);
            }
        }
    }

    /** Draws from the script while there is one. */
    private static final class Script extends SecureRandom {

        private static final long serialVersionUID = 1;

        private final transient SecureRandom rest = new SeededRandom(1);
        private transient Optional<ScriptedRandom> script = Optional.empty();

        @Override
        public void nextBytes(byte[] bytes) {
            script.map(SecureRandom.class::cast).orElse(rest).nextBytes(bytes);
        }
    }

    private void meet(Profile profile) {
        for (String name : List.of("A", "B")) {
            devices.put(name, new VectorDevice(profile, name));
        }
        devices.get("A").knows(devices.get("B"));
        devices.get("B").knows(devices.get("A"));
    }

    @ParameterizedTest
    @MethodSource("sessions")
    void theSessionGoesAsWritten(Vectors vectors) {
        meet(vectors.profile());
        vectors.each("events").forEach(event -> {
            if (event.text("op").equals("send")) {
                send(vectors, event);
            } else {
                receive(event);
            }
        });
        assertThat(sent).hasSize(12);
    }

    private void send(Vectors vectors, Vectors event) {
        VectorDevice from = devices.get(event.text("from"));
        VectorDevice to = devices.get(event.text("to"));
        List<byte[]> drawn = new ArrayList<>();
        if (sent.isEmpty()) {
            drawn.add(vectors.bytes("x3dh_ek_priv"));
            drawn.add(vectors.bytes("alice_first_ratchet_priv"));
        }
        drawn.add(event.bytes("payload_key"));
        Optional.ofNullable(ratchetKeys.remove(event.text("from"))).ifPresent(drawn::add);
        Encrypted message = from.draw(drawn, () -> from.encryption.encrypt(Conversation.with(to.address().jid()),
            from.content(event.utf8("sce_plaintext_utf8")),
            Map.of(to.address(), to.bundle(vectors.number("opk_id")))));
        EncryptedKey key = TwoDevices.key(message);
        assertThat(key.rid()).isEqualTo(to.address().deviceId());
        assertThat(key.keyExchange()).isEqualTo(event.flag("kex"));
        assertThat(key.data().decode()).isEqualTo(event.bytes("wire"));
        assertThat(message.payload().orElseThrow().decode()).isEqualTo(event.bytes("payload_ciphertext"));
        sent.put(event.text("name"), message);
        contents.put(event.text("name"), from.content(event.utf8("sce_plaintext_utf8")));
    }

    private void receive(Vectors event) {
        VectorDevice by = devices.get(event.text("by"));
        VectorDevice from = devices.get(event.text("by").equals("A") ? "B" : "A");
        Incoming incoming = by.device.decrypt(
            Delivery.toAccount(from.address().jid(), by.address().jid()), sent.get(event.text("name")));
        if (event.text("result").equals("ok")) {
            SceContent content = contents.get(event.text("name"));
            assertThat(incoming.outcome())
                .isEqualTo(new Outcome.Content(content, Trust.BLIND, Set.of(), Optional.empty()));
            assertThat(incoming.needs().contains(Need.ANSWER)).isEqualTo(event.flag("session_built_passively"));
            event.json().get("ratchet_privs_generated").forEach(key ->
                ratchetKeys.put(event.text("by"), HexFormat.of().parseHex(key.textValue())));
        } else {
            assertThat(incoming.outcome()).isEqualTo(new Outcome.Refused(Reason.DUPLICATE));
        }
    }

    @ParameterizedTest
    @MethodSource("stanzas")
    void aMessageToARoomAndItsAnswer(Vectors vectors) throws MalformedElementException, DocumentException {
        meet(vectors.profile());
        VectorDevice alice = devices.get("A");
        VectorDevice bob = devices.get("B");
        BareJid room = BareJid.of(vectors.text("room")).orElseThrow();
        List<byte[]> drawn = List.of(secret(vectors, "stanza-A", "token_bytes32"),
            secret(vectors, "stanza-A", "ratchet_priv"), vectors.at("payload").bytes("key"));
        SceContent content = alice.content(vectors.at("payload").utf8("plaintext_utf8"));
        Encrypted message = alice.draw(drawn, () -> alice.encryption.encrypt(
            Conversation.inRoom(room, List.of(alice.address().jid(), bob.address().jid())), content,
            Map.of(bob.address(), bob.bundle(PREKEYS))));
        assertThat(message).isEqualTo(parse(vectors.text("encrypted_xml")));
        assertThat(bob.device.decrypt(Delivery.inRoom(alice.address().jid(), room), message).outcome())
            .isEqualTo(new Outcome.Content(content, Trust.BLIND, Set.of(), Optional.empty()));
        answer(vectors, bob, alice);
    }

    /** That of 0.4 has no affixes in the vectors, and ours would have. */
    private void answer(Vectors vectors, VectorDevice bob, VectorDevice alice)
            throws MalformedElementException, DocumentException {
        Vectors answer = vectors.at("empty_reply_from_B");
        byte[] ratchetKey = secret(vectors, "stanza-B", "ratchet_priv");
        BareJid recipient = alice.address().jid();
        Encrypted message = answer.flag("has_payload")
            ? bob.draw(List.of(secret(vectors, "stanza-B", "token_bytes32"), ratchetKey),
                () -> bob.encryption.encrypt(Conversation.with(recipient),
                    bob.content(answer.utf8("sce_plaintext_utf8")), Map.of()))
            : bob.draw(List.of(ratchetKey), () -> bob.device.emptyMessage(alice.address()));
        assertThat(message).isEqualTo(parse(answer.text("xml")));
        Incoming incoming = alice.device.decrypt(Delivery.toAccount(bob.address().jid(), recipient), message);
        assertThat(incoming.outcome()).isEqualTo(new Outcome.Empty(Trust.BLIND));
        assertThat(incoming.needs()).isEmpty();
    }

    private static Encrypted parse(String xml) throws MalformedElementException, DocumentException {
        return Encrypted.parse(DocumentHelper.parseText(xml).getRootElement(), EncryptedLimits.DEFAULT);
    }

    /** The first that this party drew of this kind. */
    private static byte[] secret(Vectors vectors, String party, String kind) {
        return vectors.each("x3dh_and_ratchet_secrets")
            .filter(secret -> secret.text("party").equals(party) && secret.text("kind").equals(kind))
            .findFirst().orElseThrow().bytes("value");
    }
}

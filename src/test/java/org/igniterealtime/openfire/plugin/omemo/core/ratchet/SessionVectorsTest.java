package org.igniterealtime.openfire.plugin.omemo.core.ratchet;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.igniterealtime.openfire.plugin.omemo.core.OmemoException;
import org.igniterealtime.openfire.plugin.omemo.core.OmemoException.Reason;
import org.igniterealtime.openfire.plugin.omemo.core.crypto.MessageKey;
import org.igniterealtime.openfire.plugin.omemo.core.crypto.Party;
import org.igniterealtime.openfire.plugin.omemo.core.crypto.RatchetKey;
import org.igniterealtime.openfire.plugin.omemo.core.payload.EncryptedPayload;
import org.igniterealtime.openfire.plugin.omemo.core.payload.KeyMaterial;
import org.igniterealtime.openfire.plugin.omemo.core.vectors.Refused;
import org.igniterealtime.openfire.plugin.omemo.core.vectors.ScriptedRandom;
import org.igniterealtime.openfire.plugin.omemo.core.vectors.Vectors;
import org.igniterealtime.openfire.plugin.omemo.core.x3dh.Agreement;
import org.igniterealtime.openfire.plugin.omemo.core.x3dh.Initiation;
import org.igniterealtime.openfire.plugin.omemo.core.x3dh.X3dh;
import org.igniterealtime.openfire.plugin.omemo.protocol.Base64Text;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Section {@code session}: twelve messages, out of order and across steps of the ratchet, and two replays. */
class SessionVectorsTest {

    private final Map<String, DoubleRatchet> ratchets = new HashMap<>();
    private final Map<String, Vectors> sent = new HashMap<>();

    /** What the library drew when it received a new ratchet key, and we draw with the next message. */
    private final Map<String, ScriptedRandom> drawn = new HashMap<>();

    static Stream<Vectors> sessions() {
        return Vectors.sections("session");
    }

    @ParameterizedTest
    @MethodSource("sessions")
    void theSessionGoesAsWritten(Vectors vectors) throws OmemoException {
        Party alice = Party.of(vectors.profile(), "A");
        Party bob = Party.of(vectors.profile(), "B");
        Initiation initiation = X3dh.initiate(
            alice.identity(), bob.bundle(), Optional.of(bob.preKey(vectors.number("opk_id")).publicKey()),
            new ScriptedRandom(vectors.bytes("x3dh_ek_priv")));
        assertThat(initiation.header().ephemeralKey().toBytes()).isEqualTo(vectors.bytes("x3dh_ek_pub"));
        assertThat(initiation.header().signedPreKeyId()).isEqualTo(vectors.number("spk_id"));
        assertThat(initiation.agreement().associatedData().toBytes()).isEqualTo(vectors.bytes("associated_data"));
        ratchets.put("A", DoubleRatchet.initiate(initiation.agreement(), bob.signedPreKey().publicKey(),
            new ScriptedRandom(vectors.bytes("alice_first_ratchet_priv"))));

        StringBuilder plan = new StringBuilder();
        for (Vectors event : vectors.each("events").toList()) {
            if (event.text("op").equals("send")) {
                plan.append(" s").append(event.text("name"));
                send(event, initiation);
            } else if (event.text("result").equals("ok")) {
                plan.append(" r").append(event.text("name"));
                receive(event, bob);
            } else {
                plan.append(" x").append(event.text("name"));
                refuse(event);
            }
        }
        assertThat(plan.substring(1)).isEqualTo(vectors.text("plan"));
    }

    private void send(Vectors event, Initiation initiation) throws OmemoException {
        EncryptedPayload payload = EncryptedPayload.of(
            event.profile(), event.utf8("sce_plaintext_utf8"), new ScriptedRandom(event.bytes("payload_key")));
        assertThat(payload.ciphertext()).isEqualTo(event.bytes("payload_ciphertext"));
        assertThat(payload.keyMaterial().encode()).isEqualTo(event.bytes("ratchet_plaintext"))
            .endsWith(event.bytes("payload_hmac"));

        DoubleRatchet ratchet = ratchets.get(event.text("from"));
        assertThat(ratchet.state().receiving().isEmpty()).isEqualTo(event.flag("kex"));
        ScriptedRandom random = drawn.getOrDefault(event.text("from"), new ScriptedRandom());
        DoubleRatchet.Sent result = ratchet.encrypt(payload.keyMaterial().encode(), random);
        assertThat(random.isUsedUp()).isTrue();
        assertThat(Aead.decrypt(
            MessageKey.of(event.bytes("mk")), result.message(), initiation.agreement().associatedData()))
            .isEqualTo(event.bytes("ratchet_plaintext"));

        assertThat(result.message().header()).isEqualTo(new Header(
            RatchetKey.decode(event.bytes("dh_pub")), event.number("pn"), event.number("n")));
        byte[] wire = event.flag("kex")
            ? new KeyExchange(initiation.header(), result.message()).encode()
            : result.message().encode();
        assertThat(wire).isEqualTo(event.bytes("wire"));
        assertThat(Base64Text.encode(wire).text()).isEqualTo(event.text("wire_b64"));
        ratchets.put(event.text("from"), result.next());
        sent.put(event.text("name"), event);
    }

    private void receive(Vectors event, Party bob) throws OmemoException {
        Vectors message = sent.get(event.text("name"));
        DoubleRatchet.Received result = event.flag("session_built_passively")
            ? respond(message, bob)
            : ratchets.get(event.text("by")).decrypt(message(message));

        assertThat(result.plaintext()).isEqualTo(message.bytes("ratchet_plaintext"));
        assertThat(KeyMaterial.decode(event.profile(), result.plaintext()).open(message.bytes("payload_ciphertext")))
            .isEqualTo(message.utf8("sce_plaintext_utf8"));
        ratchets.put(event.text("by"), result.next());
        for (JsonNode key : event.json().get("ratchet_privs_generated")) {
            assertThat(result.next().state().sending()).isEmpty();
            drawn.put(event.text("by"), new ScriptedRandom(HexFormat.of().parseHex(key.textValue())));
        }
        assertSkipped(event);
    }

    private void refuse(Vectors event) throws OmemoException {
        assertThat(event.text("result")).startsWith("FAIL expected (duplicate): AuthenticationFailedException");
        DoubleRatchet ratchet = ratchets.get(event.text("by"));
        AuthenticatedMessage replay = message(sent.get(event.text("name")));
        Refused.with(Reason.UNAUTHENTICATED, () -> ratchet.decrypt(replay));
        assertSkipped(event);
    }

    private void assertSkipped(Vectors event) throws OmemoException {
        List<Vectors> expected = event.each("skipped_keys_after").toList();
        List<SkippedKeys.Entry> actual = ratchets.get(event.text("by")).state().skipped().entries();
        assertThat(actual).hasSameSizeAs(expected);
        for (int i = 0; i < actual.size(); i++) {
            Vectors entry = expected.get(i);
            assertThat(actual.get(i)).isEqualTo(new SkippedKeys.Entry(
                RatchetKey.decode(entry.bytes("dh_pub")), entry.number("n"), MessageKey.of(entry.bytes("mk"))));
        }
    }

    private static DoubleRatchet.Received respond(Vectors message, Party bob) throws OmemoException {
        KeyExchange exchange = KeyExchange.decode(message.profile(), message.bytes("wire"));
        Agreement agreement = X3dh.respond(bob.identity(), bob.signedPreKey(),
            Optional.of(bob.preKey(exchange.header().preKeyId().orElseThrow())), exchange.header());
        return DoubleRatchet.respond(agreement, bob.signedPreKey(), exchange.message());
    }

    private static AuthenticatedMessage message(Vectors event) throws OmemoException {
        byte[] wire = event.bytes("wire");
        return event.flag("kex")
            ? KeyExchange.decode(event.profile(), wire).message()
            : AuthenticatedMessage.decode(wire);
    }
}

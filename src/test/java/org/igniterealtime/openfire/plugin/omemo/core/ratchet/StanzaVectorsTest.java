package org.igniterealtime.openfire.plugin.omemo.core.ratchet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.dom4j.DocumentException;
import org.dom4j.DocumentHelper;
import org.dom4j.Element;
import org.dom4j.Node;
import org.dom4j.XPath;
import org.igniterealtime.openfire.plugin.omemo.core.OmemoException;
import org.igniterealtime.openfire.plugin.omemo.core.crypto.Party;
import org.igniterealtime.openfire.plugin.omemo.core.payload.KeyMaterial;
import org.igniterealtime.openfire.plugin.omemo.core.profile.Profile;
import org.igniterealtime.openfire.plugin.omemo.core.vectors.ScriptedRandom;
import org.igniterealtime.openfire.plugin.omemo.core.vectors.Vectors;
import org.igniterealtime.openfire.plugin.omemo.core.x3dh.Initiation;
import org.igniterealtime.openfire.plugin.omemo.core.x3dh.X3dh;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Section {@code stanza}: the keys and payloads of a complete message to a room, and of the answer. */
class StanzaVectorsTest {

    private static final int OPK_ID = 5;

    static Stream<Vectors> stanzas() {
        return Vectors.sections("stanza");
    }

    @ParameterizedTest
    @MethodSource("stanzas")
    void aMessageToARoomAndItsAnswer(Vectors vectors) throws OmemoException, DocumentException {
        Party alice = Party.of(vectors.profile(), "A");
        Party bob = Party.of(vectors.profile(), vectors.text("recipient"));
        Initiation initiation = X3dh.initiate(alice.identity(), bob.bundle(),
            Optional.of(bob.preKey(OPK_ID).publicKey()), secrets(vectors, "stanza-A", "token_bytes32").remove(0));
        List<ScriptedRandom> aliceRatchetKeys = secrets(vectors, "stanza-A", "ratchet_priv");
        List<ScriptedRandom> bobRatchetKeys = secrets(vectors, "stanza-B", "ratchet_priv");

        byte[] keyMaterial = vectors.at("payload").bytes("ratchet_plaintext");
        DoubleRatchet.Sent message = DoubleRatchet
            .initiate(initiation.agreement(), bob.signedPreKey().publicKey(), aliceRatchetKeys.get(0))
            .encrypt(keyMaterial, aliceRatchetKeys.remove(0));
        KeyExchange exchange = new KeyExchange(initiation.header(), message.message());
        Element encrypted = DocumentHelper.parseText(vectors.text("encrypted_xml")).getRootElement();
        assertThat(base64(exchange.encode())).isEqualTo(text(encrypted, "key"));

        DoubleRatchet.Received received = DoubleRatchet.respond(
            X3dh.respond(bob.identity(), bob.signedPreKey(), Optional.of(bob.preKey(OPK_ID)), exchange.header()),
            bob.signedPreKey(), exchange.message());
        assertThat(received.plaintext()).isEqualTo(keyMaterial);
        assertThat(KeyMaterial.decode(vectors.profile(), received.plaintext()).open(bytes(encrypted, "payload")))
            .isEqualTo(vectors.at("payload").utf8("plaintext_utf8"));

        answer(vectors, received.next(), message.next(), bobRatchetKeys.remove(0));
    }

    private static void answer(Vectors vectors, DoubleRatchet bob, DoubleRatchet alice, ScriptedRandom random)
            throws OmemoException, DocumentException {
        Vectors answer = vectors.at("empty_reply_from_B");
        byte[] plaintext = answer.bytes("ratchet_plaintext");
        Element xml = DocumentHelper.parseText(answer.text("xml")).getRootElement();
        DoubleRatchet.Sent sent = bob.encrypt(plaintext, random);
        assertThat(base64(sent.message().encode())).isEqualTo(text(xml, "key"));
        assertThat(alice.decrypt(AuthenticatedMessage.decode(bytes(xml, "key"))).plaintext())
            .isEqualTo(plaintext);
        assertThat(random.isUsedUp()).isTrue();

        assertThat(answer.flag("has_payload"))
            .isEqualTo(vectors.profile().emptyMessage() == Profile.EmptyMessage.EMPTY_CONTENT);
        if (answer.flag("has_payload")) {
            assertThat(KeyMaterial.decode(vectors.profile(), plaintext).open(bytes(xml, "payload")))
                .isEqualTo(answer.utf8("sce_plaintext_utf8"));
        } else {
            assertThat(KeyMaterial.isOfEmptyMessage(plaintext)).isTrue();
        }
    }

    private static List<ScriptedRandom> secrets(Vectors vectors, String party, String kind) {
        return new ArrayList<>(vectors.each("x3dh_and_ratchet_secrets")
            .filter(secret -> secret.text("party").equals(party) && secret.text("kind").equals(kind))
            .map(secret -> new ScriptedRandom(secret.bytes("value"))).toList());
    }

    private static String text(Element stanza, String name) {
        XPath path = DocumentHelper.createXPath("//*[local-name()='" + name + "']");
        Node node = path.selectSingleNode(stanza);
        return node.getText();
    }

    private static byte[] bytes(Element stanza, String name) {
        return Base64.getDecoder().decode(text(stanza, name));
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }
}

package org.igniterealtime.openfire.plugin.omemo.core.payload;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Base64;
import java.util.stream.Stream;
import org.igniterealtime.openfire.plugin.omemo.core.OmemoException;
import org.igniterealtime.openfire.plugin.omemo.core.OmemoException.Reason;
import org.igniterealtime.openfire.plugin.omemo.core.crypto.CipherKeysParts;
import org.igniterealtime.openfire.plugin.omemo.core.crypto.PayloadKey;
import org.igniterealtime.openfire.plugin.omemo.core.profile.Profile;
import org.igniterealtime.openfire.plugin.omemo.core.vectors.Refused;
import org.igniterealtime.openfire.plugin.omemo.core.vectors.ScriptedRandom;
import org.igniterealtime.openfire.plugin.omemo.core.vectors.Vectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Sections {@code payload}, the payload of {@code stanza}, and {@code empty_message_key_material}. */
class PayloadVectorsTest {

    static Stream<Vectors> payloads() {
        return Stream.concat(
            Vectors.sections("payload"), Vectors.sections("stanza").map(stanza -> stanza.at("payload")));
    }

    @ParameterizedTest
    @MethodSource("payloads")
    void aPayloadIsEncryptedForTheRatchet(Vectors vectors) {
        EncryptedPayload payload = EncryptedPayload.of(
            vectors.profile(), vectors.utf8("plaintext_utf8"), new ScriptedRandom(vectors.bytes("key")));
        assertThat(payload.ciphertext()).isEqualTo(vectors.bytes("ciphertext"));
        assertThat(Base64.getEncoder().encodeToString(payload.ciphertext())).isEqualTo(vectors.text("payload_b64"));
        assertThat(payload.keyMaterial().encode()).isEqualTo(vectors.bytes("ratchet_plaintext"))
            .hasSize(vectors.number("ratchet_plaintext_length"))
            .endsWith(vectors.bytes("hmac_used"));
    }

    @ParameterizedTest
    @MethodSource("payloads")
    void theKeysAreDerivedFromTheKeyOfThePayload(Vectors vectors) {
        CipherKeysParts.of(PayloadKey.of(vectors.bytes("key")).cipherKeys()).areThoseOf(vectors);
        assertThat(PayloadKey.of(vectors.bytes("key")).cipherKeys().authenticate(32, vectors.bytes("ciphertext")))
            .isEqualTo(vectors.bytes("hmac_full"));
    }

    @ParameterizedTest
    @MethodSource("payloads")
    void aPayloadIsDecryptedIfItsCodeFits(Vectors vectors) throws OmemoException {
        byte[] ciphertext = vectors.bytes("ciphertext");
        KeyMaterial material = KeyMaterial.decode(vectors.profile(), vectors.bytes("ratchet_plaintext"));
        assertThat(material.open(ciphertext)).isEqualTo(vectors.utf8("plaintext_utf8"));

        ciphertext[ciphertext.length - 1] ^= 1;
        Refused.with(Reason.UNAUTHENTICATED, () -> material.open(ciphertext));
    }

    @ParameterizedTest
    @MethodSource("payloads")
    void keyMaterialOfAnotherLengthIsRefused(Vectors vectors) {
        byte[] bytes = vectors.bytes("ratchet_plaintext");
        for (int length = 0; length < bytes.length; length++) {
            byte[] cut = Arrays.copyOf(bytes, length);
            Refused.with(Reason.UNDECODABLE, () -> KeyMaterial.decode(vectors.profile(), cut));
        }
        Refused.with(Reason.UNDECODABLE,
            () -> KeyMaterial.decode(vectors.profile(), Arrays.copyOf(bytes, bytes.length + 1)));
    }

    @Test
    void anEmptyMessageOfTheModernProfileCarriesZeros() {
        Vectors vectors = Vectors.of(Profile.OMEMO_2).at("empty_message_key_material");
        assertThat(KeyMaterial.ofEmptyMessage()).isEqualTo(vectors.bytes("ratchet_plaintext"));
        assertThat(KeyMaterial.isOfEmptyMessage(vectors.bytes("ratchet_plaintext"))).isTrue();
        assertThat(KeyMaterial.isOfEmptyMessage(new byte[48])).isFalse();
        assertThat(Profile.OMEMO_2.emptyMessage() == Profile.EmptyMessage.ZERO_KEY)
            .isNotEqualTo(vectors.flag("payload_element"));
    }
}

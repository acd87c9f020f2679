package org.igniterealtime.openfire.plugin.omemo.core.ratchet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.igniterealtime.openfire.plugin.omemo.core.crypto.IdentityEncoding.ED25519;

import java.util.OptionalInt;
import java.util.stream.Stream;
import org.igniterealtime.openfire.plugin.omemo.core.OmemoException;
import org.igniterealtime.openfire.plugin.omemo.core.OmemoException.Reason;
import org.igniterealtime.openfire.plugin.omemo.core.crypto.CipherKeysParts;
import org.igniterealtime.openfire.plugin.omemo.core.crypto.EphemeralKey;
import org.igniterealtime.openfire.plugin.omemo.core.crypto.MessageKey;
import org.igniterealtime.openfire.plugin.omemo.core.crypto.RatchetKey;
import org.igniterealtime.openfire.plugin.omemo.core.profile.Profile;
import org.igniterealtime.openfire.plugin.omemo.core.vectors.Refused;
import org.igniterealtime.openfire.plugin.omemo.core.vectors.Vectors;
import org.igniterealtime.openfire.plugin.omemo.core.x3dh.AssociatedData;
import org.igniterealtime.openfire.plugin.omemo.core.x3dh.KeyExchangeHeader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Section {@code encrypt}. */
class EncryptVectorsTest {

    static Stream<Vectors> encrypt() {
        return Vectors.sections("encrypt");
    }

    @ParameterizedTest
    @MethodSource("encrypt")
    void aMessageIsEncrypted(Vectors vectors) throws OmemoException {
        AuthenticatedMessage message =
            Aead.encrypt(messageKey(vectors), header(vectors), associatedData(vectors), vectors.bytes("plaintext"));
        assertThat(message.ciphertext()).isEqualTo(vectors.bytes("ciphertext"));
        assertThat(message.message()).isEqualTo(vectors.bytes("omemo_message"))
            .startsWith(vectors.bytes("omemo_message_header_only"));
        assertThat(message.code()).isEqualTo(vectors.bytes("mac"));
        assertThat(message.encode()).isEqualTo(vectors.bytes("omemo_authenticated_message"));
    }

    @ParameterizedTest
    @MethodSource("encrypt")
    void theKeysAreDerivedFromTheMessageKey(Vectors vectors) {
        CipherKeysParts.of(messageKey(vectors).cipherKeys()).areThoseOf(vectors);
        assertThat(messageKey(vectors).cipherKeys().authenticate(32, vectors.bytes("hmac_input")))
            .isEqualTo(messageKey(vectors).cipherKeys()
                .authenticate(32, vectors.bytes("ad"), vectors.bytes("omemo_message")))
            .isEqualTo(vectors.bytes("hmac_full"));
    }

    @ParameterizedTest
    @MethodSource("encrypt")
    void aMessageIsReadAndDecrypted(Vectors vectors) throws OmemoException {
        AuthenticatedMessage message =
            AuthenticatedMessage.decode(vectors.bytes("omemo_authenticated_message"));
        assertThat(message.header()).isEqualTo(header(vectors));
        assertThat(Aead.decrypt(messageKey(vectors), message, associatedData(vectors)))
            .isEqualTo(vectors.bytes("plaintext"));
    }

    @ParameterizedTest
    @MethodSource("encrypt")
    void anAlteredMessageIsNotAuthentic(Vectors vectors) throws OmemoException {
        byte[] bytes = vectors.bytes("omemo_authenticated_message");
        bytes[bytes.length - 1] ^= 1;
        assertThat(vectors.text("tampered_last_byte")).isEqualTo("AuthenticationFailedException");
        AuthenticatedMessage message = AuthenticatedMessage.decode(bytes);
        Refused.with(Reason.UNAUTHENTICATED,
            () -> Aead.decrypt(messageKey(vectors), message, associatedData(vectors)));
    }

    /** The identity key in it is random, and a point only if it is read as one of Ed25519: so it is, in both files. */
    @ParameterizedTest
    @MethodSource("encrypt")
    void aKeyExchangeIsWrittenAndRead(Vectors vectors) throws OmemoException {
        Vectors exchange = vectors.at("omemo_key_exchange");
        KeyExchangeHeader header = new KeyExchangeHeader(
            ED25519.decode(exchange.bytes("ik")), ED25519, EphemeralKey.decode(exchange.bytes("ek")),
            exchange.number("spk_id"), OptionalInt.of(exchange.number("pk_id")));
        AuthenticatedMessage message = AuthenticatedMessage.decode(vectors.bytes("omemo_authenticated_message"));
        assertThat(new KeyExchange(header, message).encode()).isEqualTo(exchange.bytes("bytes"));

        KeyExchange read = KeyExchange.decode(vectors.profile(), ED25519, exchange.bytes("bytes"));
        assertThat(read.header()).isEqualTo(header);
        assertThat(read.message().encode()).isEqualTo(message.encode());
    }

    @Test
    void anIdentityKeyThatIsNotOnTheCurveIsRefused() {
        byte[] exchange = Vectors.of(Profile.OMEMO_1).at("encrypt").at("omemo_key_exchange").bytes("bytes");
        Refused.with(Reason.INVALID_KEY, () -> KeyExchange.decode(Profile.OMEMO_1, exchange));
    }

    private static MessageKey messageKey(Vectors vectors) {
        return MessageKey.of(vectors.bytes("mk"));
    }

    private static AssociatedData associatedData(Vectors vectors) {
        return AssociatedData.of(vectors.bytes("ad"));
    }

    private static Header header(Vectors vectors) throws OmemoException {
        return new Header(
            RatchetKey.decode(vectors.bytes("dh_pub")), vectors.number("pn"), vectors.number("n"));
    }
}

package org.igniterealtime.openfire.plugin.omemo.core.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.igniterealtime.openfire.plugin.omemo.core.OmemoException;
import org.igniterealtime.openfire.plugin.omemo.core.profile.Profile;
import org.igniterealtime.openfire.plugin.omemo.core.vectors.Vectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Sections {@code xeddsa} and the legacy file. The XEdDSA signatures are verified and not reproduced: our identity keys
 * come from Ed25519 seeds, so that we make Ed25519 signatures, which are checked against the vectors with seeds.
 */
class SignatureVectorsTest {

    static Stream<Vectors> xeddsa() {
        return Vectors.cases("xeddsa", "cases");
    }

    @ParameterizedTest
    @MethodSource("xeddsa")
    void xeddsaSignaturesAreVerified(Vectors vectors) throws OmemoException {
        byte[] u = RatchetKeyPair.of(vectors.bytes("priv")).publicKey().toBytes();
        assertThat(u).isEqualTo(vectors.bytes("u"));

        IdentityKey identity = IdentityEncoding.CURVE25519.decode(u);
        assertThat(IdentityEncoding.ED25519.encode(identity))
            .isEqualTo(vectors.bytes("ed_sign0")).isEqualTo(vectors.bytes("xeddsa_verifies_with"));

        byte[] message = vectors.bytes("msg");
        assertThat(identity.verifies(message, signature(vectors, "xeddsa_signature"))).isTrue();
        assertThat(identity.verifies(message, signature(vectors, "tampered_signature")))
            .isEqualTo(vectors.flag("tampered_verifies")).isFalse();
    }

    @ParameterizedTest
    @MethodSource("xeddsa")
    void signaturesUnderAPointWithItsOwnSignAreVerified(Vectors vectors) throws OmemoException {
        byte[] edwards = vectors.bytes("ed_of_priv");
        assertThat((edwards[31] & 0x80) >> 7).isEqualTo(vectors.number("sign_bit_of_priv"));

        IdentityKey identity = IdentityEncoding.ED25519.decode(edwards);
        assertThat(IdentityEncoding.CURVE25519.encode(identity)).isEqualTo(vectors.bytes("u"));
        assertThat(identity.verifies(vectors.bytes("msg"), signature(vectors, "unforced_signature")))
            .isEqualTo(vectors.flag("unforced_verifies"));
    }

    static Stream<Vectors> seeds() {
        return Vectors.cases("xeddsa", "ed25519_seed_cases");
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void aSeedGivesPointScalarAndSignature(Vectors vectors) throws OmemoException {
        byte[] seed = vectors.bytes("seed");
        byte[] edwards = vectors.bytes("ed");
        assertThat(IdentityKeyPair.point(seed)).isEqualTo(edwards);
        assertThat(IdentityKeyPair.scalar(seed)).isEqualTo(vectors.bytes("priv"));

        byte[] message = vectors.bytes("msg");
        Signature signature = signature(vectors, "ed25519_signature");
        IdentityKey identity = IdentityEncoding.ED25519.decode(edwards);
        assertThat(identity.verifies(message, signature)).isTrue();
        assertThat(identity.toBytes()).isEqualTo(vectors.bytes("u"));

        if (edwards[31] < 0) {
            assertThatIllegalArgumentException().isThrownBy(() -> IdentityKeyPair.of(seed));
        } else {
            IdentityKeyPair pair = IdentityKeyPair.of(seed);
            assertThat(pair.publicKey()).isEqualTo(identity);
            assertThat(pair.publicKey().toBytes()).isEqualTo(vectors.bytes("u"));
            assertThat(pair.sign(message)).isEqualTo(signature);
        }
    }

    @Test
    void theLabelOfADeviceIsSigned() throws OmemoException {
        Vectors vectors = Vectors.of(Profile.OMEMO_2).at("xeddsa").at("label_signature_0_9");
        IdentityKeyPair pair = IdentityKeyPair.of(vectors.bytes("identity_seed"));
        byte[] label = vectors.utf8("label");
        assertThat(label).isEqualTo(vectors.bytes("label_utf8"));
        assertThat(IdentityEncoding.ED25519.encode(pair.publicKey())).isEqualTo(vectors.bytes("identity_ed"));
        assertThat(pair.sign(label).toBytes()).isEqualTo(base64(vectors, "labelsig_seed_sign"));
        assertThat(pair.publicKey().verifies(label, Signature.decode(base64(vectors, "labelsig_xeddsa")))).isTrue();
    }

    static Stream<JsonNode> legacy() {
        return Vectors.legacy();
    }

    @ParameterizedTest
    @MethodSource("legacy")
    void legacySignaturesCarryTheSignOfTheIdentityKey(JsonNode vectors) throws OmemoException {
        byte[] identityKey = hex(vectors, "identity_key");
        byte[] signedPreKey = hex(vectors, "signed_pre_key");
        byte[] signature = hex(vectors, "signature");
        assertThat((signature[63] & 0x80) >> 7).isEqualTo(vectors.get("sign_bit_in_signature").intValue());
        assertThat(LegacySignature.verifies(identityKey, signedPreKey, Signature.decode(signature)))
            .isEqualTo(vectors.get("valid_with_sign_bit").booleanValue()).isTrue();

        byte[] u = Arrays.copyOfRange(identityKey, 1, 33);
        assertThat(IdentityEncoding.CURVE25519.decode(u).verifies(signedPreKey, Signature.decode(signature)))
            .isEqualTo(vectors.get("valid_with_sign_0_and_raw_signature").booleanValue());

        signedPreKey[32] ^= 1;
        assertThat(LegacySignature.verifies(identityKey, signedPreKey, Signature.decode(signature)))
            .isEqualTo(vectors.get("valid_when_tampered").booleanValue()).isFalse();
    }

    private static Signature signature(Vectors vectors, String field) throws OmemoException {
        return Signature.decode(vectors.bytes(field));
    }

    private static byte[] base64(Vectors vectors, String field) {
        return Base64.getDecoder().decode(vectors.text(field));
    }

    private static byte[] hex(JsonNode vectors, String field) {
        return HexFormat.of().parseHex(vectors.get(field).textValue());
    }
}

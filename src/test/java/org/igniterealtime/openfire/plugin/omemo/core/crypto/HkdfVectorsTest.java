package org.igniterealtime.openfire.plugin.omemo.core.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.Stream;
import org.igniterealtime.openfire.plugin.omemo.core.vectors.Vectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The inputs of the key derivations in sections {@code x3dh} and {@code kdf_rk}. */
class HkdfVectorsTest {

    static Stream<Vectors> x3dh() {
        return Vectors.sections("x3dh");
    }

    @ParameterizedTest
    @MethodSource("x3dh")
    void theSharedSecretIsDerivedFromTheAgreements(Vectors vectors) {
        byte[] secret = Hkdf.derive(vectors.bytes("salt"), vectors.bytes("ikm"), vectors.utf8("info"), Secret.SIZE);
        assertThat(secret).isEqualTo(vectors.bytes("shared_secret"));
    }

    static Stream<Vectors> rootSteps() {
        return Vectors.sections("kdf_rk");
    }

    @ParameterizedTest
    @MethodSource("rootSteps")
    void aRootKeyAndAChainKeyAreDerivedFromAnAgreement(Vectors vectors) {
        byte[] material = Hkdf.derive(
            vectors.bytes("rk_as_salt"), vectors.bytes("dh_out_as_ikm"), vectors.utf8("info"), 2 * Secret.SIZE);
        assertThat(Arrays.copyOf(material, Secret.SIZE)).isEqualTo(vectors.bytes("new_rk"));
        assertThat(Arrays.copyOfRange(material, Secret.SIZE, 2 * Secret.SIZE)).isEqualTo(vectors.bytes("new_ck"));
    }
}

package org.igniterealtime.openfire.plugin.omemo.core.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.igniterealtime.openfire.plugin.omemo.core.vectors.Vectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Sections {@code kdf_rk} and {@code kdf_ck}. */
class ChainVectorsTest {

    static Stream<Vectors> rootSteps() {
        return Vectors.sections("kdf_rk");
    }

    @ParameterizedTest
    @MethodSource("rootSteps")
    void aStepOfTheRootChainGivesARootKeyAndAChainKey(Vectors vectors) {
        RootKey.Step step = RootKey.of(vectors.bytes("rk_as_salt")).step(new DhOutput(vectors.bytes("dh_out_as_ikm")));
        assertThat(step.root().toBytes()).isEqualTo(vectors.bytes("new_rk"));
        assertThat(step.chain().toBytes()).isEqualTo(vectors.bytes("new_ck"));
    }

    static Stream<Vectors> chainSteps() {
        return Vectors.cases("kdf_ck", "steps");
    }

    @ParameterizedTest
    @MethodSource("chainSteps")
    void aStepOfAChainGivesAMessageKeyAndTheNextChainKey(Vectors vectors) {
        ChainKey key = ChainKey.of(vectors.bytes("ck"));
        assertThat(key.messageKey().toBytes()).isEqualTo(vectors.bytes("mk"));
        assertThat(key.next().toBytes()).isEqualTo(vectors.bytes("next_ck"));
    }
}

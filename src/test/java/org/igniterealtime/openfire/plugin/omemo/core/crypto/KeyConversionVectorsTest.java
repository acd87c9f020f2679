package org.igniterealtime.openfire.plugin.omemo.core.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.igniterealtime.openfire.plugin.omemo.core.OmemoException;
import org.igniterealtime.openfire.plugin.omemo.core.OmemoException.Reason;
import org.igniterealtime.openfire.plugin.omemo.core.vectors.Refused;
import org.igniterealtime.openfire.plugin.omemo.core.vectors.Vectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Section {@code key_conversion_edge_cases}. */
class KeyConversionVectorsTest {

    static Stream<Vectors> u() {
        return Vectors.cases("key_conversion_edge_cases", "u");
    }

    static Stream<Vectors> ed() {
        return Vectors.cases("key_conversion_edge_cases", "ed");
    }

    @ParameterizedTest
    @MethodSource("u")
    void agreeingWithAPointOfLowOrderIsRefused(Vectors vectors) throws OmemoException {
        RatchetKeyPair own = RatchetKeyPair.of(
            Vectors.of(vectors.profile()).at("key_conversion_edge_cases").bytes("x25519_priv"));
        RatchetKey theirs = RatchetKey.decode(vectors.bytes("u"));
        if (vectors.rejected("x25519_with_priv")) {
            Refused.with(Reason.INVALID_KEY, () -> own.agree(theirs));
        } else {
            assertThat(own.agree(theirs).toBytes()).isEqualTo(vectors.bytes("x25519_with_priv"));
        }
    }

    @ParameterizedTest
    @MethodSource("u")
    void everyCoordinateHasAnImageOnEd25519(Vectors vectors) {
        assertThat(BirationalMap.toEdwards(vectors.bytes("u"))).isEqualTo(vectors.bytes("ed_sign0"));
    }

    /** Stricter than the map, as XEdDSA asks (section 2.5), and no identity key is of low order. */
    @ParameterizedTest
    @MethodSource("u")
    void onlyTheCanonicalPointOfHighOrderIsAnIdentityKey(Vectors vectors) throws OmemoException {
        if (vectors.text("name").equals("base point u=9")) {
            assertThat(IdentityEncoding.CURVE25519.decode(vectors.bytes("u")).toBytes()).isEqualTo(vectors.bytes("u"));
        } else {
            Refused.with(Reason.INVALID_KEY, () -> IdentityEncoding.CURVE25519.decode(vectors.bytes("u")));
        }
    }

    @ParameterizedTest
    @MethodSource("ed")
    void pointsThatAreNotGoodOnesAreRefused(Vectors vectors) throws OmemoException {
        byte[] edwards = vectors.bytes("ed");
        if (vectors.rejected("u")) {
            Refused.with(Reason.INVALID_KEY, () -> IdentityEncoding.ED25519.decode(edwards));
        } else {
            assertThat(IdentityEncoding.ED25519.decode(edwards).toBytes()).isEqualTo(vectors.bytes("u"));
        }
    }
}

package org.igniterealtime.openfire.plugin.omemo.core.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.igniterealtime.openfire.plugin.omemo.core.OmemoException;
import org.igniterealtime.openfire.plugin.omemo.core.OmemoException.Reason;
import org.igniterealtime.openfire.plugin.omemo.core.vectors.Refused;
import org.igniterealtime.openfire.plugin.omemo.core.vectors.SeededRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class KeyTest {

    private static final SecureRandom RANDOM = new SeededRandom(11);

    /** L, the order of the base point: 2^252 + 27742317777372353535851937790883648493, the greatest byte first. */
    private static final byte[] ORDER =
        HexFormat.of().parseHex("1000000000000000000000000000000014def9dea2f79cd65812631a5cf5d3ed");

    @Test
    void oneIdentityKeyServesBothEncodings() throws OmemoException {
        for (int i = 0; i < 20; i++) {
            IdentityKeyPair pair = IdentityKeyPair.generate(RANDOM);
            SignedPreKey signed = SignedPreKeyPair.generate(i, RANDOM).publicKey();
            Signature signature = pair.sign(signed);
            for (IdentityEncoding encoding : IdentityEncoding.values()) {
                IdentityKey read = encoding.decode(encoding.encode(pair.publicKey()));
                assertThat(read).isEqualTo(pair.publicKey());
                assertThat(read.verifies(signed, signature)).isTrue();
            }
            assertThat(IdentityKeyPair.of(pair.seed())).isEqualTo(pair);
            assertThat(IdentityKeyPair.of(pair.seed()).sign(signed)).isEqualTo(signature);
        }
    }

    /** s and s + L verify the same equation; only one of them is less than L (RFC 8032, section 5.1.7). */
    @Test
    void aSignatureHasOneForm() throws OmemoException {
        IdentityKeyPair pair = IdentityKeyPair.generate(RANDOM);
        byte[] message = {1, 2, 3};
        byte[] signature = pair.sign(message).toBytes();
        int carry = 0;
        for (int i = 0; i < ORDER.length; i++) {
            carry += (signature[32 + i] & 0xFF) + (ORDER[ORDER.length - 1 - i] & 0xFF);
            signature[32 + i] = (byte) carry;
            carry >>= 8;
        }
        assertThat(pair.publicKey().verifies(message, pair.sign(message))).isTrue();
        assertThat(pair.publicKey().verifies(message, Signature.decode(signature))).isFalse();
    }

    @Test
    void bothSidesOfAnAgreementComeToTheSame() throws OmemoException {
        RatchetKeyPair ours = RatchetKeyPair.generate(RANDOM);
        IdentityKeyPair theirs = IdentityKeyPair.generate(RANDOM);
        assertThat(ours.agree(theirs.publicKey())).isEqualTo(theirs.agree(ours.publicKey()));
    }

    static Stream<DhKeyPair> pairs() {
        return Stream.of(
            IdentityKeyPair.generate(RANDOM), SignedPreKeyPair.generate(1, RANDOM), PreKeyPair.generate(2, RANDOM),
            EphemeralKeyPair.generate(RANDOM), RatchetKeyPair.generate(RANDOM));
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void aPairShowsItsPublicPartAlone(DhKeyPair pair) {
        String name = pair.publicKey().getClass().getSimpleName();
        String u = HexFormat.of().formatHex(pair.publicKey().toBytes());
        assertThat(pair).hasToString(name + "Pair[" + name + '[' + u + "]]");
    }

    static Stream<Secret> secrets() throws OmemoException {
        byte[] bytes = new byte[32];
        DhOutput output = RatchetKeyPair.generate(RANDOM).agree(RatchetKeyPair.generate(RANDOM).publicKey());
        return Stream.of(RootKey.of(bytes), ChainKey.of(bytes), MessageKey.of(bytes), PayloadKey.of(bytes), output,
            SharedSecret.derive(List.of(output)), SealingKey.of(bytes));
    }

    @ParameterizedTest
    @MethodSource("secrets")
    void aSecretShowsItsKindAlone(Secret secret) {
        assertThat(secret).hasToString(secret.getClass().getSimpleName());
    }

    @Test
    void secretsOfDifferentKindsAreNotEqual() {
        byte[] bytes = new byte[32];
        assertThat((Object) RootKey.of(bytes)).isEqualTo(RootKey.of(bytes)).isNotEqualTo(ChainKey.of(bytes));
    }

    @Test
    void aPrekeyIsItsNumberToo() throws OmemoException {
        byte[] u = RatchetKeyPair.generate(RANDOM).publicKey().toBytes();
        assertThat((Object) PreKey.decode(1, u)).isEqualTo(PreKey.decode(1, u))
            .isNotEqualTo(PreKey.decode(2, u)).isNotEqualTo(SignedPreKey.decode(1, u));
        assertThatIllegalArgumentException().isThrownBy(() -> PreKey.decode(-1, u));
    }

    @ParameterizedTest
    @EnumSource(IdentityEncoding.class)
    void anyBytesAreAnIdentityKeyOrRefused(IdentityEncoding encoding) {
        Random dice = new Random(5);
        int keys = 0;
        for (int round = 0; round < 1000; round++) {
            byte[] bytes = new byte[32];
            dice.nextBytes(bytes);
            try {
                assertThat(encoding.encode(encoding.decode(bytes))).isEqualTo(bytes);
                keys++;
            } catch (OmemoException refused) {
                assertThat(refused.reason()).isEqualTo(Reason.INVALID_KEY);
            }
        }
        assertThat(keys).isBetween(100, 900);
    }

    @Test
    void keysAndSignaturesOfAnotherLengthAreRefused() {
        for (int length : new int[] {0, 1, 31, 33, 63, 65}) {
            byte[] bytes = new byte[length];
            Refused.with(Reason.UNDECODABLE, () -> RatchetKey.decode(bytes));
            Refused.with(Reason.UNDECODABLE, () -> IdentityEncoding.CURVE25519.decode(bytes));
            Refused.with(Reason.UNDECODABLE, () -> IdentityEncoding.ED25519.decode(bytes));
            Refused.with(Reason.UNDECODABLE, () -> Signature.decode(bytes));
            assertThatIllegalArgumentException().isThrownBy(() -> RootKey.of(bytes));
        }
    }

    @Test
    void legacyKeysOfAnotherFormAreRefused() throws OmemoException {
        byte[] good = new byte[33];
        good[0] = 5;
        good[1] = 9;
        byte[] wrongType = good.clone();
        wrongType[0] = 6;
        Signature signature = Signature.decode(new byte[64]);
        assertThat(LegacySignature.verifies(good, good, signature)).isFalse();
        Refused.with(Reason.UNDECODABLE, () -> LegacySignature.verifies(wrongType, good, signature));
        Refused.with(Reason.UNDECODABLE, () -> LegacySignature.verifies(good, new byte[32], signature));
    }
}

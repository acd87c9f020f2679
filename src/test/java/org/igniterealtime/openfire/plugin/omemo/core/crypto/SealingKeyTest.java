package org.igniterealtime.openfire.plugin.omemo.core.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class SealingKeyTest {

    private static final byte[] VALUE = bytes("a value");
    private static final byte[] PLACE = bytes("its place");

    private final SecureRandom random = new SecureRandom();
    private final SealingKey key = SealingKey.of(HexFormat.of().parseHex(
        "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f"));

    /** Computed with Python's hmac and cryptography: HKDF-SHA-256 without salt, AES-256-GCM, HMAC-SHA-256. */
    @Test
    void whatWasSealedElsewhereWithTheSameAlgorithmsOpens() {
        assertThat(key.open(
                HexFormat.of().parseHex("6465666768696a6b6c6d6e6fd3950bc00ac5d6f8560178cc0e1d13790f4d268fc1b401"), PLACE))
            .contains(VALUE);
        assertThat(key.nameTag(bytes("trust/alice@example.org"))).asHexString()
            .isEqualToIgnoringCase("1252a7e37e512e4da7b1369aae7760ce33e8352993f374cf31fa2763b204391e");
    }

    @Test
    void soDoesWhatWasSealedUnderADerivedKey() {
        SealingKey derived = key.derive("bot echo");
        assertThat(derived.open(
                HexFormat.of().parseHex("6465666768696a6b6c6d6e6f625e7b92c0b749581cacf570b4621b8e34fa993190f43e"), PLACE))
            .contains(VALUE);
        assertThat(derived.nameTag(bytes("trust/alice@example.org"))).asHexString()
            .isEqualToIgnoringCase("14194ab7d14838d6fb44441997576f9c51989051baf3f9c7c529fecf177f0637");
    }

    @Test
    void whatIsSealedOpensInItsPlaceUnderItsKeyAlone() {
        byte[] sealed = key.seal(VALUE, PLACE, random);
        assertThat(sealed).hasSize(VALUE.length + SealingKey.OVERHEAD);
        assertThat(key.open(sealed, PLACE)).contains(VALUE);
        assertThat(key.open(sealed, bytes("another place"))).isEmpty();
        assertThat(SealingKey.generate(random).open(sealed, PLACE)).isEmpty();
        assertThat(key.derive("a purpose").open(sealed, PLACE)).isEmpty();
    }

    @Test
    void whatIsAlteredOrCutOffDoesNotOpen() {
        byte[] sealed = key.seal(VALUE, PLACE, random);
        for (int i = 0; i < sealed.length; i++) {
            byte[] altered = sealed.clone();
            altered[i] ^= 1;
            assertThat(key.open(altered, PLACE)).isEmpty();
            assertThat(key.open(Arrays.copyOf(sealed, i), PLACE)).isEmpty();
        }
    }

    @Test
    void oneValueIsSealedDifferentlyEachTime() {
        assertThat(key.seal(VALUE, PLACE, random)).isNotEqualTo(key.seal(VALUE, PLACE, random));
    }

    @Test
    void nothingIsAValueToo() {
        assertThat(key.open(key.seal(new byte[0], new byte[0], random), new byte[0])).contains(new byte[0]);
    }

    @Test
    void keysOfDifferentPurposesDiffer() {
        assertThat(key.derive("one")).isEqualTo(key.derive("one")).isNotEqualTo(key.derive("two")).isNotEqualTo(key);
    }

    @Test
    void aKeyHas32Bytes() {
        assertThatIllegalArgumentException().isThrownBy(() -> SealingKey.of(new byte[31]));
        assertThatIllegalArgumentException().isThrownBy(() -> SealingKey.of(new byte[33]));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}

package org.igniterealtime.openfire.plugin.omemo.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import java.util.Arrays;
import java.util.Random;
import org.igniterealtime.openfire.plugin.omemo.core.proto.OMEMOAuthenticatedMessage;
import org.igniterealtime.openfire.plugin.omemo.core.proto.OMEMOKeyExchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyFormTest {

    private final Random random = new Random(1);

    @Test
    void whatARatchetWritesIsPlausible() {
        for (Family family : new Family[] {Family.OMEMO_1, Family.OMEMO_2}) {
            assertThat(isPlausible(family, false, message())).isTrue();
            assertThat(isPlausible(family, true, keyExchange())).isTrue();
        }
    }

    @Test
    void aKeyExchangeWithoutPreKeyIsPlausible() {
        byte[] bytes = OMEMOKeyExchange.newBuilder().setSpkId(1).setIk(bytes(32)).setEk(bytes(32))
            .setMessage(ByteString.copyFrom(message())).build().toByteArray();
        assertThat(isPlausible(Family.OMEMO_2, true, bytes)).isTrue();
    }

    @Test
    void oneIsNotTakenForTheOther() {
        assertThat(isPlausible(Family.OMEMO_2, true, message())).isFalse();
        assertThat(isPlausible(Family.OMEMO_2, false, keyExchange())).isFalse();
        assertThat(isPlausible(Family.LEGACY, false, message())).isFalse();
        assertThat(isPlausible(Family.OMEMO_2, false, SampleCiphertext.signalMessage(1))).isFalse();
    }

    @Test
    void aByteTooFewOrTooManyIsNotPlausible() {
        for (byte[] whole : new byte[][] {message(), keyExchange()}) {
            boolean kex = whole.length > 130;
            assertThat(isPlausible(Family.OMEMO_1, kex, Arrays.copyOf(whole, whole.length - 1))).isFalse();
            assertThat(isPlausible(Family.OMEMO_1, kex, Arrays.copyOf(whole, whole.length + 1))).isFalse();
        }
    }

    @Test
    void aWrongLengthInsideIsNotPlausible() {
        byte[] shortMac = OMEMOAuthenticatedMessage.newBuilder().setMac(bytes(15)).setMessage(bytes(70)).build().toByteArray();
        byte[] shortKey = OMEMOKeyExchange.newBuilder().setPkId(1).setSpkId(1).setIk(bytes(31)).setEk(bytes(32))
            .setMessage(bytes(70)).build().toByteArray();
        assertThat(isPlausible(Family.OMEMO_2, false, shortMac)).isFalse();
        assertThat(isPlausible(Family.OMEMO_2, true, shortKey)).isFalse();
    }

    @Test
    void legacyMessagesHaveAVersionAndAMac() {
        byte[] bytes = SampleCiphertext.signalMessage(1);
        assertThat(isPlausible(Family.LEGACY, false, bytes)).isTrue();
        bytes[0] = 0x13;
        assertThat(isPlausible(Family.LEGACY, false, bytes)).isFalse();
    }

    /** Random bytes are a protobuf of the right fields by accident far more seldom than here tried. */
    @Test
    void randomBytesAreNotPlausible() {
        for (int i = 0; i < 100_000; i++) {
            byte[] noise = new byte[32 + random.nextInt(200)];
            random.nextBytes(noise);
            for (Family family : Family.values()) {
                assertThat(isPlausible(family, i % 2 == 0, noise)).isFalse();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 0x0A, 0xFF})
    void oneByteOverAndOverIsNotPlausible(int value) {
        byte[] same = new byte[64];
        Arrays.fill(same, (byte) value);
        for (Family family : Family.values()) {
            assertThat(isPlausible(family, false, same)).isFalse();
            assertThat(isPlausible(family, true, same)).isFalse();
        }
        assertThat(KeyForm.isPlausible(Base64Text.encode(same))).isFalse();
    }

    @Test
    void readableTextIsNoPayload() {
        assertThat(KeyForm.isPlausible(Base64Text.encode("Meet me at noon,\nat the old mill!".getBytes()))).isFalse();
        assertThat(KeyForm.isPlausible(Base64Text.encode("ok".getBytes()))).as("two bytes of GCM may be anything").isTrue();
    }

    @Test
    void ciphertextIsPlausible() {
        for (int i = 0; i < 100_000; i++) {
            byte[] payload = new byte[16 * (1 + random.nextInt(8))];
            random.nextBytes(payload);
            assertThat(KeyForm.isPlausible(Base64Text.encode(payload))).isTrue();
        }
    }

    @Test
    void everyByteIsReadAsItIsDecoded() {
        for (int length = 1; length < 50; length++) {
            byte[] bytes = bytes(length).toByteArray();
            Base64Text text = Base64Text.encode(bytes);
            for (int i = 0; i < length; i++) {
                assertThat(text.byteAt(i)).isEqualTo(bytes[i] & 0xFF);
            }
        }
    }

    private static boolean isPlausible(Family family, boolean keyExchange, byte[] bytes) {
        return KeyForm.isPlausible(family, new EncryptedKey(1, keyExchange, Base64Text.encode(bytes)));
    }

    private byte[] message() {
        return OMEMOAuthenticatedMessage.newBuilder().setMac(bytes(16)).setMessage(bytes(90)).build().toByteArray();
    }

    private byte[] keyExchange() {
        return OMEMOKeyExchange.newBuilder().setPkId(300).setSpkId(1).setIk(bytes(32)).setEk(bytes(32))
            .setMessage(ByteString.copyFrom(message())).build().toByteArray();
    }

    private ByteString bytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return ByteString.copyFrom(bytes);
    }
}

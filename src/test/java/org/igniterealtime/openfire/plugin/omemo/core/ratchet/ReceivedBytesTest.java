package org.igniterealtime.openfire.plugin.omemo.core.ratchet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.Stream;
import org.igniterealtime.openfire.plugin.omemo.core.OmemoException;
import org.igniterealtime.openfire.plugin.omemo.core.OmemoException.Reason;
import org.igniterealtime.openfire.plugin.omemo.core.crypto.CipherKeys;
import org.igniterealtime.openfire.plugin.omemo.core.crypto.MessageKey;
import org.igniterealtime.openfire.plugin.omemo.core.crypto.RatchetKey;
import org.igniterealtime.openfire.plugin.omemo.core.crypto.RatchetKeyPair;
import org.igniterealtime.openfire.plugin.omemo.core.vectors.Refused;
import org.igniterealtime.openfire.plugin.omemo.core.vectors.SeededRandom;
import org.igniterealtime.openfire.plugin.omemo.core.x3dh.AssociatedData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The message authentication code is over the bytes that were received, however another writes the same message. */
class ReceivedBytesTest {

    private static final byte[] PLAINTEXT = {1, 2, 3};
    private static final byte[] UNKNOWN_FIELD = {15 << 3 | 2, 1, 0};
    private static final AssociatedData ASSOCIATED = AssociatedData.of(new byte[AssociatedData.SIZE]);
    private static final MessageKey KEY = MessageKey.of(new byte[32]);
    private static final CipherKeys KEYS = KEY.cipherKeys();
    private static final Header HEADER = new Header(theirKey(), 0, 5);
    private static final byte[] CIPHERTEXT = KEYS.encrypt(PLAINTEXT);
    private static final byte[] OURS = AuthenticatedMessage.message(HEADER, CIPHERTEXT);

    private static RatchetKey theirKey() {
        return RatchetKeyPair.generate(new SeededRandom(1)).publicKey();
    }

    /** N comes first in ours, in two bytes. */
    static Stream<byte[]> otherForms() {
        return Stream.of(
            concat(OURS, UNKNOWN_FIELD),
            concat(UNKNOWN_FIELD, OURS),
            concat(Arrays.copyOfRange(OURS, 2, OURS.length), Arrays.copyOf(OURS, 2)),
            concat(new byte[] {OURS[0], (byte) (OURS[1] | 0x80), 0}, Arrays.copyOfRange(OURS, 2, OURS.length)));
    }

    @ParameterizedTest
    @MethodSource("otherForms")
    void anotherFormOfAMessageIsRead(byte[] bytes) throws OmemoException {
        AuthenticatedMessage message = received(code(bytes), bytes);
        assertThat(message.header()).isEqualTo(HEADER);
        assertThat(message.encode()).endsWith(bytes);
        assertThat(Aead.decrypt(KEY, message, ASSOCIATED)).isEqualTo(PLAINTEXT);
    }

    @ParameterizedTest
    @MethodSource("otherForms")
    void aMessageThatWasPutIntoAnotherFormIsNotAuthentic(byte[] bytes) throws OmemoException {
        AuthenticatedMessage message = received(code(OURS), bytes);
        Refused.with(Reason.UNAUTHENTICATED, () -> Aead.decrypt(KEY, message, ASSOCIATED));
    }

    @Test
    void theAssociatedDataIsAuthenticatedToo() throws OmemoException {
        byte[] other = new byte[AssociatedData.SIZE];
        other[0] = 1;
        AuthenticatedMessage message = received(code(OURS), OURS);
        Refused.with(Reason.UNAUTHENTICATED, () -> Aead.decrypt(KEY, message, AssociatedData.of(other)));
    }

    private static AuthenticatedMessage received(byte[] code, byte[] bytes) throws OmemoException {
        return AuthenticatedMessage.decode(new AuthenticatedMessage(code, bytes, HEADER, CIPHERTEXT).encode());
    }

    private static byte[] code(byte[] bytes) {
        return KEYS.authenticate(AuthenticatedMessage.CODE_SIZE, ASSOCIATED.toBytes(), bytes);
    }

    private static byte[] concat(byte[] one, byte[] other) {
        byte[] both = Arrays.copyOf(one, one.length + other.length);
        System.arraycopy(other, 0, both, one.length, other.length);
        return both;
    }
}

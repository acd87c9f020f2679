package org.igniterealtime.openfire.plugin.omemo.core.ratchet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.igniterealtime.openfire.plugin.omemo.core.OmemoException;
import org.igniterealtime.openfire.plugin.omemo.core.OmemoException.Reason;
import org.igniterealtime.openfire.plugin.omemo.core.profile.Profile;
import org.igniterealtime.openfire.plugin.omemo.core.vectors.Refused;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Nobody can make the core do anything but refuse, or read what was really sent. */
class HostileMessagesTest {

    private static final int ROUNDS = 3000;
    private static final int LONGEST = 300;

    @ParameterizedTest
    @EnumSource(Profile.class)
    void randomBytesAreNoMessages(Profile profile) {
        Random dice = new Random(1);
        for (int round = 0; round < ROUNDS; round++) {
            byte[] bytes = new byte[dice.nextInt(LONGEST)];
            dice.nextBytes(bytes);
            Refused.with(Reason.UNDECODABLE, () -> AuthenticatedMessage.decode(bytes));
            assertThat(decoded(profile, bytes)).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(Profile.class)
    void aMutatedMessageIsRefusedOrReadAsItWas(Profile profile) throws OmemoException {
        Established session = Established.in(profile);
        byte[] plaintext = {4, 5, 6};
        DoubleRatchet bob = session.bob().encrypt(plaintext, session.random()).next();
        byte[] genuine = session.alice().encrypt(plaintext, session.random()).message().encode();
        Random dice = new Random(2);
        for (int round = 0; round < ROUNDS; round++) {
            byte[] mutated = mutate(genuine, dice);
            try {
                assertThat(bob.decrypt(AuthenticatedMessage.decode(mutated)).plaintext())
                    .isEqualTo(plaintext);
            } catch (OmemoException refused) {
                assertThat(refused.reason()).isIn(Reason.UNDECODABLE, Reason.UNAUTHENTICATED, Reason.INVALID_KEY,
                    Reason.TOO_MANY_SKIPPED, Reason.DUPLICATE);
            }
        }
        assertThat(bob.decrypt(AuthenticatedMessage.decode(genuine)).plaintext())
            .isEqualTo(plaintext);
    }

    @ParameterizedTest
    @EnumSource(Profile.class)
    void aMutatedKeyExchangeIsRefusedOrReadAsItWas(Profile profile) {
        Established session = Established.in(profile);
        byte[] genuine = session.keyExchange().encode();
        Random dice = new Random(3);
        for (int round = 0; round < ROUNDS; round++) {
            Optional<KeyExchange> mutated = decoded(profile, mutate(genuine, dice));
            if (mutated.isPresent() && namesThePrekeys(mutated.get(), session)) {
                try {
                    assertThat(session.responder().respond(mutated.get()).plaintext())
                        .isEqualTo(Established.FIRST);
                } catch (OmemoException refused) {
                    assertThat(refused.reason())
                        .isIn(Reason.UNAUTHENTICATED, Reason.INVALID_KEY, Reason.TOO_MANY_SKIPPED);
                }
            }
        }
    }

    @Test
    void aKeyExchangeWithoutPrekeyIsForTheOldProfileOnly() throws OmemoException {
        KeyExchange genuine = Established.in(Profile.OMEMO_1).keyExchange();
        byte[] whole = genuine.encode();
        byte[] without = Arrays.copyOfRange(whole, 2, whole.length);
        assertThat(KeyExchange.decode(Profile.OMEMO_1, without).header().preKeyId()).isEmpty();
        assertThat(KeyExchange.decode(Profile.OMEMO_1, without).encode()).isEqualTo(without);
        Refused.with(Reason.MISSING_PREKEY, () -> KeyExchange.decode(Profile.OMEMO_2, without));
    }

    /** Lengths and counters that protobuf lets pass. */
    static Stream<byte[]> malformed() throws OmemoException {
        Header header = Established.in(Profile.OMEMO_1).keyExchange().message().header();
        byte[] code = new byte[16];
        byte[] block = new byte[16];
        return Stream.of(
            encode(new byte[15], header, block), encode(new byte[32], header, block),
            encode(code, header, new byte[0]), encode(code, header, new byte[17]),
            encode(code, new Header(header.ratchetKey(), -1, 0), block),
            encode(code, new Header(header.ratchetKey(), 0, -1), block));
    }

    @ParameterizedTest
    @MethodSource("malformed")
    void wrongLengthsAndCountersAreRefused(byte[] bytes) {
        Refused.with(Reason.UNDECODABLE, () -> AuthenticatedMessage.decode(bytes));
    }

    private static byte[] encode(byte[] code, Header header, byte[] ciphertext) {
        return new AuthenticatedMessage(code, AuthenticatedMessage.message(header, ciphertext), header, ciphertext)
            .encode();
    }

    private static Optional<KeyExchange> decoded(Profile profile, byte[] bytes) {
        try {
            return Optional.of(KeyExchange.decode(profile, bytes));
        } catch (OmemoException refused) {
            assertThat(refused.reason()).isIn(Reason.UNDECODABLE, Reason.INVALID_KEY, Reason.MISSING_PREKEY);
            return Optional.empty();
        }
    }

    private static boolean namesThePrekeys(KeyExchange exchange, Established session) {
        return exchange.header().signedPreKeyId() == session.responder().signedPreKey().id()
            && exchange.header().preKeyId().equals(session.keyExchange().header().preKeyId());
    }

    private static byte[] mutate(byte[] genuine, Random dice) {
        byte[] bytes = genuine.clone();
        for (int times = 1 + dice.nextInt(3); times > 0; times--) {
            int at = dice.nextInt(bytes.length);
            switch (dice.nextInt(4)) {
                case 0 -> bytes[at] ^= (byte) (1 << dice.nextInt(8));
                case 1 -> bytes[at] = (byte) dice.nextInt(256);
                case 2 -> bytes = Arrays.copyOf(bytes, at + 1);
                default -> {
                    int length = bytes.length;
                    bytes = Arrays.copyOf(bytes, length + length - at);
                    System.arraycopy(bytes, at, bytes, length, length - at);
                }
            }
        }
        return bytes;
    }
}

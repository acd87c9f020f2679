package org.igniterealtime.openfire.plugin.omemo.core.ratchet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.igniterealtime.openfire.plugin.omemo.core.OmemoException;
import org.igniterealtime.openfire.plugin.omemo.core.OmemoException.Reason;
import org.igniterealtime.openfire.plugin.omemo.core.crypto.ChainKey;
import org.igniterealtime.openfire.plugin.omemo.core.crypto.MessageKey;
import org.igniterealtime.openfire.plugin.omemo.core.crypto.RatchetKey;
import org.igniterealtime.openfire.plugin.omemo.core.crypto.RatchetKeyPair;
import org.igniterealtime.openfire.plugin.omemo.core.crypto.RootKey;
import org.igniterealtime.openfire.plugin.omemo.core.profile.Profile;
import org.igniterealtime.openfire.plugin.omemo.core.vectors.Refused;
import org.igniterealtime.openfire.plugin.omemo.core.x3dh.AssociatedData;
import org.junit.jupiter.api.Test;

class DoubleRatchetTest {

    private static final byte[] HELLO = {7};

    private final Established session = Established.in(Profile.OMEMO_1);
    private DoubleRatchet alice = session.alice();
    private DoubleRatchet bob = session.bob();

    @Test
    void aMessageIsReadOnce() throws OmemoException {
        AuthenticatedMessage message = aliceSends();
        bobReads(message);
        Refused.with(Reason.DUPLICATE, () -> bobReads(message));
    }

    @Test
    void aLateMessageIsReadOnce() throws OmemoException {
        AuthenticatedMessage late = aliceSends();
        bobReads(aliceSends());
        bobReads(late);
        assertThat(bob.state().skipped().entries()).isEmpty();
        Refused.with(Reason.DUPLICATE, () -> bobReads(late));
    }

    @Test
    void aMessageFromBeforeTheLastRatchetKeyIsNotReadAgain() throws OmemoException {
        AuthenticatedMessage old = aliceSends();
        bobReads(old);
        turn();
        Refused.with(Reason.UNAUTHENTICATED, () -> bobReads(old));
    }

    @Test
    void anAlteredMessageSpoilsNothing() throws OmemoException {
        AuthenticatedMessage message = aliceSends();
        byte[] altered = message.encode();
        altered[altered.length - 1] ^= 1;
        RatchetState before = bob.state();
        Refused.with(Reason.UNAUTHENTICATED, () -> bobReads(AuthenticatedMessage.decode(altered)));
        assertThat(bob.state()).isEqualTo(before);
        bobReads(message);
    }

    @Test
    void aMessageMayLeaveOutAThousandAndNotOneMore() throws OmemoException {
        aliceLoses(SkippedKeys.MAX_SKIP);
        DoubleRatchet alicesTurn = alice;
        AuthenticatedMessage justInTime = aliceSends();
        AuthenticatedMessage tooLate = aliceSends();
        Refused.with(Reason.TOO_MANY_SKIPPED, () -> bobReads(tooLate));
        bobReads(justInTime);
        assertThat(bob.state().skipped().entries()).hasSize(SkippedKeys.MAX_SKIP);
        assertThat(alicesTurn.state().sending().orElseThrow().chain().length()).isEqualTo(SkippedKeys.MAX_SKIP + 1);
    }

    /** The chain that ends and the one that begins count together, since no more keys than that are kept. */
    @Test
    void theBoundSpansAStepOfTheRatchet() throws OmemoException {
        aliceReadsAnswer();
        bobReads(aliceSends());
        aliceLoses(600);
        aliceReadsAnswer();
        aliceLoses(400);
        AuthenticatedMessage within = aliceSends();
        AuthenticatedMessage beyond = aliceSends();
        Refused.with(Reason.TOO_MANY_SKIPPED, () -> bobReads(beyond));
        bobReads(within);
        assertThat(bob.state().skipped().entries()).hasSize(1000);
    }

    @Test
    void theOldestSkippedKeyMakesRoomForTheNewest() throws OmemoException {
        AuthenticatedMessage oldest = aliceSends();
        AuthenticatedMessage second = aliceSends();
        aliceLoses(SkippedKeys.MAX_SKIP - 2);
        bobReads(aliceSends());
        aliceLoses(1);
        bobReads(aliceSends());
        assertThat(bob.state().skipped().entries()).hasSize(SkippedKeys.MAX_SKIP);
        Refused.with(Reason.DUPLICATE, () -> bobReads(oldest));
        bobReads(second);
    }

    @Test
    void aFirstMessageMayNotLeaveOutTooMany() throws OmemoException {
        aliceLoses(SkippedKeys.MAX_SKIP);
        KeyExchange late = new KeyExchange(session.keyExchange().header(), aliceSends());
        Refused.with(Reason.TOO_MANY_SKIPPED, () -> session.responder().respond(late));
    }

    @Test
    void aRatchetKeyOfLowOrderIsRefused() throws OmemoException {
        aliceReadsAnswer();
        Header header = new Header(RatchetKey.decode(new byte[32]), 0, 0);
        byte[] block = new byte[16];
        AuthenticatedMessage message =
            new AuthenticatedMessage(block, AuthenticatedMessage.message(header, block), header, block);
        Refused.with(Reason.INVALID_KEY, () -> bobReads(message));
    }

    @Test
    void theOwnRatchetKeyIsDrawnForTheNextMessageAndForgottenWithTheirs() throws OmemoException {
        assertThat(bob.state().sending()).isEmpty();
        aliceReadsAnswer();
        assertThat(bob.state().sending()).isPresent();
        bobReads(aliceSends());
        assertThat(bob.state().sending()).isEmpty();
    }

    /** Such as from a device that was set back to before it wrote: the key that it answers is forgotten. */
    @Test
    void aSecondRatchetKeyForOneAnswerIsRefused() throws OmemoException {
        aliceReadsAnswer();
        DoubleRatchet backup = alice;
        bobReads(aliceSends());
        RatchetState before = bob.state();
        alice = backup;
        AuthenticatedMessage again = aliceSends();
        Refused.with(Reason.UNAUTHENTICATED, () -> bobReads(again));
        assertThat(bob.state()).isEqualTo(before);
    }

    @Test
    void aRatchetGoesOnFromWhatWasStored() throws OmemoException {
        AuthenticatedMessage late = aliceSends();
        bobReads(aliceSends());
        RatchetState stored = copy(bob.state());
        assertThat(stored).isEqualTo(bob.state()).hasSameHashCodeAs(bob.state());
        bob = DoubleRatchet.of(stored);
        bobReads(late);
        bobReads(aliceSends());
    }

    @Test
    void theSkippedKeysArePartOfTheState() throws OmemoException {
        AuthenticatedMessage late = aliceSends();
        bobReads(aliceSends());
        RatchetState before = bob.state();
        bobReads(late);
        assertThat(bob.state()).isNotEqualTo(before)
            .isEqualTo(before.withSkipped(SkippedKeys.NONE));
    }

    @Test
    void aStateShowsNoSecret() throws OmemoException {
        aliceReadsAnswer();
        assertThat(bob.state().toString())
            .contains("rootKey=RootKey,", "key=ChainKey,", "skipped=SkippedKeys[0]", "own=RatchetKeyPair[RatchetKey[");
    }

    private AuthenticatedMessage aliceSends() {
        DoubleRatchet.Sent sent = alice.encrypt(HELLO, session.random());
        alice = sent.next();
        return sent.message();
    }

    private void aliceLoses(int messages) {
        for (int i = 0; i < messages; i++) {
            aliceSends();
        }
    }

    private void bobReads(AuthenticatedMessage message) throws OmemoException {
        DoubleRatchet.Received received = bob.decrypt(message);
        assertThat(received.plaintext()).isEqualTo(HELLO);
        bob = received.next();
    }

    private void aliceReadsAnswer() throws OmemoException {
        DoubleRatchet.Sent answer = bob.encrypt(HELLO, session.random());
        bob = answer.next();
        alice = alice.decrypt(answer.message()).next();
    }

    private void turn() throws OmemoException {
        aliceReadsAnswer();
        bobReads(aliceSends());
    }

    /** By way of bytes, as a store would. */
    private static RatchetState copy(RatchetState state) throws OmemoException {
        List<SkippedKeys.Entry> skipped = new ArrayList<>();
        for (SkippedKeys.Entry entry : state.skipped().entries()) {
            skipped.add(new SkippedKeys.Entry(RatchetKey.decode(entry.ratchetKey().toBytes()), entry.number(),
                MessageKey.of(entry.messageKey().toBytes())));
        }
        return new RatchetState(
            AssociatedData.of(state.associatedData().toBytes()), RatchetKey.decode(state.theirs().toBytes()),
            RootKey.of(state.rootKey().toBytes()), state.sending().map(DoubleRatchetTest::copy),
            state.receiving().map(DoubleRatchetTest::copy), state.previousLength(), SkippedKeys.of(skipped));
    }

    private static SendingChain copy(SendingChain sending) {
        return new SendingChain(RatchetKeyPair.of(sending.own().privateBytes()), copy(sending.chain()));
    }

    private static KdfChain copy(KdfChain chain) {
        return new KdfChain(ChainKey.of(chain.key().toBytes()), chain.length());
    }
}

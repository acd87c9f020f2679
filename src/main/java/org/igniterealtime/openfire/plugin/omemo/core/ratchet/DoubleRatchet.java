package org.igniterealtime.openfire.plugin.omemo.core.ratchet;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.igniterealtime.openfire.plugin.omemo.core.OmemoException;
import org.igniterealtime.openfire.plugin.omemo.core.OmemoException.Reason;
import org.igniterealtime.openfire.plugin.omemo.core.crypto.MessageKey;
import org.igniterealtime.openfire.plugin.omemo.core.crypto.SignedPreKey;
import org.igniterealtime.openfire.plugin.omemo.core.crypto.SignedPreKeyPair;
import org.igniterealtime.openfire.plugin.omemo.core.x3dh.Agreement;

/**
 * The Double Ratchet (the paper's section 3, headers not encrypted) with the choices of XEP-0384. Immutable: to encrypt
 * or decrypt gives the ratchet to go on with, and a message that is refused leaves nothing changed.
 */
public final class DoubleRatchet {

    private final RatchetState state;

    private DoubleRatchet(RatchetState state) {
        this.state = state;
    }

    /**
     * A message to send.
     *
     * @param next the ratchet to go on with; to send a second message with the first one's ratchet reveals both
     */
    public record Sent(DoubleRatchet next, AuthenticatedMessage message) {
    }

    /**
     * A message that was received.
     *
     * @param next the ratchet to go on with
     * @param plaintext what it carried
     */
    public record Received(DoubleRatchet next, byte[] plaintext) {
    }

    /** A ratchet from storage. */
    public static DoubleRatchet of(RatchetState state) {
        return new DoubleRatchet(state);
    }

    /** All that has to be stored. */
    public RatchetState state() {
        return state;
    }

    /**
     * RatchetInitAlice (section 3.3), after X3DH with this signed prekey of theirs.
     *
     * @throws OmemoException INVALID_KEY if their prekey is of low order
     */
    public static DoubleRatchet initiate(Agreement agreement, SignedPreKey theirs, SecureRandom random)
            throws OmemoException {
        RatchetState state = new RatchetState(
            agreement.associatedData(), theirs.toRatchetKey(), agreement.sharedSecret().toRootKey(), Optional.empty(),
            Optional.empty(), 0, SkippedKeys.NONE);
        return new DoubleRatchet(DiffieHellmanRatchet.send(state, random));
    }

    /**
     * RatchetInitBob (section 3.3) and the first message to arrive, without which there is no session.
     *
     * @param own the signed prekey that X3DH used
     * @throws OmemoException as {@link #decrypt}
     */
    public static Received respond(
            Agreement agreement, SignedPreKeyPair own, AuthenticatedMessage first) throws OmemoException {
        SkippedKeys.requireBound(first.header().number());
        return DiffieHellmanRatchet.receive(agreement.associatedData(), own.toRatchetKeyPair(),
            agreement.sharedSecret().toRootKey(), 0, SkippedKeys.NONE, first, new ArrayList<>());
    }

    /**
     * RatchetEncrypt (section 3.4).
     *
     * @param random for the own ratchet key of the first message after a new one of theirs
     */
    public Sent encrypt(byte[] plaintext, SecureRandom random) {
        RatchetState ready = state.sending().isPresent() ? state : turned(random);
        SendingChain sending = ready.sending().orElseThrow();
        Header header = new Header(sending.own().publicKey(), ready.previousLength(), sending.chain().length());
        AuthenticatedMessage message =
            Aead.encrypt(sending.chain().messageKey(), header, state.associatedData(), plaintext);
        return new Sent(new DoubleRatchet(ready.sent()), message);
    }

    private RatchetState turned(SecureRandom random) {
        try {
            return DiffieHellmanRatchet.send(state, random);
        } catch (OmemoException e) {
            throw new IllegalStateException("a ratchet key that was agreed with before", e);
        }
    }

    /**
     * RatchetDecrypt (section 3.5).
     *
     * @throws OmemoException UNAUTHENTICATED if it is not of this session, was altered, or is a replay from before
     *     their last ratchet key; DUPLICATE if its number was read before; TOO_MANY_SKIPPED; INVALID_KEY if its ratchet
     *     key is of low order; UNDECODABLE if it is genuine but badly padded
     */
    public Received decrypt(AuthenticatedMessage message) throws OmemoException {
        Optional<MessageKey> skipped = state.skipped().find(message.header());
        if (skipped.isPresent()) {
            return readLate(message, skipped.get());
        }
        return state.receiving().isPresent() && message.header().ratchetKey().equals(state.theirs())
            ? readInChain(message, state.receiving().get())
            : readInNewChain(message);
    }

    private Received readLate(AuthenticatedMessage message, MessageKey key) throws OmemoException {
        byte[] plaintext = Aead.decrypt(key, message, state.associatedData());
        return new Received(of(state.withSkipped(state.skipped().without(message.header()))), plaintext);
    }

    private Received readInChain(AuthenticatedMessage message, KdfChain receiving) throws OmemoException {
        int number = message.header().number();
        if (number < receiving.length()) {
            throw new OmemoException(Reason.DUPLICATE);
        }
        SkippedKeys.requireBound(number - receiving.length());
        List<SkippedKeys.Entry> leftOut = new ArrayList<>();
        KdfChain chain = receiving.skipTo(number, state.theirs(), leftOut);
        byte[] plaintext = Aead.decrypt(chain.messageKey(), message, state.associatedData());
        return new Received(of(state.received(chain.next(), state.skipped().plus(leftOut))), plaintext);
    }

    /** They draw a new ratchet key only for an answer: while they have none to answer, no genuine one can come. */
    private Received readInNewChain(AuthenticatedMessage message) throws OmemoException {
        SendingChain sending = state.sending().orElseThrow(() -> new OmemoException(Reason.UNAUTHENTICATED));
        Header header = message.header();
        int previouslyRead = state.receiving().map(KdfChain::length).orElse(header.previousLength());
        SkippedKeys.requireBound(Math.max(0, header.previousLength() - previouslyRead) + (long) header.number());
        List<SkippedKeys.Entry> leftOut = new ArrayList<>();
        state.receiving().ifPresent(chain -> chain.skipTo(header.previousLength(), state.theirs(), leftOut));
        return DiffieHellmanRatchet.receive(state.associatedData(), sending.own(), state.rootKey(),
            sending.chain().length(), state.skipped(), message, leftOut);
    }
}

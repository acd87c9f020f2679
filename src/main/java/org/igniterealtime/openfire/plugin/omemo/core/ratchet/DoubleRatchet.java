package org.igniterealtime.openfire.plugin.omemo.core.ratchet;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.igniterealtime.openfire.plugin.omemo.core.OmemoException;
import org.igniterealtime.openfire.plugin.omemo.core.OmemoException.Reason;
import org.igniterealtime.openfire.plugin.omemo.core.crypto.MessageKey;
import org.igniterealtime.openfire.plugin.omemo.core.crypto.RatchetKey;
import org.igniterealtime.openfire.plugin.omemo.core.crypto.RatchetKeyPair;
import org.igniterealtime.openfire.plugin.omemo.core.crypto.RootKey;
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
        RatchetKeyPair own = RatchetKeyPair.generate(random);
        RatchetKey ratchetKey = theirs.toRatchetKey();
        RootKey.Step step = agreement.sharedSecret().toRootKey().step(own.agree(ratchetKey));
        return new DoubleRatchet(new RatchetState(
            agreement.associatedData(), own, ratchetKey, step.root(), KdfChain.start(step.chain()), Optional.empty(), 0,
            SkippedKeys.NONE));
    }

    /**
     * RatchetInitBob (section 3.3) and the first message to arrive, without which there is no session.
     *
     * @param own the signed prekey that X3DH used
     * @throws OmemoException as {@link #decrypt}
     */
    public static Received respond(
            Agreement agreement, SignedPreKeyPair own, AuthenticatedMessage first, SecureRandom random)
            throws OmemoException {
        SkippedKeys.requireBound(first.header().number());
        return new DiffieHellmanRatchet(agreement.associatedData(), own.toRatchetKeyPair(),
            agreement.sharedSecret().toRootKey(), 0, SkippedKeys.NONE).receive(first, new ArrayList<>(), random);
    }

    /** RatchetEncrypt (section 3.4). */
    public Sent encrypt(byte[] plaintext) {
        Header header = new Header(state.own().publicKey(), state.previousLength(), state.sending().length());
        AuthenticatedMessage message =
            Aead.encrypt(state.sending().messageKey(), header, state.associatedData(), plaintext);
        return new Sent(new DoubleRatchet(state.sent()), message);
    }

    /**
     * RatchetDecrypt (section 3.5).
     *
     * @param random for the next own ratchet key, drawn only for a genuine message with a new one of theirs
     * @throws OmemoException UNAUTHENTICATED if it is not of this session, was altered, or is a replay from before
     *     their last ratchet key; DUPLICATE if its number was read before; TOO_MANY_SKIPPED; INVALID_KEY if its ratchet
     *     key is of low order; UNDECODABLE if it is genuine but badly padded
     */
    public Received decrypt(AuthenticatedMessage message, SecureRandom random) throws OmemoException {
        Optional<MessageKey> skipped = state.skipped().find(message.header());
        if (skipped.isPresent()) {
            return readLate(message, skipped.get());
        }
        return state.receiving().isPresent() && message.header().ratchetKey().equals(state.theirs())
            ? readInChain(message, state.receiving().get())
            : readInNewChain(message, random);
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

    private Received readInNewChain(AuthenticatedMessage message, SecureRandom random) throws OmemoException {
        Header header = message.header();
        int previouslyRead = state.receiving().map(KdfChain::length).orElse(header.previousLength());
        SkippedKeys.requireBound(Math.max(0, header.previousLength() - previouslyRead) + (long) header.number());
        List<SkippedKeys.Entry> leftOut = new ArrayList<>();
        state.receiving().ifPresent(chain -> chain.skipTo(header.previousLength(), state.theirs(), leftOut));
        return new DiffieHellmanRatchet(state.associatedData(), state.own(), state.rootKey(),
            state.sending().length(), state.skipped()).receive(message, leftOut, random);
    }
}

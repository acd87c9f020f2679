package org.igniterealtime.openfire.plugin.omemo.core.ratchet;

import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import org.igniterealtime.openfire.plugin.omemo.core.OmemoException;
import org.igniterealtime.openfire.plugin.omemo.core.crypto.RatchetKey;
import org.igniterealtime.openfire.plugin.omemo.core.crypto.RatchetKeyPair;
import org.igniterealtime.openfire.plugin.omemo.core.crypto.RootKey;
import org.igniterealtime.openfire.plugin.omemo.core.x3dh.AssociatedData;

/**
 * DHRatchet (section 3.5) in two halves. A message with a new ratchet key of theirs gives the receiving chain; the own
 * ratchet key and the sending chain wait for the next message to them (section 6.5, "Deferring new ratchet key
 * generation"), so that the private key is younger, and reading costs one agreement.
 */
final class DiffieHellmanRatchet {

    private DiffieHellmanRatchet() {
    }

    /**
     * The first half, and the message.
     *
     * @param own DHs, forgotten when the message is genuine
     * @param rootKey RK
     * @param sent Ns, which becomes PN
     * @param skipped MKSKIPPED
     * @param leftOut the keys of messages left out in the previous chain; those of this one are added
     */
    static DoubleRatchet.Received receive(
            AssociatedData associatedData, RatchetKeyPair own, RootKey rootKey, int sent, SkippedKeys skipped,
            AuthenticatedMessage message, List<SkippedKeys.Entry> leftOut) throws OmemoException {
        RatchetKey theirs = message.header().ratchetKey();
        RootKey.Step step = rootKey.step(own.agree(theirs));
        KdfChain chain = KdfChain.start(step.chain()).skipTo(message.header().number(), theirs, leftOut);
        byte[] plaintext = Aead.decrypt(chain.messageKey(), message, associatedData);
        return new DoubleRatchet.Received(DoubleRatchet.of(new RatchetState(associatedData, theirs, step.root(),
            Optional.empty(), Optional.of(chain.next()), sent, skipped.plus(leftOut))), plaintext);
    }

    /**
     * The second half: the state with a sending chain.
     *
     * @throws OmemoException INVALID_KEY if their key is of low order, which the first half has excluded
     */
    static RatchetState send(RatchetState state, SecureRandom random) throws OmemoException {
        RatchetKeyPair own = RatchetKeyPair.generate(random);
        RootKey.Step step = state.rootKey().step(own.agree(state.theirs()));
        return new RatchetState(state.associatedData(), state.theirs(), step.root(),
            Optional.of(new SendingChain(own, KdfChain.start(step.chain()))), state.receiving(),
            state.previousLength(), state.skipped());
    }
}

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
 * DHRatchet (section 3.5) at a message that brings a new ratchet key of theirs: a receiving chain, the message, a
 * sending chain. The second half is done only if the message is genuine.
 *
 * @param own DHs
 * @param rootKey RK
 * @param sent Ns, which becomes PN
 * @param skipped MKSKIPPED
 */
record DiffieHellmanRatchet(
    AssociatedData associatedData, RatchetKeyPair own, RootKey rootKey, int sent, SkippedKeys skipped) {

    /** @param leftOut the keys of messages left out in the previous chain; those of this one are added */
    DoubleRatchet.Received receive(
            AuthenticatedMessage message, List<SkippedKeys.Entry> leftOut, SecureRandom random) throws OmemoException {
        RatchetKey theirs = message.header().ratchetKey();
        RootKey.Step receiving = rootKey.step(own.agree(theirs));
        KdfChain chain = KdfChain.start(receiving.chain()).skipTo(message.header().number(), theirs, leftOut);
        byte[] plaintext = Aead.decrypt(chain.messageKey(), message, associatedData);
        RatchetKeyPair next = RatchetKeyPair.generate(random);
        RootKey.Step sending = receiving.root().step(next.agree(theirs));
        return new DoubleRatchet.Received(DoubleRatchet.of(new RatchetState(
            associatedData, next, theirs, sending.root(), KdfChain.start(sending.chain()), Optional.of(chain.next()),
            sent, skipped.plus(leftOut))), plaintext);
    }
}

package org.igniterealtime.openfire.plugin.omemo.core.ratchet;

import java.util.List;
import org.igniterealtime.openfire.plugin.omemo.core.crypto.ChainKey;
import org.igniterealtime.openfire.plugin.omemo.core.crypto.MessageKey;
import org.igniterealtime.openfire.plugin.omemo.core.crypto.RatchetKey;

/**
 * A sending or receiving chain of the symmetric ratchet (Double Ratchet, section 2.2).
 *
 * @param key CKs or CKr
 * @param length Ns or Nr, the number of the next message
 */
public record KdfChain(ChainKey key, int length) {

    static KdfChain start(ChainKey key) {
        return new KdfChain(key, 0);
    }

    /** The key of the next message. */
    MessageKey messageKey() {
        return key.messageKey();
    }

    /** The chain after that message. */
    KdfChain next() {
        return new KdfChain(key.next(), length + 1);
    }

    /** SkipMessageKeys (section 3.5): this chain at the number, if it is not beyond; the keys on the way are kept. */
    KdfChain skipTo(int number, RatchetKey ratchetKey, List<SkippedKeys.Entry> kept) {
        KdfChain chain = this;
        while (chain.length < number) {
            kept.add(new SkippedKeys.Entry(ratchetKey, chain.length, chain.messageKey()));
            chain = chain.next();
        }
        return chain;
    }
}

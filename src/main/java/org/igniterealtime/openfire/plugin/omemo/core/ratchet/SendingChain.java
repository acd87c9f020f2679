package org.igniterealtime.openfire.plugin.omemo.core.ratchet;

import org.igniterealtime.openfire.plugin.omemo.core.crypto.RatchetKeyPair;

/**
 * What a side sends with until the other's next ratchet key comes: both parts are drawn together and forgotten together.
 *
 * @param own DHs
 * @param chain CKs and Ns
 */
public record SendingChain(RatchetKeyPair own, KdfChain chain) {

    SendingChain next() {
        return new SendingChain(own, chain.next());
    }
}

package org.igniterealtime.openfire.plugin.omemo.core.ratchet;

import java.util.Optional;
import org.igniterealtime.openfire.plugin.omemo.core.crypto.RatchetKey;
import org.igniterealtime.openfire.plugin.omemo.core.crypto.RootKey;
import org.igniterealtime.openfire.plugin.omemo.core.x3dh.AssociatedData;

/**
 * The state variables of the Double Ratchet (section 3.2), and AD. This is all that has to be stored of a ratchet.
 *
 * @param associatedData AD of the key exchange
 * @param theirs DHr; before the first answer their signed prekey
 * @param rootKey RK
 * @param sending DHs, CKs and Ns; empty from a new ratchet key of theirs until the next message to them
 * @param receiving CKr and Nr; empty until the first answer
 * @param previousLength PN, how many messages the previous sending chain had
 * @param skipped MKSKIPPED
 */
public record RatchetState(
    AssociatedData associatedData,
    RatchetKey theirs,
    RootKey rootKey,
    Optional<SendingChain> sending,
    Optional<KdfChain> receiving,
    int previousLength,
    SkippedKeys skipped) {

    RatchetState sent() {
        return new RatchetState(associatedData, theirs, rootKey, sending.map(SendingChain::next), receiving,
            previousLength, skipped);
    }

    RatchetState received(KdfChain advanced, SkippedKeys nowSkipped) {
        return new RatchetState(
            associatedData, theirs, rootKey, sending, Optional.of(advanced), previousLength, nowSkipped);
    }

    RatchetState withSkipped(SkippedKeys nowSkipped) {
        return new RatchetState(associatedData, theirs, rootKey, sending, receiving, previousLength, nowSkipped);
    }
}

package org.igniterealtime.openfire.plugin.omemo.core.session;

import java.util.Optional;
import java.util.Set;
import org.igniterealtime.openfire.plugin.omemo.core.OmemoException;
import org.igniterealtime.openfire.plugin.omemo.core.store.Trust;
import org.igniterealtime.openfire.plugin.omemo.protocol.AffixFault;
import org.igniterealtime.openfire.plugin.omemo.protocol.Flaw;
import org.igniterealtime.openfire.plugin.omemo.protocol.OptOut;
import org.igniterealtime.openfire.plugin.omemo.protocol.SceContent;

/** What a received message turned out to be. */
public sealed interface Outcome {

    /**
     * Content to show.
     *
     * @param trust in the key that it was encrypted with: content of one that may not be written to is to be marked
     * @param faults what is missing, though none of it is fatal
     * @param optOut the wish to go on in plaintext, if that is what it says
     */
    record Content(SceContent content, Trust trust, Set<AffixFault> faults, Optional<OptOut> optOut)
            implements Outcome {
    }

    /**
     * Authentic content that came on another way than it was written for: somebody has moved it. It is not to be shown as
     * if nothing were wrong.
     *
     * @param trust in the key that it was encrypted with
     * @param faults what does not fit, of which at least one is fatal
     */
    record Misdirected(SceContent content, Trust trust, Set<AffixFault> faults) implements Outcome {
    }

    /** An empty message: nothing to show. */
    record Empty(Trust trust) implements Outcome {
    }

    /** An authentic message whose content is none. The session goes on. */
    record Unreadable(Trust trust, Flaw flaw) implements Outcome {
    }

    /** There is nothing for this device in it: a warning is to be shown. Nothing has changed. */
    record NotForThisDevice() implements Outcome {
    }

    /** It comes from this device itself, by way of a room or a copy. Nothing has changed. */
    record OwnMessage() implements Outcome {
    }

    /** It could not be read; a duplicate is nothing to warn of. Nothing has changed. */
    record Refused(OmemoException.Reason reason) implements Outcome {
    }
}

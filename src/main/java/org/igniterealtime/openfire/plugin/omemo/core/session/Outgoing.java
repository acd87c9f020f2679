package org.igniterealtime.openfire.plugin.omemo.core.session;

import java.util.List;
import org.igniterealtime.openfire.plugin.omemo.protocol.Encrypted;

/** What became of a message to send. */
public sealed interface Outgoing {

    /** Who cannot read it. */
    LeftOut leftOut();

    /** The devices that came with other identity keys than before. */
    List<IdentityChange> identityChanges();

    /**
     * It is encrypted, and the sessions have moved on: send it, once.
     *
     * @param message to be sent with a hint to store it (XEP-0334)
     */
    record Ready(Encrypted message, LeftOut leftOut, List<IdentityChange> identityChanges) implements Outgoing {
    }

    /** It was not encrypted, and no session has changed. */
    record Withheld(Cause cause, LeftOut leftOut, List<IdentityChange> identityChanges) implements Outgoing {
    }

    /** Why nothing was encrypted. */
    enum Cause {
        /** No device of a recipient may and can read it. */
        NOBODY_TO_READ,
        /** The peer has opted out, and the user has not confirmed that. */
        AWAITING_CONFIRMATION,
        /** The conversation goes on in plaintext. */
        PLAINTEXT,
        /** OMEMO is switched off for the account. */
        DEACTIVATED,
        /** This device reads what it has missed; sessions may change with each message. */
        CATCHING_UP,
        /** The session was mended often enough. */
        TOO_MANY_RECOVERIES
    }
}

package org.igniterealtime.openfire.plugin.omemo.protocol;

/** What can be wrong with the affixes of a content, given the way on which its message came. */
public enum AffixFault {

    /** The content does not say who sent it. It should, but need not. */
    FROM_MISSING(false),

    /** The content was encrypted by somebody else than the stanza says. */
    FROM_MISMATCH(true),

    /** The message came through a room, but its content does not say that it was meant for one. */
    TO_MISSING(true),

    /** The content was meant for another account or room: the server moved it. */
    TO_MISMATCH(true);

    private final boolean fatal;

    AffixFault(boolean fatal) {
        this.fatal = fatal;
    }

    /** Whether the message breaks the profile, so that it must not be shown as if nothing were wrong. */
    public boolean isFatal() {
        return fatal;
    }
}

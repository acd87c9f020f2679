package org.igniterealtime.openfire.plugin.omemo.core.store;

/** What the user thinks of an identity key (XEP-0384, section "Security Considerations"). */
public enum Trust {

    /** Nobody has decided. Nothing but empty messages is encrypted for it. */
    UNDECIDED(false, true),

    /** Trusted when it was first seen, because no key of its account had been verified (blind trust before verification). */
    BLIND(true, true),

    /** Trusted by decision. */
    TRUSTED(true, true),

    /** Distrusted by decision. Nothing at all is encrypted for it. */
    DISTRUSTED(false, false);

    private final boolean content;
    private final boolean empty;

    Trust(boolean content, boolean empty) {
        this.content = content;
        this.empty = empty;
    }

    /** Whether content may be encrypted for it. */
    public boolean allowsContent() {
        return content;
    }

    /** Whether empty messages (heartbeats, answers to a key exchange, recoveries) may be encrypted for it. */
    public boolean allowsEmptyMessages() {
        return empty;
    }
}

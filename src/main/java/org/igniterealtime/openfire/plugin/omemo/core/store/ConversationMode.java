package org.igniterealtime.openfire.plugin.omemo.core.store;

/** How people write in a conversation, or with an account as a whole (XEP-0384, section "Opt-out"). */
public enum ConversationMode {

    /** With OMEMO. */
    ENCRYPTED,

    /** The peer wants to go on in plaintext. Nothing is to be sent until the user has confirmed that. */
    AWAITING_CONFIRMATION,

    /** Without OMEMO, as this user wanted or has confirmed. */
    PLAINTEXT
}

package org.igniterealtime.openfire.plugin.omemo.stats;

import java.util.Locale;

/** What a message carried. */
public enum Content {

    /** An {@code <encrypted>} of whatever family. */
    ENCRYPTED,
    /** A body, and nothing encrypted. */
    PLAINTEXT,
    /** Neither: chat states, markers, receipts. */
    NEITHER;

    /** As it is called in the database, such as {@code plaintext}. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}

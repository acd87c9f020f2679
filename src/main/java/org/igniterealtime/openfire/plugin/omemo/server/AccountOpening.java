package org.igniterealtime.openfire.plugin.omemo.server;

/** What became of the wish for a temporary account. */
public sealed interface AccountOpening {

    /** @param account is there until it is closed */
    record Opened(TemporaryAccount account) implements AccountOpening {
    }

    /** @param reason for the operator */
    record NotPossible(String reason) implements AccountOpening {
    }
}

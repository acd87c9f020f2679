package org.igniterealtime.openfire.plugin.omemo.keys;

import org.igniterealtime.openfire.plugin.omemo.protocol.BareJid;

/** Where published keys are kept: the server's personal eventing service (PEP, XEP-0163). */
@FunctionalInterface
public interface KeySource {

    /**
     * Reads all OMEMO nodes of an account of this server. It may take as long as a database does.
     *
     * @return {@link AccountKeys#NONE} when there is no such account, or nothing was published for it; nothing is created
     * @throws RuntimeException when it cannot be read
     */
    AccountKeys read(BareJid owner);
}

package org.igniterealtime.openfire.plugin.omemo.server;

import org.igniterealtime.openfire.plugin.omemo.bot.StanzaConnection;
import org.igniterealtime.openfire.plugin.omemo.bot.StanzaReceiver;

/** Whoever has bots live at a domain of this server, at one domain at a time. */
public interface BotHosting {

    /**
     * The bots are to live at a domain, which is registered right after. Stanzas arrive from then on.
     *
     * @param domain     of all bots
     * @param connection for what they send; it is dropped as long as the domain is not registered
     * @return for what they receive
     * @throws RuntimeException when they cannot; it is tried again later
     */
    StanzaReceiver open(String domain, StanzaConnection connection);

    /** They are to leave: when this returns, nothing is sent any more. The domain is still registered. */
    void close();
}

package org.igniterealtime.openfire.plugin.omemo.bot;

import org.dom4j.Element;

/** A way out for stanzas. */
public interface StanzaConnection {

    /**
     * Sends a stanza, from any thread. What becomes of it, if anything, comes back as a stanza.
     *
     * @param stanza with {@code from} and {@code to}; it is handed over, and not to be used any more
     */
    void send(Element stanza);
}

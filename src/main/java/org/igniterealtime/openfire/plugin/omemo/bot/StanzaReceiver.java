package org.igniterealtime.openfire.plugin.omemo.bot;

import org.dom4j.Element;

/** Where stanzas arrive. */
public interface StanzaReceiver {

    /**
     * Takes a stanza in, on any thread, and returns at once: the work is done elsewhere. What does not fit into the queue
     * is dropped and counted.
     *
     * @param stanza as it was sent; it may be shared with other receivers, so it is not changed
     */
    void receive(Element stanza);
}

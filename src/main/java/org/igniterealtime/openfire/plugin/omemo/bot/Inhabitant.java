package org.igniterealtime.openfire.plugin.omemo.bot;

/** Who lives at an address of the bots' domain. */
interface Inhabitant extends StanzaReceiver, AutoCloseable {

    /** Goes. */
    @Override
    void close();
}

package org.igniterealtime.openfire.plugin.omemo.bot;

import org.dom4j.Element;
import org.igniterealtime.openfire.plugin.omemo.core.store.DeviceAddress;
import org.igniterealtime.openfire.plugin.omemo.protocol.BareJid;
import org.igniterealtime.openfire.plugin.omemo.protocol.Family;

/** What happens to a client. Told on its lane. */
interface ClientEvents {

    /** It could read a message with content. */
    void read(Talk talk, Reading reading);

    /**
     * It could not read a message.
     *
     * @param why a word for the cause
     */
    void unreadable(Talk talk, DeviceAddress from, Family family, String why);

    /** Somebody wants to go on in plaintext: nothing is written there any more. */
    void optedOut(Talk talk, BareJid by);

    /** It is inside a room, and has read what it missed. */
    void entered(BareJid room);

    /**
     * It is no longer inside a room, or did not get there.
     *
     * @param why for people
     * @param forGood whether it is not to come back by itself
     */
    void left(BareJid room, String why, boolean forGood);

    /** Something that it sent came back as an error. */
    void bounced(Element stanza);

    /** A prekey of its bundle was used. */
    void bundleChanged(Family family);
}

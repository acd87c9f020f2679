package org.igniterealtime.openfire.plugin.omemo.bot;

import org.igniterealtime.openfire.plugin.omemo.protocol.BareJid;

/** What bots ask of the server that they live in. Any thread. */
public interface BotServer {

    /** Whether it is a domain of users of this server. */
    boolean isLocalDomain(String domain);

    /** Whether rooms of this server live at a domain. */
    boolean hasRoomsAt(String domain);

    /** Whether an account owns a room, by itself or in a group; never if there is no such room. */
    boolean isOwner(BareJid room, BareJid account);
}

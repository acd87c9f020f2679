package org.igniterealtime.openfire.plugin.omemo.bot;

import org.igniterealtime.openfire.plugin.omemo.protocol.BareJid;

/**
 * With whom a client talks.
 *
 * @param jid the room, or the account
 * @param inRoom whether it is a room
 */
public record Talk(BareJid jid, boolean inRoom) {

    /** In a room, with everybody who belongs to it. */
    public static Talk inRoom(BareJid room) {
        return new Talk(room, true);
    }

    /** With one account. */
    public static Talk with(BareJid account) {
        return new Talk(account, false);
    }
}

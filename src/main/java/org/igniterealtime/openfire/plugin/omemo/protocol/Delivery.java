package org.igniterealtime.openfire.plugin.omemo.protocol;

/**
 * The way on which a message came, as its stanza tells: what {@link SceContent#faults} compares the affixes with.
 *
 * @param sender    the account that sent it; in a room the one behind the nickname
 * @param recipient the account that it was sent to, or the room
 * @param inRoom    whether it came through a room
 */
public record Delivery(BareJid sender, BareJid recipient, boolean inRoom) {

    /**
     * From one account to another.
     *
     * @param recipient for a copy of what another of the own devices sent (XEP-0280) the peer, not the own account
     */
    public static Delivery toAccount(BareJid sender, BareJid recipient) {
        return new Delivery(sender, recipient, false);
    }

    /** Through a room. */
    public static Delivery inRoom(BareJid sender, BareJid room) {
        return new Delivery(sender, room, true);
    }
}

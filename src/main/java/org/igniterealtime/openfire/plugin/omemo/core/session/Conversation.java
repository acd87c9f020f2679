package org.igniterealtime.openfire.plugin.omemo.core.session;

import java.util.Collection;
import java.util.List;
import org.igniterealtime.openfire.plugin.omemo.protocol.BareJid;

/**
 * Where a message goes.
 *
 * @param jid the peer's account, or the room
 * @param recipients the accounts that are to read it; one's own other devices read it in any case
 */
public record Conversation(BareJid jid, List<BareJid> recipients) {

    public Conversation {
        recipients = List.copyOf(recipients);
    }

    /** With one account. */
    public static Conversation with(BareJid peer) {
        return new Conversation(peer, List.of(peer));
    }

    /**
     * In a room (XEP-0384, section "Group Chats").
     *
     * @param members the accounts of members, admins and owners, whether they are there or not
     */
    public static Conversation inRoom(BareJid room, Collection<BareJid> members) {
        return new Conversation(room, members.stream().distinct().toList());
    }
}

package org.igniterealtime.openfire.plugin.omemo.core.store;

import org.igniterealtime.openfire.plugin.omemo.protocol.BareJid;

/** Keeps who has opted out of OMEMO. */
public interface ConversationStore {

    /**
     * {@link ConversationMode#ENCRYPTED} unless something else was stored.
     *
     * @param jid the peer's account or the room; the own account for all conversations
     */
    ConversationMode mode(BareJid jid);

    void storeMode(BareJid jid, ConversationMode mode);
}

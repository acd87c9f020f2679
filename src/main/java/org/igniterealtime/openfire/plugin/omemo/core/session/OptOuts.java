package org.igniterealtime.openfire.plugin.omemo.core.session;

import java.util.Optional;
import org.igniterealtime.openfire.plugin.omemo.core.store.ConversationMode;
import org.igniterealtime.openfire.plugin.omemo.protocol.BareJid;

/** Who writes without OMEMO (XEP-0384, section "Opt-out"). */
final class OptOuts {

    private final DeviceContext context;

    OptOuts(DeviceContext context) {
        this.context = context;
    }

    /** Why no content is to be encrypted in a conversation, if so. */
    Optional<Outgoing.Cause> blocked(BareJid conversation) {
        return switch (mode(conversation)) {
            case ENCRYPTED -> Optional.empty();
            case AWAITING_CONFIRMATION -> Optional.of(Outgoing.Cause.AWAITING_CONFIRMATION);
            case PLAINTEXT -> Optional.of(Outgoing.Cause.PLAINTEXT);
        };
    }

    boolean isDeactivated() {
        return mode(ownAccount()) == ConversationMode.PLAINTEXT;
    }

    ConversationMode mode(BareJid conversation) {
        return context.store().mode(conversation);
    }

    /** @throws IllegalArgumentException if it is the one with oneself, whose mode is that of the account */
    void store(BareJid conversation, ConversationMode mode) {
        requireOther(conversation);
        keep(conversation, mode);
    }

    void requireOther(BareJid conversation) {
        if (conversation.equals(ownAccount())) {
            throw new IllegalArgumentException("one does not opt out with oneself, but deactivates OMEMO");
        }
    }

    void storeForAccount(ConversationMode mode) {
        keep(ownAccount(), mode);
    }

    private void keep(BareJid jid, ConversationMode mode) {
        context.store().atomically(() -> {
            context.store().storeMode(jid, mode);
            return mode;
        });
    }

    /** The peer wants plaintext. Who has agreed to that before need not do so again. */
    void received(BareJid conversation) {
        if (!conversation.equals(ownAccount()) && mode(conversation) == ConversationMode.ENCRYPTED) {
            context.store().storeMode(conversation, ConversationMode.AWAITING_CONFIRMATION);
        }
    }

    private BareJid ownAccount() {
        return context.own().address().jid();
    }
}

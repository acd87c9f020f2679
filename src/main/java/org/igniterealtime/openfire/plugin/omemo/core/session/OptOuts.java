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

    /** Why nothing is to be encrypted in a conversation, if so. */
    Optional<Outgoing.Cause> blocked(BareJid conversation) {
        if (isDeactivated()) {
            return Optional.of(Outgoing.Cause.DEACTIVATED);
        }
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

    void store(BareJid conversation, ConversationMode mode) {
        context.store().atomically(() -> {
            context.store().storeMode(conversation, mode);
            return mode;
        });
    }

    void storeForAccount(ConversationMode mode) {
        store(ownAccount(), mode);
    }

    /** The peer wants plaintext. Who has agreed to that before need not do so again. */
    void received(BareJid conversation) {
        if (mode(conversation) == ConversationMode.ENCRYPTED) {
            context.store().storeMode(conversation, ConversationMode.AWAITING_CONFIRMATION);
        }
    }

    private BareJid ownAccount() {
        return context.own().address().jid();
    }
}

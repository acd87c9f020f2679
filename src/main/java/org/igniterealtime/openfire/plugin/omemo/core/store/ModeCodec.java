package org.igniterealtime.openfire.plugin.omemo.core.store;

import org.igniterealtime.openfire.plugin.omemo.core.OmemoException;
import org.igniterealtime.openfire.plugin.omemo.core.store.proto.StoredMode;

/** The mode of a conversation as bytes for storage. Bytes that are none of this are refused with UNDECODABLE. */
final class ModeCodec {

    private ModeCodec() {
    }

    static byte[] encode(ConversationMode mode) {
        return StoredMode.newBuilder().setMode(mode.name()).build().toByteArray();
    }

    /** @throws OmemoException UNDECODABLE */
    static ConversationMode decode(byte[] bytes) throws OmemoException {
        return Stored.decode(() -> ConversationMode.valueOf(StoredMode.parseFrom(bytes).getMode()));
    }
}

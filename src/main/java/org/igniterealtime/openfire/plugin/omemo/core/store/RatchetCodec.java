package org.igniterealtime.openfire.plugin.omemo.core.store;

import com.google.protobuf.InvalidProtocolBufferException;
import java.util.ArrayList;
import java.util.List;
import org.igniterealtime.openfire.plugin.omemo.core.OmemoException;
import org.igniterealtime.openfire.plugin.omemo.core.crypto.ChainKey;
import org.igniterealtime.openfire.plugin.omemo.core.crypto.MessageKey;
import org.igniterealtime.openfire.plugin.omemo.core.crypto.RatchetKey;
import org.igniterealtime.openfire.plugin.omemo.core.crypto.RatchetKeyPair;
import org.igniterealtime.openfire.plugin.omemo.core.crypto.RootKey;
import org.igniterealtime.openfire.plugin.omemo.core.ratchet.KdfChain;
import org.igniterealtime.openfire.plugin.omemo.core.ratchet.RatchetState;
import org.igniterealtime.openfire.plugin.omemo.core.ratchet.SendingChain;
import org.igniterealtime.openfire.plugin.omemo.core.ratchet.SkippedKeys;
import org.igniterealtime.openfire.plugin.omemo.core.store.proto.StoredChain;
import org.igniterealtime.openfire.plugin.omemo.core.store.proto.StoredRatchet;
import org.igniterealtime.openfire.plugin.omemo.core.store.proto.StoredSkippedKey;
import org.igniterealtime.openfire.plugin.omemo.core.x3dh.AssociatedData;

/** The state of a ratchet as a part of a stored session. */
final class RatchetCodec {

    private RatchetCodec() {
    }

    static StoredRatchet encode(RatchetState state) {
        StoredRatchet.Builder stored = StoredRatchet.newBuilder()
            .setAssociatedData(Stored.bytes(state.associatedData().toBytes()))
            .setTheirs(Stored.bytes(state.theirs().toBytes()))
            .setRootKey(Stored.bytes(state.rootKey().toBytes()))
            .setPreviousLength(state.previousLength());
        state.sending().ifPresent(sending -> stored
            .setOwnPrivateKey(Stored.bytes(sending.own().privateBytes())).setSending(chain(sending.chain())));
        state.receiving().ifPresent(receiving -> stored.setReceiving(chain(receiving)));
        state.skipped().entries().forEach(entry -> stored.addSkipped(StoredSkippedKey.newBuilder()
            .setRatchetKey(Stored.bytes(entry.ratchetKey().toBytes()))
            .setNumber(entry.number())
            .setMessageKey(Stored.bytes(entry.messageKey().toBytes()))));
        return stored.build();
    }

    static RatchetState decode(StoredRatchet stored) throws OmemoException, InvalidProtocolBufferException {
        if (stored.hasSending() != stored.hasOwnPrivateKey() || stored.getSkippedCount() > SkippedKeys.MAX_SKIP) {
            throw new IllegalArgumentException("no state of a ratchet");
        }
        return new RatchetState(
            AssociatedData.of(stored.getAssociatedData().toByteArray()),
            RatchetKey.decode(stored.getTheirs().toByteArray()), RootKey.of(stored.getRootKey().toByteArray()),
            Stored.optional(stored, StoredRatchet::hasSending, RatchetCodec::sending),
            Stored.optional(stored, StoredRatchet::hasReceiving, message -> chain(message.getReceiving())),
            Stored.number(stored.getPreviousLength()), skipped(stored.getSkippedList()));
    }

    private static SendingChain sending(StoredRatchet stored) {
        return new SendingChain(
            RatchetKeyPair.of(stored.getOwnPrivateKey().toByteArray()), chain(stored.getSending()));
    }

    private static SkippedKeys skipped(List<StoredSkippedKey> stored) throws OmemoException {
        List<SkippedKeys.Entry> entries = new ArrayList<>(stored.size());
        for (StoredSkippedKey key : stored) {
            entries.add(new SkippedKeys.Entry(RatchetKey.decode(key.getRatchetKey().toByteArray()),
                Stored.number(key.getNumber()), MessageKey.of(key.getMessageKey().toByteArray())));
        }
        return SkippedKeys.of(entries);
    }

    private static StoredChain chain(KdfChain chain) {
        return StoredChain.newBuilder()
            .setKey(Stored.bytes(chain.key().toBytes())).setLength(chain.length()).build();
    }

    private static KdfChain chain(StoredChain stored) {
        return new KdfChain(ChainKey.of(stored.getKey().toByteArray()), Stored.number(stored.getLength()));
    }
}

package org.igniterealtime.openfire.plugin.omemo.core.store;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.igniterealtime.openfire.plugin.omemo.core.OmemoException;
import org.igniterealtime.openfire.plugin.omemo.protocol.BareJid;

/**
 * A store in {@link Records}, kept in memory as well. A change writes the records that it changed and no others: one for
 * the device's own keys of each kind, for the sessions with a device, for what is known of a device, for the trust in the
 * keys of an account, for the mode of a conversation.
 *
 * <p>What the records throw when they are written undoes the change. Nothing is stored outside of {@link #atomically}.
 */
public final class RecordStore extends InMemoryStore {

    /** A record that a change stored anew. */
    private record Touched<T>(Optional<T> before, Supplier<Optional<T>> now, Function<T, byte[]> encoding) {

        boolean isChanged() {
            return !now.get().equals(before);
        }

        Optional<byte[]> bytes() {
            return now.get().map(encoding);
        }
    }

    private final Records records;
    private final Map<String, Touched<?>> touched = new LinkedHashMap<>();
    private boolean changing;

    private RecordStore(Records records) {
        this.records = records;
    }

    /**
     * Opens a store.
     *
     * @throws IOException if the records cannot be read
     * @throws OmemoException UNDECODABLE if they are not those of a store
     */
    public static RecordStore open(Records records) throws IOException, OmemoException {
        RecordStore store = new RecordStore(records);
        store.changing = true;
        for (Map.Entry<String, byte[]> entry : records.read().entrySet()) {
            RecordFormat.restore(entry.getKey(), entry.getValue(), store);
        }
        store.changing = false;
        store.touched.clear();
        return store;
    }

    @Override
    public <T> T atomically(Supplier<T> change) {
        changing = true;
        try {
            return super.atomically(change);
        } finally {
            changing = false;
            touched.clear();
        }
    }

    @Override
    protected void makeLast() {
        Map<String, Optional<byte[]>> changes = new LinkedHashMap<>();
        touched.forEach((name, record) -> {
            if (record.isChanged()) {
                changes.put(name, record.bytes());
            }
        });
        if (!changes.isEmpty()) {
            records.write(changes);
        }
    }

    private <T> void touch(String name, Supplier<Optional<T>> now, Function<T, byte[]> encoding) {
        if (!changing) {
            throw new IllegalStateException("stored outside of a change");
        }
        touched.computeIfAbsent(name, absent -> new Touched<>(now.get(), now, encoding));
    }

    @Override
    public void storeOwnDevice(OwnDevice device) {
        touch(RecordFormat.OWN_DEVICE, this::ownDevice, OwnKeysCodec::encode);
        super.storeOwnDevice(device);
    }

    @Override
    public void storeSignedPreKeys(SignedPreKeys keys) {
        touch(RecordFormat.SIGNED_PREKEYS, this::signedPreKeys, OwnKeysCodec::encode);
        super.storeSignedPreKeys(keys);
    }

    @Override
    public void storePreKeys(PreKeys keys) {
        touch(RecordFormat.PREKEYS, this::preKeys, OwnKeysCodec::encode);
        super.storePreKeys(keys);
    }

    @Override
    public void storeSessions(DeviceAddress address, DeviceSessions all) {
        touch(RecordFormat.sessions(address), () -> sessions(address), SessionsCodec::encode);
        super.storeSessions(address, all);
    }

    @Override
    public void storeTrust(BareJid jid, Fingerprint fingerprint, Trust level) {
        touch(RecordFormat.trust(jid), () -> Optional.of(Map.copyOf(trust(jid))), TrustCodec::encode);
        super.storeTrust(jid, fingerprint, level);
    }

    @Override
    public void storeDevice(DeviceAddress address, DeviceRecord device) {
        touch(RecordFormat.device(address), () -> Optional.ofNullable(devices(address.jid()).get(address.deviceId())),
            DeviceCodec::encode);
        super.storeDevice(address, device);
    }

    @Override
    public void storeMode(BareJid jid, ConversationMode mode) {
        touch(RecordFormat.mode(jid), () -> Optional.ofNullable(allModes().get(jid)), ModeCodec::encode);
        super.storeMode(jid, mode);
    }
}

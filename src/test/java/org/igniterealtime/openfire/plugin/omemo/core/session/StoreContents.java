package org.igniterealtime.openfire.plugin.omemo.core.session;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.igniterealtime.openfire.plugin.omemo.core.store.ConversationMode;
import org.igniterealtime.openfire.plugin.omemo.core.store.DeviceAddress;
import org.igniterealtime.openfire.plugin.omemo.core.store.DeviceRecord;
import org.igniterealtime.openfire.plugin.omemo.core.store.DeviceSessions;
import org.igniterealtime.openfire.plugin.omemo.core.store.Fingerprint;
import org.igniterealtime.openfire.plugin.omemo.core.store.InMemoryStore;
import org.igniterealtime.openfire.plugin.omemo.core.store.OmemoStore;
import org.igniterealtime.openfire.plugin.omemo.core.store.OwnDevice;
import org.igniterealtime.openfire.plugin.omemo.core.store.PreKeys;
import org.igniterealtime.openfire.plugin.omemo.core.store.SignedPreKeys;
import org.igniterealtime.openfire.plugin.omemo.core.store.Trust;
import org.igniterealtime.openfire.plugin.omemo.protocol.BareJid;

/** Everything that a store holds about some accounts at one moment, to be compared or put into another store. */
record StoreContents(
    Optional<OwnDevice> own,
    Optional<SignedPreKeys> signedPreKeys,
    Optional<PreKeys> preKeys,
    Map<DeviceAddress, DeviceSessions> sessions,
    Map<DeviceAddress, DeviceRecord> devices,
    Map<BareJid, Map<Fingerprint, Trust>> trust,
    Map<BareJid, ConversationMode> modes,
    Set<DeviceAddress> answersOwed) {

    static StoreContents of(OmemoStore store, BareJid... accounts) {
        Map<DeviceAddress, DeviceSessions> sessions = new HashMap<>();
        Map<DeviceAddress, DeviceRecord> devices = new HashMap<>();
        Map<BareJid, Map<Fingerprint, Trust>> trust = new HashMap<>();
        Map<BareJid, ConversationMode> modes = new HashMap<>();
        Arrays.stream(accounts).forEach(jid -> {
            store.devices(jid).forEach((id, device) -> {
                DeviceAddress address = new DeviceAddress(jid, id);
                devices.put(address, device);
                store.sessions(address).ifPresent(known -> sessions.put(address, known));
            });
            trust.put(jid, Map.copyOf(store.trust(jid)));
            modes.put(jid, store.mode(jid));
        });
        return new StoreContents(store.ownDevice(), store.signedPreKeys(), store.preKeys(), sessions, devices, trust,
            modes, Set.copyOf(store.answersOwed()));
    }

    StoreContents withoutSessions() {
        return new StoreContents(own, signedPreKeys, preKeys, Map.of(), devices, trust, modes, Set.of());
    }

    OmemoStore inMemory() {
        return into(new InMemoryStore());
    }

    OmemoStore into(OmemoStore store) {
        return store.atomically(() -> {
            own.ifPresent(store::storeOwnDevice);
            signedPreKeys.ifPresent(store::storeSignedPreKeys);
            preKeys.ifPresent(store::storePreKeys);
            sessions.forEach(store::storeSessions);
            devices.forEach(store::storeDevice);
            trust.forEach((jid, keys) -> keys.forEach((key, level) -> store.storeTrust(jid, key, level)));
            modes.forEach(store::storeMode);
            return store;
        });
    }
}

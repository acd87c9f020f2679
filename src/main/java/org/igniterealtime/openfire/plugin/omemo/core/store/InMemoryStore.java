package org.igniterealtime.openfire.plugin.omemo.core.store;

import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.igniterealtime.openfire.plugin.omemo.protocol.BareJid;

/** Keeps everything in memory, for as long as it lives, or for a {@link StoreSnapshot}. */
public class InMemoryStore implements OmemoStore {

    private OwnDevice ownDevice;
    private SignedPreKeys signedPreKeys;
    private PreKeys preKeys;
    private final Map<DeviceAddress, DeviceSessions> sessions = new HashMap<>();
    private final Map<BareJid, Map<Fingerprint, Trust>> trust = new HashMap<>();
    private final Map<BareJid, Map<Integer, DeviceRecord>> devices = new HashMap<>();
    private final Map<BareJid, ConversationMode> modes = new HashMap<>();
    private final Deque<Runnable> undo = new ArrayDeque<>();

    @Override
    public <T> T atomically(Supplier<T> change) {
        undo.clear();
        boolean done = false;
        try {
            T result = change.get();
            if (!undo.isEmpty()) {
                makeLast();
            }
            done = true;
            return result;
        } finally {
            if (!done) {
                undo.forEach(Runnable::run);
            }
            undo.clear();
        }
    }

    /** Called at the end of every change, which is undone if this throws. Here nothing lasts. */
    protected void makeLast() {
    }

    /** Puts a value, and remembers what was there. */
    private <K, V> void put(Map<K, V> map, K key, V value) {
        V before = map.put(key, value);
        undo.push(before == null ? () -> map.remove(key) : () -> map.put(key, before));
    }

    @Override
    public Optional<OwnDevice> ownDevice() {
        return Optional.ofNullable(ownDevice);
    }

    @Override
    public void storeOwnDevice(OwnDevice device) {
        OwnDevice before = ownDevice;
        undo.push(() -> ownDevice = before);
        ownDevice = device;
    }

    @Override
    public Optional<SignedPreKeys> signedPreKeys() {
        return Optional.ofNullable(signedPreKeys);
    }

    @Override
    public void storeSignedPreKeys(SignedPreKeys keys) {
        SignedPreKeys before = signedPreKeys;
        undo.push(() -> signedPreKeys = before);
        signedPreKeys = keys;
    }

    @Override
    public Optional<PreKeys> preKeys() {
        return Optional.ofNullable(preKeys);
    }

    @Override
    public void storePreKeys(PreKeys keys) {
        PreKeys before = preKeys;
        undo.push(() -> preKeys = before);
        preKeys = keys;
    }

    @Override
    public Optional<DeviceSessions> sessions(DeviceAddress address) {
        return Optional.ofNullable(sessions.get(address));
    }

    @Override
    public void storeSessions(DeviceAddress address, DeviceSessions all) {
        put(sessions, address, all);
    }

    @Override
    public Set<DeviceAddress> answersOwed() {
        return sessions.entrySet().stream().filter(entry -> entry.getValue().current().answerOwed())
            .map(Map.Entry::getKey).collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public Map<Fingerprint, Trust> trust(BareJid jid) {
        return Collections.unmodifiableMap(trust.getOrDefault(jid, Map.of()));
    }

    @Override
    public void storeTrust(BareJid jid, Fingerprint fingerprint, Trust level) {
        put(trust.computeIfAbsent(jid, key -> new HashMap<>()), fingerprint, level);
    }

    @Override
    public Map<Integer, DeviceRecord> devices(BareJid jid) {
        return Collections.unmodifiableMap(devices.getOrDefault(jid, Map.of()));
    }

    @Override
    public int deviceCount() {
        return devices.values().stream().mapToInt(Map::size).sum();
    }

    @Override
    public void storeDevice(DeviceAddress address, DeviceRecord device) {
        Map<Integer, DeviceRecord> account = devices.computeIfAbsent(address.jid(), key -> new TreeMap<>());
        if (!device.equals(DeviceRecord.UNKNOWN)) {
            put(account, address.deviceId(), device);
        } else {
            DeviceRecord before = account.remove(address.deviceId());
            if (before != null) {
                undo.push(() -> account.put(address.deviceId(), before));
            }
        }
    }

    @Override
    public ConversationMode mode(BareJid jid) {
        return modes.getOrDefault(jid, ConversationMode.ENCRYPTED);
    }

    @Override
    public void storeMode(BareJid jid, ConversationMode mode) {
        put(modes, jid, mode);
    }

    Map<DeviceAddress, DeviceSessions> allSessions() {
        return sessions;
    }

    Map<BareJid, Map<Fingerprint, Trust>> allTrust() {
        return trust;
    }

    Map<BareJid, Map<Integer, DeviceRecord>> allDevices() {
        return devices;
    }

    Map<BareJid, ConversationMode> allModes() {
        return modes;
    }
}

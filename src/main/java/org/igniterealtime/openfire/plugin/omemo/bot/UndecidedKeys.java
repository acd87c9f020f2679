package org.igniterealtime.openfire.plugin.omemo.bot;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.igniterealtime.openfire.plugin.omemo.core.store.DeviceAddress;
import org.igniterealtime.openfire.plugin.omemo.core.store.Fingerprint;
import org.igniterealtime.openfire.plugin.omemo.protocol.BareJid;

/** The devices to which a bot did not write because nobody has decided about their keys. Any thread. */
final class UndecidedKeys {

    /** So many are told to the operator; when there are more, only those of the last message are. */
    private static final int MOST = 1_000;

    private final Map<DeviceAddress, Fingerprint> keys = new LinkedHashMap<>();

    /** Notes whom a message has left out. */
    synchronized void note(Sent sent) {
        Map<DeviceAddress, Fingerprint> waiting = new HashMap<>();
        sent.leftOut().values().forEach(left -> waiting.putAll(left.undecided()));
        if (keys.size() + waiting.size() > MOST) {
            keys.clear();
        }
        waiting.forEach((device, key) -> {
            if (keys.size() < MOST) {
                keys.put(device, key);
            }
        });
    }

    /** Somebody has decided about a key. */
    synchronized void decide(BareJid account, Fingerprint key) {
        keys.entrySet().removeIf(entry -> entry.getKey().jid().equals(account) && entry.getValue().equals(key));
    }

    synchronized Map<DeviceAddress, Fingerprint> all() {
        return Map.copyOf(keys);
    }
}

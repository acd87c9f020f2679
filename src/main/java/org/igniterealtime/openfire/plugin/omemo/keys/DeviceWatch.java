package org.igniterealtime.openfire.plugin.omemo.keys;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.igniterealtime.openfire.plugin.omemo.protocol.BareJid;

/**
 * Remembers over which connection a device was announced, and notices when another one drops it from the device list
 * while its own is still there: two devices that overwrite each other's lists never come to an end by themselves.
 */
public final class DeviceWatch {

    private static final int MOST_ACCOUNTS = 50_000;
    private static final int MOST_DEVICES = 100;

    private final Cache<BareJid, Map<Integer, String>> announced = Caffeine.newBuilder()
        .maximumSize(MOST_ACCOUNTS).expireAfterWrite(Duration.ofDays(1)).build();

    /** A device published something of its own over a connection. */
    public void announce(BareJid owner, int deviceId, String connection) {
        announced.asMap().compute(owner, (account, devices) -> {
            Map<Integer, String> next = devices == null ? new HashMap<>() : new HashMap<>(devices);
            if (next.size() < MOST_DEVICES || next.containsKey(deviceId)) {
                next.put(deviceId, connection);
            }
            return next;
        });
    }

    /**
     * A device list is about to be replaced over a connection. Those that are new on it count as announced by it.
     *
     * @param isAlive whether a connection is still there
     * @return the devices that are dropped although they are alive on other connections
     */
    public Set<Integer> replace(BareJid owner, Set<Integer> before, Set<Integer> after, String connection,
                                Predicate<String> isAlive) {
        Map<Integer, String> known = announced.asMap().getOrDefault(owner, Map.of());
        Set<Integer> overwritten = new HashSet<>();
        for (Integer device : before) {
            String its = after.contains(device) ? null : known.get(device);
            if (its != null && !its.equals(connection) && isAlive.test(its)) {
                overwritten.add(device);
            }
        }
        for (Integer device : after) {
            if (!before.contains(device) && !known.containsKey(device)) {
                announce(owner, device, connection);
            }
        }
        return overwritten;
    }
}

package org.igniterealtime.openfire.plugin.omemo.keys;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.igniterealtime.openfire.plugin.omemo.protocol.BareJid;
import org.igniterealtime.openfire.plugin.omemo.protocol.Family;

/**
 * The device lists that held until a few minutes ago. Whoever encrypts has a list that was true when they fetched it: a
 * device that has just been taken off a list is still written to for a while.
 */
final class RecentLists {

    /** How long others may take to notice. */
    static final Duration LENIENCY = Duration.ofMinutes(10);

    private static final int MOST_ACCOUNTS = 20_000;
    private static final int MOST_DEVICES = 1_000;

    private final Cache<BareJid, Map<Family, Set<Integer>>> lists = Caffeine.newBuilder()
        .maximumSize(MOST_ACCOUNTS).expireAfterWrite(LENIENCY).executor(Runnable::run).build();

    /** These were the keys of an account until now. */
    void note(BareJid owner, AccountKeys keys) {
        lists.asMap().merge(owner, lists(keys), RecentLists::union);
    }

    private static Map<Family, Set<Integer>> lists(AccountKeys keys) {
        Map<Family, Set<Integer>> devices = new EnumMap<>(Family.class);
        for (Family family : Family.values()) {
            devices.put(family, PublishedDevices.listed(keys, family));
        }
        return devices;
    }

    /** Who changes a list for ever is remembered by the last ones. */
    private static Map<Family, Set<Integer>> union(Map<Family, Set<Integer>> before, Map<Family, Set<Integer>> now) {
        Map<Family, Set<Integer>> both = new EnumMap<>(Family.class);
        for (Family family : Family.values()) {
            Set<Integer> devices = new HashSet<>(now.get(family));
            if (devices.size() + before.get(family).size() <= MOST_DEVICES) {
                devices.addAll(before.get(family));
            }
            both.put(family, devices);
        }
        return both;
    }

    boolean had(BareJid owner, Family family, int device) {
        Map<Family, Set<Integer>> devices = lists.getIfPresent(owner);
        return devices != null && devices.get(family).contains(device);
    }
}

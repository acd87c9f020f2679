package org.igniterealtime.openfire.plugin.omemo.bot;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.igniterealtime.openfire.plugin.omemo.core.store.DeviceAddress;
import org.igniterealtime.openfire.plugin.omemo.core.store.OmemoStore;
import org.igniterealtime.openfire.plugin.omemo.protocol.BareJid;
import org.igniterealtime.openfire.plugin.omemo.protocol.Bundle;
import org.igniterealtime.openfire.plugin.omemo.protocol.Device;
import org.igniterealtime.openfire.plugin.omemo.protocol.DeviceList;
import org.igniterealtime.openfire.plugin.omemo.protocol.Family;

/**
 * Device lists and bundles of others: fetched when they are needed, none twice at once, and from those who do not answer
 * not again for a while. Used on the client's lane only.
 */
final class PeerKeys {

    /** A device list is fetched again when it is older, since nobody tells a client outside the roster of changes. */
    static final Duration LIST_LASTS = Duration.ofMinutes(1);

    /** So many devices and keys of one account are kept; whoever makes more is neither read nor written to. */
    static final int MOST_OF_ACCOUNT = 100;

    /** So many devices of all accounts are kept, in one family. */
    static final int MOST_DEVICES = 20_000;

    private static final int MOST_REMEMBERED = 10_000;

    private record ListKey(BareJid account, Family family) {
    }

    private record BundleKey(DeviceAddress device, Family family) {
    }

    /** The oldest makes room. */
    private static final class Times<K> extends LinkedHashMap<K, Instant> {

        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<K, Instant> eldest) {
            return size() > MOST_REMEMBERED;
        }
    }

    private final Devices devices;
    private final KeyFetch keys;
    private final InstantSource clock;
    private final Problems problems;
    private final Map<ListKey, Instant> lists = new Times<>();
    /** Who waits for the lists that are under way; nobody, where somebody has waited long enough. */
    private final Map<ListKey, Optional<List<Runnable>>> fetching = new HashMap<>();
    /** Those that were asked for, and did not come or were of no use. */
    private final Map<BundleKey, Instant> missed = new Times<>();

    PeerKeys(Devices devices, KeyFetch keys, InstantSource clock, Problems problems) {
        this.devices = devices;
        this.keys = keys;
        this.clock = clock;
        this.problems = problems;
    }

    private boolean isRecent(Instant time) {
        return time != null && !time.isBefore(clock.instant().minus(LIST_LASTS));
    }

    /** Whether to wait for an account's list before something is written. */
    boolean isListDue(BareJid account, Family family) {
        ListKey key = new ListKey(account, family);
        Optional<List<Runnable>> waiting = fetching.get(key);
        return waiting == null ? !isRecent(lists.get(key)) : waiting.isPresent();
    }

    /** Fetches an account's list and takes it over; if that is under way already, waits for it. */
    void fetchList(BareJid account, Family family, Runnable then) {
        ListKey key = new ListKey(account, family);
        Optional<List<Runnable>> waiting = fetching.get(key);
        if (waiting != null) {
            waiting.ifPresentOrElse(list -> list.add(then), then);
            return;
        }
        lists.remove(key);
        lists.put(key, clock.instant());
        fetching.put(key, Optional.of(new ArrayList<>(List.of(then))));
        keys.devices(account, family, fetched -> {
            Optional<List<Runnable>> told = fetching.remove(key);
            try {
                take(account, family, fetched);
            } finally {
                told.ifPresent(all -> all.forEach(Runnable::run));
            }
        });
    }

    /** Nobody waits any more for what is under way: it may never come. */
    void stopWaiting() {
        fetching.replaceAll((key, waiting) -> Optional.empty());
    }

    /** The same, if it is not under way: nobody waits for it. */
    void fetchListSoon(BareJid account, Family family) {
        if (!fetching.containsKey(new ListKey(account, family))) {
            fetchList(account, family, () -> { });
        }
    }

    private void take(BareJid account, Family family, Fetched<DeviceList> fetched) {
        if (fetched.state() == Fetched.State.UNKNOWN) {
            problems.note("The device list of " + account + " (" + family.label() + ") cannot be fetched: "
                + fetched.why());
            return;
        }
        if (fetched.state() == Fetched.State.BROKEN) {
            problems.note("The device list of " + account + " (" + family.label() + ") is broken: " + fetched.why());
        }
        DeviceList list = fetched.value().orElseGet(() -> new DeviceList(family, List.of()));
        if (list.devices().size() > MOST_OF_ACCOUNT) {
            problems.note(account + " has " + list.devices().size() + " devices (" + family.label() + "), of which "
                + MOST_OF_ACCOUNT + " are written to");
            list = new DeviceList(family, list.devices().subList(0, MOST_OF_ACCOUNT));
        }
        if (isTooMuch(account, list)) {
            problems.note(account + " has too many devices (" + family.label() + ")");
        } else {
            devices.byFamily().get(family).takeOver(account, list);
        }
    }

    private boolean isTooMuch(BareJid account, DeviceList list) {
        OmemoStore store = devices.stores().get(list.family());
        Set<Integer> known = store.devices(account).keySet();
        Set<Integer> all = new HashSet<>(known);
        list.devices().stream().map(Device::id).forEach(all::add);
        return all.size() > known.size()
            && (all.size() > MOST_OF_ACCOUNT || store.deviceCount() + all.size() - known.size() > MOST_DEVICES);
    }

    /** Whether a device that writes may be known from now on, if it is not yet. */
    boolean isAdmitted(DeviceAddress device, Family family) {
        OmemoStore store = devices.stores().get(family);
        boolean known = store.devices(device.jid()).containsKey(device.deviceId());
        return store.trust(device.jid()).size() <= MOST_OF_ACCOUNT && (known
            || store.devices(device.jid()).size() < MOST_OF_ACCOUNT && store.deviceCount() < MOST_DEVICES);
    }

    /** Everything is asked for again. */
    void forget() {
        lists.clear();
        missed.clear();
    }

    /** Whether to ask for a bundle: not if it was asked for lately in vain. */
    boolean mayFetchBundle(DeviceAddress device, Family family) {
        return !isRecent(missed.get(new BundleKey(device, family)));
    }

    /** Fetches a device's bundle; what is not there or broken is noted. */
    void fetchBundle(DeviceAddress device, Family family, Consumer<Bundle> then, Runnable otherwise) {
        BundleKey key = new BundleKey(device, family);
        missed.remove(key);
        missed.put(key, clock.instant());
        keys.bundle(device, family, fetched -> {
            if (fetched.state() == Fetched.State.FOUND) {
                missed.remove(key);
                then.accept(fetched.value().orElseThrow());
                return;
            }
            try {
                noteMissing(device, family, fetched);
            } finally {
                otherwise.run();
            }
        });
    }

    private void noteMissing(DeviceAddress device, Family family, Fetched<Bundle> fetched) {
        switch (fetched.state()) {
            case NOTHING -> useless(device, family, "has no bundle");
            case BROKEN -> useless(device, family, "has a broken bundle: " + fetched.why());
            default -> problems.note("The bundle of device " + device + " (" + family.label() + ") cannot be fetched: "
                + fetched.why());
        }
    }

    /** There is nothing to be had of a device for now. */
    void useless(DeviceAddress device, Family family, String why) {
        problems.note("Device " + device + " (" + family.label() + ") " + why);
        missed.put(new BundleKey(device, family), clock.instant());
        devices.byFamily().get(family).bundleMissing(device);
    }
}

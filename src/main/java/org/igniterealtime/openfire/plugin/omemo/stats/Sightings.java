package org.igniterealtime.openfire.plugin.omemo.stats;

import org.igniterealtime.openfire.plugin.omemo.protocol.Family;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Devices that were seen sending, as they wait for being written, and how many messages others have sent them since. What is named here is what senders claim: whether such a
 * device is on its account's list is asked when it is written.
 */
public final class Sightings {

    /** Accounts in memory; those that find no room are seen when they send again. */
    public static final int MOST_ACCOUNTS = 20_000;

    /** Devices of an account in memory. */
    public static final int MOST_OF_AN_ACCOUNT = 16;

    /**
     * A device that was seen.
     *
     * @param account the bare JID in its normal spelling
     * @param family  the family's label
     * @param millis  when last, since 1970
     */
    public record Sighting(String account, String family, int deviceId, long millis) {
    }

    private record Device(String family, int id) {
    }

    private final ConcurrentHashMap<String, Map<Device, Long>> seen = new ConcurrentHashMap<>();
    private final Unanswered unanswered = new Unanswered();

    /**
     * Notes that a message of this device has passed. Any thread.
     *
     * @param account the bare JID in its normal spelling
     */
    public void note(String account, Family family, int deviceId, long millis) {
        note(account, new Device(family.label(), deviceId), millis);
        unanswered.answered(account, family, deviceId);
    }

    /** What others have sent. */
    public Unanswered unanswered() {
        return unanswered;
    }

    private void note(String account, Device device, long millis) {
        if (!seen.containsKey(account) && seen.mappingCount() >= MOST_ACCOUNTS) {
            return;
        }
        seen.compute(account, (key, devices) -> {
            Map<Device, Long> next = devices == null ? new ConcurrentHashMap<>(4) : devices;
            if (next.size() < MOST_OF_AN_ACCOUNT || next.containsKey(device)) {
                next.merge(device, millis, Math::max);
            }
            return next;
        });
    }

    /** Those of so many accounts at most that were seen since this was asked last. */
    public List<Sighting> drain(int accounts) {
        List<Sighting> drained = new ArrayList<>();
        int left = accounts;
        for (String account : seen.keySet()) {
            if (left-- == 0) {
                break;
            }
            Map<Device, Long> devices = seen.remove(account);
            if (devices != null) {
                devices.forEach((device, millis) -> drained.add(new Sighting(account, device.family, device.id, millis)));
            }
        }
        return drained;
    }

    /** What could not be written waits for the next time. */
    public void giveBack(List<Sighting> sightings) {
        sightings.forEach(sighting ->
            note(sighting.account(), new Device(sighting.family(), sighting.deviceId()), sighting.millis()));
    }

    /** Forgets all. */
    public void clear() {
        seen.clear();
        unanswered.clear();
    }
}

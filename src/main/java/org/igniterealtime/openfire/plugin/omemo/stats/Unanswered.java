package org.igniterealtime.openfire.plugin.omemo.stats;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.igniterealtime.openfire.plugin.omemo.protocol.Family;

/**
 * How many messages were sent to devices since there was a sign of life from them, as these counts wait for being written.
 * Whoever counts knows that the device is on a list.
 */
public final class Unanswered {

    /** Devices in memory. */
    public static final int MOST_DEVICES = 100_000;

    /**
     * Messages to a device.
     *
     * @param account the bare JID in its normal spelling
     * @param family  the family's label
     * @param amount  at least 1
     * @param since   when the first of them was sent, in milliseconds since 1970
     */
    public record Count(String account, String family, int deviceId, int amount, long since) {

        private Count plus(Count that) {
            return new Count(account, family, deviceId, amount + that.amount, Math.min(since, that.since));
        }
    }

    private record Device(String account, String family, int id) {
    }

    private final ConcurrentHashMap<Device, Count> counts = new ConcurrentHashMap<>();
    private final LongAdder lost = new LongAdder();

    /** Counts a message to a device. Any thread. */
    public void sent(String account, Family family, int deviceId, long millis) {
        add(new Count(account, family.label(), deviceId, 1, millis));
    }

    private void add(Count count) {
        Device device = new Device(count.account, count.family, count.deviceId);
        if (counts.mappingCount() >= MOST_DEVICES && !counts.containsKey(device)) {
            lost.add(count.amount);
        } else {
            counts.merge(device, count, Count::plus);
        }
    }

    /** A device has given a sign: what was sent to it before counts no more. Any thread. */
    public void answered(String account, Family family, int deviceId) {
        counts.remove(new Device(account, family.label(), deviceId));
    }

    /**
     * What waits, taken out.
     *
     * @param until those of which the first message was sent by then
     * @param most  so many at most
     */
    public List<Count> drain(long until, int most) {
        List<Count> drained = new ArrayList<>();
        for (var entry : counts.entrySet()) {
            if (drained.size() >= most) {
                break;
            }
            if (entry.getValue().since <= until) {
                Count count = counts.remove(entry.getKey());
                if (count != null) {
                    drained.add(count);
                }
            }
        }
        return drained;
    }

    /** What could not be written waits for the next time. */
    public void giveBack(List<Count> drained) {
        drained.forEach(this::add);
    }

    /** How many messages were not counted since the beginning, for want of room. */
    public long lost() {
        return lost.sum();
    }

    /** Forgets all. */
    public void clear() {
        counts.clear();
    }
}

package org.igniterealtime.openfire.plugin.omemo.bot;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.igniterealtime.openfire.plugin.omemo.core.store.DeviceAddress;
import org.igniterealtime.openfire.plugin.omemo.protocol.Family;

/** Says nothing, and counts by sending device what it could read and what not. */
final class Witness implements Behaviour {

    /** So many devices are counted one by one; the one that was heard first makes room. */
    private static final int MOST_DEVICES = 1_000;

    private record Sender(DeviceAddress device, Family family) {
    }

    private record Count(long read, long unread) {
    }

    private final Map<Sender, Count> counts = new LinkedHashMap<>();

    @Override
    public String purpose() {
        return "I say nothing else. I count which messages I can read, and from which devices.";
    }

    @Override
    public void read(BotVoice voice, Talk talk, Reading reading) {
        count(new Sender(reading.from(), reading.family()), 1, 0);
    }

    @Override
    public void unreadable(Talk talk, DeviceAddress from, Family family) {
        count(new Sender(from, family), 0, 1);
    }

    private synchronized void count(Sender sender, int read, int unread) {
        if (counts.size() >= MOST_DEVICES && !counts.containsKey(sender)) {
            counts.remove(counts.keySet().iterator().next());
        }
        counts.merge(sender, new Count(read, unread),
            (before, more) -> new Count(before.read + more.read, before.unread + more.unread));
    }

    @Override
    public synchronized List<String> report() {
        List<String> lines = new ArrayList<>(counts.size());
        counts.forEach((sender, count) -> lines.add(sender.device() + " (" + sender.family().label() + "): read "
            + count.read + ", not read " + count.unread));
        return lines;
    }
}

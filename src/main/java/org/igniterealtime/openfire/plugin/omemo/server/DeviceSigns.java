package org.igniterealtime.openfire.plugin.omemo.server;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.igniterealtime.openfire.plugin.omemo.protocol.BareJid;
import org.igniterealtime.openfire.plugin.omemo.stats.Activity;
import org.igniterealtime.openfire.plugin.omemo.stats.CountPoint;
import org.igniterealtime.openfire.plugin.omemo.stats.MessageCounts;
import org.igniterealtime.openfire.plugin.omemo.store.CountTable;
import org.igniterealtime.openfire.plugin.omemo.store.DeviceTable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * When devices were last seen, for whoever decides whether they are dead. What was not watched is unknown: a device may
 * have been in use while nobody watched, or, where only rooms are watched, with single contacts.
 */
final class DeviceSigns {

    private static final Logger LOG = LoggerFactory.getLogger(DeviceSigns.class);

    /** So long may the watch have been interrupted: a server that is down is not used either. */
    private static final int LONGEST_GAP_DAYS = 3;

    private final DeviceTable devices;
    private final CountTable counts;

    DeviceSigns(DeviceTable devices, CountTable counts) {
        this.devices = devices;
        this.counts = counts;
    }

    /**
     * The devices of an account that were observed, and when each was last seen, or may have been.
     *
     * @param silence for how long a device must have been silent to be dead
     */
    Map<Integer, Instant> of(BareJid account, Duration silence, Activity activity, Instant now) {
        if (activity == Activity.OFF) {
            return Map.of();
        }
        try {
            Map<Integer, Instant> seen = devices.lastSeen(account.toString());
            if (seen.isEmpty()) {
                return seen;
            }
            if (activity == Activity.ROOMS) {
                return seen.entrySet().stream().filter(device -> device.getValue().plus(silence).isAfter(now))
                    .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
            }
            Instant watched = watchedSince(silence, now);
            Map<Integer, Instant> signs = new HashMap<>();
            seen.forEach((device, time) -> signs.put(device, time.isAfter(watched) ? time : watched));
            return signs;
        } catch (IOException e) {
            LOG.warn("When the devices of {} were last seen is not known now: {}", account, e.toString());
            return Map.of();
        }
    }

    /** Since when all is known; no farther back than it matters. */
    private Instant watchedSince(Duration silence, Instant now) throws IOException {
        LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
        LocalDate first = today.minusDays(Math.min(silence.toDays() + LONGEST_GAP_DAYS, CountTable.MOST_POINTS - 1));
        List<CountPoint> days = counts.days(first, today);
        Set<LocalDate> watched = days.stream().filter(day -> day.amounts().containsKey(MessageCounts.WATCHED))
            .map(day -> LocalDate.ofInstant(day.from(), ZoneOffset.UTC)).collect(Collectors.toCollection(TreeSet::new));
        LocalDate since = today;
        for (LocalDate day = today; !day.isBefore(first) && day.plusDays(LONGEST_GAP_DAYS).isAfter(since); day = day.minusDays(1)) {
            if (watched.contains(day)) {
                since = day;
            }
        }
        return since.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
    }
}

package org.igniterealtime.openfire.plugin.omemo.core.session;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.igniterealtime.openfire.plugin.omemo.core.store.DeviceRecord;

/** What can be said of a listed device, as far as this device saw. */
public enum DeviceState {

    /** It has a bundle, and wrote or published not long ago. */
    ACTIVE,
    /** It has not been seen for a while. */
    INACTIVE,
    /** Many messages were encrypted for it without anything coming from it. */
    STALE,
    /** It has not been seen for very long, or has had no bundle for a while. */
    DEAD,
    /** It was never observed. */
    UNKNOWN;

    /**
     * Where the states begin.
     *
     * @param inactive not seen for so long
     * @param stale so many messages without anything from it
     * @param dead not seen for so long
     * @param withoutBundle listed without a bundle for so long
     */
    public record Bounds(Duration inactive, int stale, Duration dead, Duration withoutBundle) {

        /** 30 days, 53 messages, 180 days, 7 days. */
        public static final Bounds DEFAULT =
            new Bounds(Duration.ofDays(30), Session.HEARTBEAT_AT, Duration.ofDays(180), Duration.ofDays(7));
    }

    static DeviceState of(DeviceRecord device, Bounds bounds, Instant now) {
        if (isOlder(device.lastSeen(), bounds.dead(), now)
                || isOlder(device.withoutBundleSince(), bounds.withoutBundle(), now)) {
            return DEAD;
        }
        if (device.unheard() >= bounds.stale()) {
            return STALE;
        }
        if (device.lastSeen().isEmpty()) {
            return UNKNOWN;
        }
        return device.withoutBundleSince().isPresent() || isOlder(device.lastSeen(), bounds.inactive(), now)
            ? INACTIVE : ACTIVE;
    }

    private static boolean isOlder(Optional<Instant> time, Duration age, Instant now) {
        return time.isPresent() && !time.get().isAfter(now.minus(age));
    }
}

package org.igniterealtime.openfire.plugin.omemo.bot;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.igniterealtime.openfire.plugin.omemo.core.store.DeviceAddress;
import org.igniterealtime.openfire.plugin.omemo.core.store.Fingerprint;
import org.igniterealtime.openfire.plugin.omemo.protocol.BareJid;

/**
 * How a bot is, for people. No secrets and no contents.
 *
 * @param name the local part of its address
 * @param settings as they are in force; empty if they cannot be understood
 * @param status what it does, or why it does nothing
 * @param rooms those that it is in, or tries to enter, and whether it is inside
 * @param read how many messages with content it could read
 * @param unread how many it could not
 * @param dropped stanzas that came too fast
 * @param undecided devices whose keys wait for a decision
 * @param roundTrip of a canary's last call
 * @param report what its behaviour has to tell
 */
public record BotState(
    String name, Optional<BotSettings> settings, Status status, String detail, Map<BareJid, Boolean> rooms, long read,
    long unread, long dropped, Map<DeviceAddress, Fingerprint> undecided, Optional<Duration> roundTrip,
    List<String> report, List<Problem> problems) {

    /** What a bot does. */
    public enum Status {
        /** It runs. */
        RUNNING,
        /** The operator has paused it. */
        PAUSED,
        /** It cannot run; the detail says why. */
        BROKEN
    }

    static BotState idle(String name, Optional<BotSettings> settings, Status status, String detail) {
        return new BotState(name, settings, status, detail, Map.of(), 0, 0, 0, Map.of(), Optional.empty(), List.of(),
            List.of());
    }
}

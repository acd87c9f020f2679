package org.igniterealtime.openfire.plugin.omemo.server;

import java.time.Instant;
import java.util.List;
import org.igniterealtime.openfire.plugin.omemo.keys.CoverageLog;

/**
 * Whom the last messages to a room leave out, as far as this node of a cluster has seen.
 *
 * @param isKept   whether it is noted at all
 * @param since    since when it is noted, of whatever room
 * @param missed   how many messages to whatever room were not looked at since, for want of time
 * @param messages the latest first
 */
public record RoomCoverage(boolean isKept, Instant since, long missed, List<CoverageLog.Entry> messages) {
}

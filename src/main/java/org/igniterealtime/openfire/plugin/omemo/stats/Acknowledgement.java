package org.igniterealtime.openfire.plugin.omemo.stats;

import java.time.Instant;

/**
 * Who has acknowledged an alarm.
 *
 * @param admin the account's name, shortened if it has more than 255 bytes
 */
public record Acknowledgement(String admin, Instant at) {
}

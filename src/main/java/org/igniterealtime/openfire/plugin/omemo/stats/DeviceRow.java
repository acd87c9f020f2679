package org.igniterealtime.openfire.plugin.omemo.stats;

import java.time.Instant;
import java.util.Optional;

/**
 * A device as it is stored.
 *
 * @param account       the bare JID, shortened if it has more than 255 bytes
 * @param family        the family's label
 * @param label         what its user calls it, shortened likewise
 * @param fingerprint   of the latest identity key, 64 hexadecimal digits
 * @param listed        whether it is on the account's list
 * @param firstSeen     when this server noticed it first
 * @param lastSeen      when it sent something last
 * @param lastPublished when it published a bundle last, as far as this server noticed
 * @param unanswered    how many messages were sent to it since, as far as this server noticed
 */
public record DeviceRow(String account, String family, int deviceId, Optional<String> label,
                        Optional<String> fingerprint, boolean listed, Instant firstSeen, Optional<Instant> lastSeen,
                        Optional<Instant> lastPublished, int unanswered, DeviceState state) {
}

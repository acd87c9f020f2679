package org.igniterealtime.openfire.plugin.omemo.stats;

import java.time.Instant;

/**
 * That an identity key took the place of another, and nobody has acknowledged it yet. It is named by all that makes it, so
 * that whoever acknowledges one does not acknowledge another that came after it.
 *
 * @param account     the bare JID in its normal spelling
 * @param family      the family's label
 * @param fingerprint of the new key, 64 hexadecimal digits, or {@link IdentityRow#MORE}
 * @param raised      when it took the other's place, for the last time
 */
public record IdentityAlarm(String account, String family, int deviceId, String fingerprint, Instant raised) {
}

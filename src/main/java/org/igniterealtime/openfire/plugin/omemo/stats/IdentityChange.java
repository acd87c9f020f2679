package org.igniterealtime.openfire.plugin.omemo.stats;

/**
 * A device whose identity key has become another: a new installation with an old id, or somebody in the device's place.
 *
 * @param account the bare JID
 * @param family  the family's label
 * @param before  the fingerprint of the key, 64 hexadecimal digits
 * @param after   the same of the one in its place
 */
public record IdentityChange(String account, String family, int deviceId, String before, String after) {
}

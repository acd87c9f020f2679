package org.igniterealtime.openfire.plugin.omemo.admin;

import org.igniterealtime.openfire.plugin.omemo.stats.IdentityRow;

/**
 * An identity key that was published for a device.
 *
 * @param fingerprint in groups; empty for all those of a device that are too many to be told apart
 * @param changed when it took the place of another; empty if it was the first
 * @param before the fingerprint of that other; empty if it was the first
 */
public record IdentityEntry(String account, String family, String device, String fingerprint, String first, String last,
    String changed, String before) {

    static IdentityEntry of(IdentityRow row) {
        return new IdentityEntry(row.account(), row.family(), Integer.toString(row.deviceId()),
            row.fingerprint().equals(IdentityRow.MORE) ? "" : grouped(row.fingerprint()), Written.time(row.first()),
            Written.time(row.last()), row.changed().map(Written::time).orElse(""),
            row.before().map(IdentityEntry::grouped).orElse(""));
    }

    /** Hexadecimal digits as clients show them, in groups of eight. */
    static String grouped(String fingerprint) {
        return fingerprint.replaceAll("(.{8})(?!$)", "$1 ");
    }
}

package org.igniterealtime.openfire.plugin.omemo.admin;

import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.igniterealtime.openfire.plugin.omemo.protocol.BareJid;
import org.igniterealtime.openfire.plugin.omemo.stats.Acknowledgement;
import org.igniterealtime.openfire.plugin.omemo.stats.IdentityAlarm;
import org.igniterealtime.openfire.plugin.omemo.stats.IdentityRow;

/**
 * An identity key that was published for a device.
 *
 * @param fingerprint in groups; empty for all those of a device that are too many to be told apart
 * @param changed when it took the place of another; empty if it was the first
 * @param before the fingerprint of that other; empty if it was the first
 * @param alarm what names the alarm of that in a form; empty if there is none, or somebody has acknowledged it
 * @param acknowledged when somebody has acknowledged a change, for the last time; empty if nobody ever has
 * @param admin who that was
 */
public record IdentityEntry(String account, String family, String device, String fingerprint, String first, String last,
    String changed, String before, String alarm, String acknowledged, String admin) {

    private static final Pattern ALARM =
        Pattern.compile("([a-z0-9.+]{1,10}) ([1-9][0-9]{0,8}|[12][0-9]{9}) ([0-9a-f]{64}|" + IdentityRow.MORE + ") ([0-9]{1,15})");

    static IdentityEntry of(IdentityRow row) {
        return new IdentityEntry(row.account(), row.family(), Integer.toString(row.deviceId()),
            row.fingerprint().equals(IdentityRow.MORE) ? "" : grouped(row.fingerprint()), Written.time(row.first()),
            Written.time(row.last()), row.changed().map(Written::time).orElse(""),
            row.before().map(IdentityEntry::grouped).orElse(""),
            row.alarm().map(raised -> row.family() + ' ' + row.deviceId() + ' ' + row.fingerprint() + ' ' + raised.toEpochMilli())
                .orElse(""),
            row.acknowledged().map(Acknowledgement::at).map(Written::time).orElse(""),
            row.acknowledged().map(Acknowledgement::admin).orElse(""));
    }

    /** The alarm that a form names; empty if it is none. */
    static Optional<IdentityAlarm> alarm(BareJid account, String named) {
        Matcher parts = ALARM.matcher(named);
        return parts.matches() && Long.parseLong(parts.group(2)) <= Integer.MAX_VALUE
            ? Optional.of(new IdentityAlarm(account.toString(), parts.group(1), Integer.parseInt(parts.group(2)), parts.group(3),
                Instant.ofEpochMilli(Long.parseLong(parts.group(4)))))
            : Optional.empty();
    }

    /** Hexadecimal digits as clients show them, in groups of eight. */
    static String grouped(String fingerprint) {
        return fingerprint.replaceAll("(.{8})(?!$)", "$1 ");
    }
}

package org.igniterealtime.openfire.plugin.omemo.admin;

import java.util.Locale;
import java.util.Optional;
import org.igniterealtime.openfire.plugin.omemo.core.store.Fingerprint;
import org.igniterealtime.openfire.plugin.omemo.keys.DeviceKeys;
import org.igniterealtime.openfire.plugin.omemo.stats.DeviceRow;
import org.igniterealtime.openfire.plugin.omemo.stats.DeviceState;

/**
 * A device: what was noticed of it, and what is published of it now.
 *
 * @param state how much life there is in it, such as {@code active}
 * @param unanswered how many messages were sent to it since; empty for none
 * @param preKeys how many its bundle has; empty if that is not known now
 * @param bundle {@code signed}, {@code not-signed}, {@code faulty}, {@code absent}, or {@code unknown} for now
 * @param fingerprint of its identity key, eight groups of eight hexadecimal digits; empty if there is none
 */
public record DeviceEntry(String account, String family, String id, String label, boolean listed, String state,
    String firstSeen, String lastSeen, String lastPublished, String unanswered, String preKeys, String bundle, String fingerprint) {

    /** @param noticed or published, or both */
    static DeviceEntry of(String account, Optional<DeviceRow> noticed, Optional<DeviceKeys> published) {
        String family = published.map(device -> device.family().label()).or(() -> noticed.map(DeviceRow::family)).orElseThrow();
        int id = published.map(DeviceKeys::id).or(() -> noticed.map(DeviceRow::deviceId)).orElseThrow();
        return new DeviceEntry(account, family, Integer.toString(id),
            published.flatMap(DeviceKeys::label).or(() -> noticed.flatMap(DeviceRow::label)).orElse(""),
            published.map(DeviceKeys::isListed).or(() -> noticed.map(DeviceRow::listed)).orElse(false),
            code(noticed.map(DeviceRow::state).orElse(DeviceState.UNKNOWN)),
            noticed.map(DeviceRow::firstSeen).map(Written::time).orElse(""),
            noticed.flatMap(DeviceRow::lastSeen).map(Written::time).orElse(""),
            noticed.flatMap(DeviceRow::lastPublished).map(Written::time).orElse(""),
            noticed.map(DeviceRow::unanswered).filter(count -> count > 0).map(Written::number).orElse(""),
            published.map(device -> Written.number(device.preKeys())).orElse(""),
            published.map(device -> code(device.bundle())).orElse("unknown"),
            published.flatMap(DeviceKeys::fingerprint).map(Fingerprint::toString)
                .or(() -> noticed.flatMap(DeviceRow::fingerprint).map(IdentityEntry::grouped)).orElse(""));
    }

    private static String code(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}

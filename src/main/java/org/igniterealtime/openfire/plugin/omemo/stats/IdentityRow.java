package org.igniterealtime.openfire.plugin.omemo.stats;

import java.time.Instant;
import java.util.Optional;

/**
 * An identity key that was published for a device.
 *
 * @param account     the bare JID, shortened if it has more than 255 bytes
 * @param fingerprint 64 hexadecimal digits; {@link #MORE} stands for all that found no row of their own
 * @param first       when this server noticed it first
 * @param last        when last
 * @param changed     when it took the place of another key, for the last time
 * @param before      that other key
 * @param alarm       the same time as {@code changed}, as long as nobody has acknowledged that
 * @param acknowledged who has acknowledged a change, for the last time; it may have changed again since
 */
public record IdentityRow(String account, String family, int deviceId, String fingerprint, Instant first, Instant last,
                          Optional<Instant> changed, Optional<String> before, Optional<Instant> alarm,
                          Optional<Acknowledgement> acknowledged) {

    /** The fingerprint of the row for what is too much of one device. */
    public static final String MORE = "more";
}

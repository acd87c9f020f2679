package org.igniterealtime.openfire.plugin.omemo.stats;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * Which devices are looked for; empty means any.
 *
 * @param account  the account's bare JID in its normal spelling
 * @param prefix   how the bare JID begins
 * @param label    what its label has in it, in any case of letters
 * @param family   the family's label
 */
public record DeviceFilter(Optional<String> account, Optional<String> prefix, Optional<String> label,
                           OptionalInt deviceId, Optional<String> family, Optional<DeviceState> state) {

    /** All of them. */
    public static final DeviceFilter ALL = new DeviceFilter(Optional.empty(), Optional.empty(), Optional.empty(),
        OptionalInt.empty(), Optional.empty(), Optional.empty());
}

package org.igniterealtime.openfire.plugin.omemo.stats;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What is known of an account's devices at a moment.
 *
 * @param account   the bare JID in its normal spelling
 * @param families  the labels of those whose device list is known, if only as absent: what is not on it, is on none
 * @param listed    the devices on these lists
 * @param published the identity keys that were published, in their order
 * @param millis    the moment, since 1970
 */
public record DeviceFacts(String account, Set<String> families, List<Listed> listed, List<Published> published,
                          long millis) {

    /** A device on a list. */
    public record Listed(String family, int deviceId, Optional<String> label) {
    }

    /**
     * A bundle.
     *
     * @param fingerprint of its identity key, 64 hexadecimal digits
     * @param isNew       whether it is being published, rather than found
     * @param millis      when, since 1970
     */
    public record Published(String family, int deviceId, String fingerprint, boolean isNew, long millis) {
    }

    public DeviceFacts {
        families = Set.copyOf(families);
        listed = List.copyOf(listed);
        published = List.copyOf(published);
    }
}

package org.igniterealtime.openfire.plugin.omemo.core.session;

import java.util.Optional;
import java.util.Set;
import org.igniterealtime.openfire.plugin.omemo.core.store.DeviceAddress;

/**
 * A received message.
 *
 * @param from which device says that it wrote it; true unless the outcome is a refusal
 * @param outcome what it turned out to be
 * @param needs what it calls for
 * @param identityChange if the device came with another identity key than before
 */
public record Incoming(
    DeviceAddress from, Outcome outcome, Set<Need> needs, Optional<IdentityChange> identityChange) {

    public Incoming {
        needs = Set.copyOf(needs);
    }
}

package org.igniterealtime.openfire.plugin.omemo.core.session;

import org.igniterealtime.openfire.plugin.omemo.core.store.DeviceAddress;
import org.igniterealtime.openfire.plugin.omemo.core.store.Fingerprint;

/**
 * A device came with another identity key than before: it was set up anew, or somebody pretends to be it. Trust in the key
 * before says nothing about the new one.
 *
 * @param device which device
 * @param before the key that it had
 * @param after the key that it has
 */
public record IdentityChange(DeviceAddress device, Fingerprint before, Fingerprint after) {
}

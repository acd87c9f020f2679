package org.igniterealtime.openfire.plugin.omemo.core.store;

import org.igniterealtime.openfire.plugin.omemo.protocol.BareJid;

/**
 * Where a device is reached: sessions are kept for each of these.
 *
 * @param jid the account
 * @param deviceId 1 to 2^31-1, unique in the account
 */
public record DeviceAddress(BareJid jid, int deviceId) {

    /** @throws IllegalArgumentException if the id is not positive */
    public DeviceAddress {
        if (deviceId < 1) {
            throw new IllegalArgumentException("a device id is between 1 and 2^31-1");
        }
    }

    @Override
    public String toString() {
        return jid + "/" + deviceId;
    }
}

package org.igniterealtime.openfire.plugin.omemo.core.store;

import java.util.Optional;

/** Keeps who this device is. */
public interface IdentityStore {

    /** Empty before the device was made. */
    Optional<OwnDevice> ownDevice();

    void storeOwnDevice(OwnDevice device);
}

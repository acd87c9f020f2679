package org.igniterealtime.openfire.plugin.omemo.core.store;

import java.util.Optional;

/** Keeps the one-time prekeys of this device. */
public interface PreKeyStore {

    /** Empty before the device was made. */
    Optional<PreKeys> preKeys();

    void storePreKeys(PreKeys keys);
}

package org.igniterealtime.openfire.plugin.omemo.core.store;

import java.util.Optional;

/** Keeps the signed prekeys of this device. */
public interface SignedPreKeyStore {

    /** Empty before the device was made. */
    Optional<SignedPreKeys> signedPreKeys();

    void storeSignedPreKeys(SignedPreKeys keys);
}

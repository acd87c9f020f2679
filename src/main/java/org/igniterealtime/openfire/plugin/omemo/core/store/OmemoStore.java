package org.igniterealtime.openfire.plugin.omemo.core.store;

import java.util.function.Supplier;

/**
 * Everything that a device has to keep. What it hands out and takes in is immutable; it does not lock, since a device is
 * used by one thread at a time.
 */
public interface OmemoStore extends IdentityStore, SignedPreKeyStore, PreKeyStore, SessionStore, TrustStore, DeviceStore,
        ConversationStore {

    /**
     * Makes changes that belong together: all of them last, or none does. A message is handed on only after the change
     * that it caused has lasted, so that no key is used twice after a crash. Not nested.
     *
     * @param change calls the other methods of this store; what it throws undoes its changes and is thrown on
     * @return what it returns
     */
    <T> T atomically(Supplier<T> change);
}

package org.igniterealtime.openfire.plugin.omemo.core.store;

import java.util.Optional;
import java.util.Set;

/** Keeps the sessions with other devices. */
public interface SessionStore {

    Optional<DeviceSessions> sessions(DeviceAddress address);

    void storeSessions(DeviceAddress address, DeviceSessions sessions);

    /** The devices whose current session {@linkplain SessionState#answerOwed() owes an answer}. */
    Set<DeviceAddress> answersOwed();
}

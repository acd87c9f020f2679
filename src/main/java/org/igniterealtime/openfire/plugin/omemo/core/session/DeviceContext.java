package org.igniterealtime.openfire.plugin.omemo.core.session;

import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import org.igniterealtime.openfire.plugin.omemo.core.profile.Profile;
import org.igniterealtime.openfire.plugin.omemo.core.store.DeviceAddress;
import org.igniterealtime.openfire.plugin.omemo.core.store.DeviceRecord;
import org.igniterealtime.openfire.plugin.omemo.core.store.OmemoStore;
import org.igniterealtime.openfire.plugin.omemo.core.store.OwnDevice;

/** What a device was handed when it was opened, for its parts. */
record DeviceContext(
    OwnDevice own, OmemoStore store, SecureRandom random, InstantSource clock, DeviceSettings settings) {

    Profile profile() {
        return own.profile();
    }

    boolean isOwn(DeviceAddress address) {
        return own.address().equals(address);
    }

    Instant now() {
        return clock.instant();
    }

    /** Whether a session with it may be mended without the user having asked for it. */
    boolean mayRecover(DeviceAddress address) {
        return settings.recoveryLimit().allows(device(address).recoveries(), now());
    }

    DeviceRecord device(DeviceAddress address) {
        return store.devices(address.jid()).getOrDefault(address.deviceId(), DeviceRecord.UNKNOWN);
    }
}

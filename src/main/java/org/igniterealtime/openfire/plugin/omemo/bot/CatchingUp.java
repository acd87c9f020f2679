package org.igniterealtime.openfire.plugin.omemo.bot;

import java.util.HashSet;
import java.util.Set;
import org.igniterealtime.openfire.plugin.omemo.core.session.CatchUpResult;
import org.igniterealtime.openfire.plugin.omemo.core.session.OmemoDevice;
import org.igniterealtime.openfire.plugin.omemo.core.store.DeviceAddress;
import org.igniterealtime.openfire.plugin.omemo.protocol.BareJid;
import org.igniterealtime.openfire.plugin.omemo.protocol.Family;

/**
 * Reads what rooms have kept before anything is written: answers to key exchanges wait until all of it is known (XEP-0384,
 * "Business Rules"). Used on the client's lane only.
 */
final class CatchingUp {

    private final Devices devices;
    private final Voice voice;
    private final Recovery recovery;
    private final Set<BareJid> rooms = new HashSet<>();

    /** Mends the session with a device whose message could not be read. */
    interface Recovery {
        void of(Family family, DeviceAddress device);
    }

    CatchingUp(Devices devices, Voice voice, Recovery recovery) {
        this.devices = devices;
        this.voice = voice;
        this.recovery = recovery;
    }

    boolean isRunning(BareJid room) {
        return rooms.contains(room);
    }

    void begin(BareJid room) {
        if (rooms.isEmpty()) {
            voice.hold();
            devices.byFamily().values().forEach(OmemoDevice::beginCatchUp);
        }
        rooms.add(room);
    }

    void end(BareJid room) {
        if (!rooms.remove(room) || !rooms.isEmpty()) {
            return;
        }
        devices.byFamily().forEach((family, device) -> {
            CatchUpResult result = device.endCatchUp();
            result.answers().forEach((address, answer) -> voice.sendEmpty(answer, address.jid().toString()));
            result.toRecover().forEach(address -> recovery.of(family, address));
        });
        voice.resume();
    }
}

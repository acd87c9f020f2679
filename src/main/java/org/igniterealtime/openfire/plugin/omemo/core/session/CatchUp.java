package org.igniterealtime.openfire.plugin.omemo.core.session;

import java.util.LinkedHashSet;
import java.util.Set;
import org.igniterealtime.openfire.plugin.omemo.core.store.DeviceAddress;

/** Whether this device reads what it has missed (XEP-0384, section "Business Rules"). */
final class CatchUp {

    private final Set<DeviceAddress> toRecover = new LinkedHashSet<>();
    private boolean running;

    boolean isRunning() {
        return running;
    }

    void begin() {
        running = true;
        toRecover.clear();
    }

    void read(DeviceAddress from) {
        toRecover.remove(from);
    }

    void failed(DeviceAddress from) {
        toRecover.add(from);
    }

    /** @return the devices whose last message could not be read */
    Set<DeviceAddress> end() {
        running = false;
        return Set.copyOf(toRecover);
    }
}

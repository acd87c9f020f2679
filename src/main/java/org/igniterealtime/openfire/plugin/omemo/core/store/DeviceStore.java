package org.igniterealtime.openfire.plugin.omemo.core.store;

import java.util.Map;
import org.igniterealtime.openfire.plugin.omemo.protocol.BareJid;

/** Keeps what is known of other devices. */
public interface DeviceStore {

    /** The devices of this account by their ids. */
    Map<Integer, DeviceRecord> devices(BareJid jid);

    /** How many devices are known of all accounts. */
    int deviceCount();

    /** Keeps a record; {@link DeviceRecord#UNKNOWN} says nothing, so that device is forgotten. */
    void storeDevice(DeviceAddress address, DeviceRecord device);
}

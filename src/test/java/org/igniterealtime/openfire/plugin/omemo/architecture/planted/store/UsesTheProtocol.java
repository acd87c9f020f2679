package org.igniterealtime.openfire.plugin.omemo.architecture.planted.store;

import org.igniterealtime.openfire.plugin.omemo.architecture.planted.protocol.DeviceId;

public class UsesTheProtocol {
    DeviceId notGranted;
}

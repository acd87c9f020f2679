package org.igniterealtime.openfire.plugin.omemo.architecture.planted.protocol;

public class DeviceId {
}

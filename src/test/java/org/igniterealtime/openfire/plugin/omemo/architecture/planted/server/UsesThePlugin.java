package org.igniterealtime.openfire.plugin.omemo.architecture.planted.server;

import org.igniterealtime.openfire.plugin.omemo.architecture.planted.OmemoPlugin;
import org.jivesoftware.openfire.XMPPServer;

public class UsesThePlugin {
    OmemoPlugin plugin;
    XMPPServer server;
}

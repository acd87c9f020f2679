package org.igniterealtime.openfire.plugin.omemo.architecture.planted.policy;

import org.jivesoftware.openfire.XMPPServer;

public class KnowsOpenfire {
    XMPPServer server;
}

package org.igniterealtime.openfire.plugin.omemo.architecture.planted.policy;

import org.xmpp.packet.JID;

public class KnowsTinder {
    JID sender;
}

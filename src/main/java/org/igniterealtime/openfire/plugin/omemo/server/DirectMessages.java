package org.igniterealtime.openfire.plugin.omemo.server;

import org.jivesoftware.openfire.interceptor.PacketInterceptor;
import org.jivesoftware.openfire.session.Session;
import org.xmpp.packet.JID;
import org.xmpp.packet.Message;
import org.xmpp.packet.Packet;

/** Sees messages between users, where the operator has switched that on. Nothing is changed or held up. */
final class DirectMessages implements PacketInterceptor {

    private final MessageRecorder recorder;

    DirectMessages(MessageRecorder recorder) {
        this.recorder = recorder;
    }

    @Override
    public void interceptPacket(Packet packet, Session session, boolean incoming, boolean processed) {
        if (incoming && processed && packet instanceof Message message && message.getType() != Message.Type.groupchat) {
            JID from = message.getFrom();
            if (from != null && from.getNode() != null) {
                recorder.direct(message);
            }
        }
    }
}

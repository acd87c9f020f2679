package org.igniterealtime.openfire.plugin.omemo.server;

import org.dom4j.Element;
import org.igniterealtime.openfire.plugin.omemo.protocol.Family;
import org.jivesoftware.openfire.interceptor.PacketInterceptor;
import org.jivesoftware.openfire.interceptor.PacketRejectedException;
import org.jivesoftware.openfire.session.Session;
import org.xmpp.packet.IQ;
import org.xmpp.packet.Packet;

/**
 * Shuts a side entrance to OMEMO's nodes. Since 4.3 Openfire keeps private XML (XEP-0049) in the node that has the name of
 * the element's namespace: an element in a namespace that is called like an OMEMO node would be published there, closed to
 * all, without having been judged, and while others remember something else. No client has a use for such a namespace.
 */
final class PrivateStorageGuard implements PacketInterceptor {

    private static final String PRIVATE_XML = "jabber:iq:private";

    @Override
    public void interceptPacket(Packet packet, Session session, boolean incoming, boolean processed)
        throws PacketRejectedException {
        if (!incoming || processed || !(packet instanceof IQ iq) || iq.getType() != IQ.Type.set) {
            return;
        }
        Element query = iq.getChildElement();
        if (query != null && PRIVATE_XML.equals(query.getNamespaceURI()) && query.elements().stream()
            .anyMatch(stored -> Family.ofNode(stored.getNamespaceURI()).isPresent())) {
            throw new PacketRejectedException("Private XML in a node of OMEMO's");
        }
    }
}

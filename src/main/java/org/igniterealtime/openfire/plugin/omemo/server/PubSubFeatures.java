package org.igniterealtime.openfire.plugin.omemo.server;

import java.util.List;
import java.util.function.Predicate;
import org.dom4j.Element;
import org.dom4j.QName;
import org.jivesoftware.openfire.interceptor.PacketInterceptor;
import org.jivesoftware.openfire.session.Session;
import org.xmpp.packet.IQ;
import org.xmpp.packet.JID;
import org.xmpp.packet.Packet;

/**
 * Adds to what accounts say of themselves (XEP-0030) what they can do now: Openfire knows none of these features up to
 * 4.2, and {@code config-node-max} in no release. Whoever gets no answer from Openfire about an account gets none here.
 * What other servers say of their accounts is not touched.
 */
final class PubSubFeatures implements PacketInterceptor {

    private static final String DISCO_INFO = "http://jabber.org/protocol/disco#info";
    private static final QName FEATURE = QName.get("feature", DISCO_INFO);
    private static final List<String> FEATURES = List.of(
        PubSubHandler.PUBSUB + "#config-node-max", PubSubHandler.PUBSUB + "#publish-options",
        PubSubHandler.PUBSUB + "#multi-items");

    private final Predicate<JID> isLocal;

    /** @param isLocal whether an address belongs to this server */
    PubSubFeatures(Predicate<JID> isLocal) {
        this.isLocal = isLocal;
    }

    @Override
    public void interceptPacket(Packet packet, Session session, boolean incoming, boolean processed) {
        if (incoming || processed || !(packet instanceof IQ) || packet.getElement() instanceof WireElement) {
            return;
        }
        IQ iq = (IQ) packet;
        if (iq.getType() != IQ.Type.result || iq.getFrom() == null || iq.getFrom().getNode() == null
            || iq.getFrom().getResource() != null || !isLocal.test(iq.getFrom())) {
            return;
        }
        Element query = iq.getChildElement();
        if (query != null && DISCO_INFO.equals(query.getNamespaceURI()) && query.attribute("node") == null
            && isAccountWithEventing(query)) {
            addMissing(query);
        }
    }

    private static boolean isAccountWithEventing(Element query) {
        return query.elements().stream().anyMatch(child -> child.getName().equals("identity")
            && "pubsub".equals(child.attributeValue("category")) && "pep".equals(child.attributeValue("type")));
    }

    private static void addMissing(Element query) {
        for (String feature : FEATURES) {
            if (query.elements(FEATURE).stream().noneMatch(known -> feature.equals(known.attributeValue("var")))) {
                query.addElement(FEATURE).addAttribute("var", feature);
            }
        }
    }
}

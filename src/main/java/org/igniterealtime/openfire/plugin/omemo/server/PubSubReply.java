package org.igniterealtime.openfire.plugin.omemo.server;

import org.dom4j.Element;
import org.dom4j.QName;
import org.dom4j.tree.DefaultElement;
import org.jivesoftware.openfire.SessionManager;
import org.jivesoftware.openfire.cluster.ClusterManager;
import org.jivesoftware.openfire.session.LocalClientSession;
import org.xmpp.packet.IQ;
import org.xmpp.packet.PacketError;
import org.xmpp.packet.PacketError.Condition;

/** Answers to requests for personal eventing (XEP-0060), successes and errors. */
final class PubSubReply {

    private static final String ERRORS = "http://jabber.org/protocol/pubsub#errors";
    private static final QName IQ_NAME = QName.get("iq");

    private PubSubReply() {
    }

    /** What was asked for, as text that goes to the wire unchanged. */
    static IQ content(IQ request, String pubsub) {
        Element element = new WireElement(IQ_NAME, pubsub);
        if (ClusterManager.isClusteringStarted()
            && !(SessionManager.getInstance().getSession(request.getFrom()) instanceof LocalClientSession)) {
            // To another node Openfire sends stanzas as the objects that they are, which must be its own.
            element = new DefaultElement(IQ_NAME);
            element.appendContent(new WireElement(IQ_NAME, pubsub));
        }
        element.addAttribute("type", "result");
        Element asked = request.getElement();
        String id = asked.attributeValue("id");
        if (id != null) {
            element.addAttribute("id", id);
        }
        IQ reply = new IQ(element, true);
        reply.setTo(request.getFrom());
        reply.setFrom(request.getTo() == null ? request.getFrom().asBareJID() : request.getTo());
        return reply;
    }

    /** It was done. */
    static IQ success(IQ request) {
        IQ reply = IQ.createResultIQ(request);
        if (request.getTo() == null) {
            reply.setFrom(request.getFrom().asBareJID());
        }
        return reply;
    }

    static IQ error(IQ request, Condition condition) {
        IQ reply = success(request);
        reply.setError(condition);
        return reply;
    }

    /**
     * @param pubsubCondition what XEP-0060 calls it; null if it has no name for it
     * @param text            for people, in English
     */
    static IQ error(IQ request, Condition condition, String pubsubCondition, String text) {
        PacketError error = new PacketError(condition, condition.getDefaultType(), text, "en");
        if (pubsubCondition != null) {
            error.setApplicationCondition(pubsubCondition, ERRORS);
        }
        IQ reply = success(request);
        reply.setError(error);
        return reply;
    }
}

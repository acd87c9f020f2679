package org.igniterealtime.openfire.plugin.omemo.server;

import org.igniterealtime.openfire.plugin.omemo.policy.Finding;
import org.igniterealtime.openfire.plugin.omemo.policy.Texts;
import org.jivesoftware.openfire.PacketRouter;
import org.jivesoftware.openfire.interceptor.PacketRejectedException;
import org.jivesoftware.openfire.session.Session;
import org.xmpp.packet.IQ;
import org.xmpp.packet.PacketError;

/** Tells whoever wants to configure a room why it was refused. */
final class RequestRefusals {

    private final PacketRouter router;

    RequestRefusals(PacketRouter router) {
        this.router = router;
    }

    /**
     * Answers a request. Whoever has a session here gets an answer from Openfire, too: since 4.8 ours alone, before that an
     * error that says nothing, behind ours.
     *
     * @param session of the sender on this server, null if there is none
     * @return what to throw, for the room not to see the request
     */
    PacketRejectedException refuse(IQ request, Session session, Finding reason, Texts texts) {
        PacketError error = error(reason, texts);
        PacketRejectedException rejection = new PacketRejectedException();
        if (session != null && OpenfireSymbol.REJECTION_ERROR.exists()) {
            try {
                OpenfireSymbol.REJECTION_ERROR.invoke(rejection, error);
                return rejection;
            } catch (Exception e) {
                throw new IllegalStateException("The rejection takes no error", e);
            }
        }
        IQ answer = new IQ(IQ.Type.error, request.getID());
        answer.setFrom(request.getTo());
        answer.setTo(request.getFrom());
        answer.setError(error);
        router.route(answer);
        return rejection;
    }

    /** Makes an error of an answer that says that all went well. */
    static void turnIntoError(IQ answer, Finding reason, Texts texts) {
        answer.setError(error(reason, texts));
    }

    private static PacketError error(Finding reason, Texts texts) {
        return new PacketError(FindingError.of(reason, texts.refusedConfiguration(reason), texts));
    }
}

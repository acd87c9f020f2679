package org.igniterealtime.openfire.plugin.omemo.server;

import org.igniterealtime.openfire.plugin.omemo.policy.Texts;
import org.jivesoftware.openfire.XMPPServer;
import org.jivesoftware.openfire.admin.AdminManager;
import org.jivesoftware.util.JiveGlobals;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xmpp.packet.JID;
import org.xmpp.packet.Message;

/** Tells the operator that the plugin could not start as a whole: in the log, and by a message to every admin. */
public final class StartAlarm {

    private static final Logger LOG = LoggerFactory.getLogger(StartAlarm.class);

    private StartAlarm() {
    }

    /** @param areRoomsGuarded whether policies are in force all the same */
    public static void raise(XMPPServer server, boolean areRoomsGuarded, Throwable failure) {
        LOG.error("The plugin could not start; rooms {} guarded", areRoomsGuarded ? "are" : "are not", failure);
        try {
            Texts texts = Texts.in(JiveGlobals.getLocale());
            for (JID admin : AdminManager.getInstance().getAdminAccounts()) {
                Message message = new Message();
                message.setFrom(new JID(server.getServerInfo().getXMPPDomain()));
                message.setTo(admin);
                message.setBody(texts.cannotStart(areRoomsGuarded));
                server.getMessageRouter().route(message);
            }
        } catch (RuntimeException e) {
            LOG.error("The admins could not be told", e);
        }
    }
}

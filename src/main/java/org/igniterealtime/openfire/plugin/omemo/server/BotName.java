package org.igniterealtime.openfire.plugin.omemo.server;

import java.util.regex.Pattern;
import org.jivesoftware.openfire.XMPPServer;
import org.jivesoftware.openfire.component.ExternalComponentManager;
import org.xmpp.packet.JID;

/**
 * The first part of the domain of bots.
 *
 * @param text as the operator has set it
 */
public record BotName(String text) {

    private static final Pattern LABEL = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");

    /** Whether it is one label of a domain, of small letters, digits and hyphens. */
    public boolean isValid() {
        return LABEL.matcher(text).matches();
    }

    /** The whole domain. */
    String domainOf(XMPPServer server) {
        return text + '.' + server.getServerInfo().getXMPPDomain();
    }

    /**
     * Whether somebody else lives there, on any node of the cluster, or may come any time. Openfire does not mind several
     * components of one name, and gives stanzas to one after the other.
     */
    boolean isTaken(XMPPServer server) {
        String domain = domainOf(server);
        return server.getRoutingTable().hasComponentRoute(new JID(null, domain, null))
            || domain.equalsIgnoreCase(server.getServerInfo().getHostname())
            || server.getMultiUserChatManager().getMultiUserChatService(text) != null
            || ExternalComponentManager.getAllowedComponents().stream()
                .anyMatch(component -> component.getSubdomain().equalsIgnoreCase(text));
    }
}

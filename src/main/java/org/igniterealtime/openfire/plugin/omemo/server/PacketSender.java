package org.igniterealtime.openfire.plugin.omemo.server;

import java.util.Locale;
import java.util.Optional;
import org.dom4j.Namespace;
import org.dom4j.QName;
import org.igniterealtime.openfire.plugin.omemo.policy.Occupant;
import org.igniterealtime.openfire.plugin.omemo.policy.Sender;
import org.jivesoftware.openfire.session.Session;
import org.jivesoftware.util.JiveGlobals;
import org.xmpp.packet.JID;
import org.xmpp.packet.Packet;

/**
 * The sender of one packet to a room.
 *
 * @param session its session on this server; {@code null} for a component, a bot or somebody on another server
 */
record PacketSender(Packet packet, Session session, Rooms rooms) implements Sender {

    /** Characters of a language tag that are read; the longest one that RFC 5646 foresees has 35. */
    private static final int LONGEST_TAG = 35;
    private static final QName XML_LANG = QName.get("lang", Namespace.XML_NAMESPACE);

    @Override
    public String bareJid() {
        return packet.getFrom().toBareJID();
    }

    @Override
    public String domain() {
        return packet.getFrom().getDomain();
    }

    /** What the stanza says, else what its stream was opened with, else the server's own. */
    @Override
    public Locale language() {
        String tag = packet.getElement().attributeValue(XML_LANG);
        if (tag != null && !tag.isEmpty() && tag.length() <= LONGEST_TAG) {
            return Locale.forLanguageTag(tag);
        }
        Locale ofStream = session == null ? null : session.getLanguage();
        return ofStream == null ? JiveGlobals.getLocale() : ofStream;
    }

    @Override
    public Optional<Occupant> occupant() {
        JID to = packet.getTo();
        return rooms.occupant(to, packet.getFrom());
    }
}

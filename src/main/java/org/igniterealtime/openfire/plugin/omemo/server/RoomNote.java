package org.igniterealtime.openfire.plugin.omemo.server;

import org.dom4j.Namespace;
import org.dom4j.QName;
import org.xmpp.packet.JID;
import org.xmpp.packet.Message;

/** What a room tells one of its occupants alone: a groupchat message from its bare JID that no history keeps. */
final class RoomNote {

    private static final QName LANG = QName.get("lang", Namespace.XML_NAMESPACE);

    private RoomNote() {
    }

    /**
     * A new message.
     *
     * @param room the room, or one of its occupants
     * @param reader the full JID of whoever gets it
     * @param language of the text, as a tag
     */
    static Message of(JID room, JID reader, String text, String language) {
        Message note = new Message();
        note.setType(Message.Type.groupchat);
        note.setFrom(room.asBareJID());
        note.setTo(reader);
        note.setBody(text);
        note.getElement().element("body").addAttribute(LANG, language);
        note.getElement().addElement("no-store", "urn:xmpp:hints");
        return note;
    }
}

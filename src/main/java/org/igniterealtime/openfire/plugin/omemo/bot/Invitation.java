package org.igniterealtime.openfire.plugin.omemo.bot;

import java.util.Optional;
import org.dom4j.Element;
import org.igniterealtime.openfire.plugin.omemo.protocol.BareJid;

/**
 * An invitation to a room, mediated by it (XEP-0045, 7.8.2) or direct (XEP-0249).
 *
 * @param by who invites, as the room or the server vouches for it
 * @param mediated whether the room has passed it on
 */
record Invitation(BareJid room, BareJid by, Optional<String> password, boolean mediated) {

    private static final String DIRECT = "jabber:x:conference";
    private static final int LONGEST_PASSWORD = 1_000;

    /** Without the password. */
    @Override
    public String toString() {
        return "to " + room + " by " + by;
    }

    /** The one that a message carries, if any. Openfire puts a direct one beside the mediated one; that one counts. */
    static Optional<Invitation> in(Element message) {
        Optional<Address> from = Address.of(message.attributeValue("from"));
        if (from.isEmpty()) {
            return Optional.empty();
        }
        Optional<Element> muc = Stanzas.roomsWord(message);
        Optional<Element> invite = muc.flatMap(x -> Stanzas.child(x, "invite", Stanzas.MUC_USER));
        if (invite.isPresent()) {
            return from.get().isFull() ? Optional.empty() : Address.of(invite.get().attributeValue("from")).map(by ->
                new Invitation(from.get().bare(), by.bare(), password(muc.get().elementText("password")), true));
        }
        boolean mediated = Stanzas.child(message, "x", Stanzas.MUC_USER).isPresent();
        return mediated ? Optional.empty() : Stanzas.child(message, "x", DIRECT).flatMap(x ->
            Address.of(x.attributeValue("jid")).map(room -> new Invitation(
                room.bare(), from.get().bare(), password(x.attributeValue("password")), false)));
    }

    private static Optional<String> password(String text) {
        return Optional.ofNullable(text).filter(given -> given.length() <= LONGEST_PASSWORD);
    }

    /** Says no to whoever invites (XEP-0045, 7.8.2). */
    Element decline(String from, String reason) {
        Element message = Stanzas.stanza("message", "", from, room.toString(), "");
        Element decline = message.addElement("x", Stanzas.MUC_USER).addElement("decline");
        decline.addAttribute("to", by.toString()).addElement("reason").setText(reason);
        return message;
    }
}

package org.igniterealtime.openfire.plugin.omemo.server;

import java.util.List;
import org.igniterealtime.openfire.plugin.omemo.keys.Addressees;
import org.xmpp.packet.JID;

/** Is told for whom messages are encrypted that have passed. It returns at once. */
interface DeliveryWatch {

    /** Nobody who wants to know. */
    DeliveryWatch NONE = new DeliveryWatch() {
        @Override
        public void toRoom(JID room, JID from, List<Addressees> message) {
        }

        @Override
        public void toOccupant(JID room, JID from, List<Addressees> message) {
        }

        @Override
        public void toUser(JID user, JID from, List<Addressees> message) {
        }

        @Override
        public void clear() {
        }
    };

    /**
     * A message goes to everybody in a room, if the room lets it.
     *
     * @param message what it carries, each of another family
     */
    void toRoom(JID room, JID from, List<Addressees> message);

    /** A message goes to one occupant of a room, likewise. */
    void toOccupant(JID room, JID from, List<Addressees> message);

    /** A message goes to a user. */
    void toUser(JID user, JID from, List<Addressees> message);

    /** Nothing is to be kept of what was told. */
    void clear();
}

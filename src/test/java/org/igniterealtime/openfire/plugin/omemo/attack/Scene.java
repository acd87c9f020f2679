package org.igniterealtime.openfire.plugin.omemo.attack;

/**
 * Where stanzas are sent: the addresses that the grammar needs.
 *
 * @param room    the bare JID of the room
 * @param witness the nickname of the occupant who gets private messages
 * @param guest   the bare JID of somebody who is not in the room, and is invited
 * @param other   the bare JID of somebody who is
 */
record Scene(String room, String witness, String guest, String other) {
}

package org.igniterealtime.openfire.plugin.omemo.server;

/**
 * What of a room's configuration matters to OMEMO.
 *
 * @param nonAnonymous whether occupants see each other's addresses
 * @param membersOnly whether nobody else may enter
 * @param isNew whether it waits for its owner's first word about its configuration; until then only owners may enter
 */
record RoomConfiguration(boolean nonAnonymous, boolean membersOnly, boolean isNew) {
}

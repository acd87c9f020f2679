package org.igniterealtime.openfire.plugin.omemo.server;

import java.util.List;
import java.util.Optional;
import org.igniterealtime.openfire.plugin.omemo.policy.Finding;
import org.igniterealtime.openfire.plugin.omemo.policy.Occupant;
import org.xmpp.packet.JID;

/**
 * What this server's rooms say of themselves. Every answer is read from the room when it is asked for; nothing is
 * remembered, since no release tells plugins when a room's configuration or affiliations change.
 */
interface Rooms {

    /** Whether rooms of this server live at a domain. */
    boolean serves(String domain);

    /**
     * What a room says of a full JID.
     *
     * @param room the room, or one of its occupants
     * @return empty when it is not inside, or there is no such room
     * @throws IllegalStateException when the room cannot be asked
     */
    Optional<Occupant> occupant(JID room, JID fullJid);

    /**
     * What XEP-0384 would have otherwise in a room, as far as the operator wants to know; empty when there is no such room.
     *
     * @throws IllegalStateException when the room cannot be asked
     */
    List<Finding> requirementFindings(JID room);

    /**
     * How a room is configured; empty when there is no such room.
     *
     * @throws IllegalStateException when the room cannot be asked
     */
    Optional<RoomConfiguration> configuration(JID room);

    /**
     * Who belongs to a room; empty when there is no such room.
     *
     * @throws IllegalStateException when the room cannot be asked
     */
    Optional<RoomPeople> people(JID room);
}

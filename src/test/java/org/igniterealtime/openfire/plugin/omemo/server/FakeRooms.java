package org.igniterealtime.openfire.plugin.omemo.server;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.igniterealtime.openfire.plugin.omemo.policy.Affiliation;
import org.igniterealtime.openfire.plugin.omemo.policy.Finding;
import org.igniterealtime.openfire.plugin.omemo.policy.Occupant;
import org.igniterealtime.openfire.plugin.omemo.policy.Role;
import org.xmpp.packet.JID;

/** Rooms that are just what a test says they are. */
final class FakeRooms implements Rooms {

    static final JID ROOM = new JID("room@conference.example.org");

    final Map<JID, RoomPeople> people = new ConcurrentHashMap<>();
    final Set<JID> isNew = ConcurrentHashMap.newKeySet();
    final Set<JID> serviceAdmins = ConcurrentHashMap.newKeySet();
    final Set<JID> failing = ConcurrentHashMap.newKeySet();

    boolean areServicesUnknown;

    @Override
    public boolean serves(String domain) {
        if (areServicesUnknown) {
            throw new IllegalStateException("The services cannot be asked");
        }
        return domain.equals(ROOM.getDomain());
    }

    @Override
    public Optional<Occupant> occupant(JID room, JID fullJid) {
        return people(room.asBareJID()).filter(found -> found.occupants().contains(fullJid))
            .map(found -> new Occupant(serviceAdmins.contains(fullJid) ? Affiliation.OWNER : Affiliation.MEMBER,
                Role.PARTICIPANT));
    }

    @Override
    public List<Finding> requirementFindings(JID room) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Optional<RoomConfiguration> configuration(JID room) {
        return people(room).map(found ->
            new RoomConfiguration(found.nonAnonymous(), found.membersOnly(), isNew.contains(room)));
    }

    @Override
    public Optional<RoomPeople> people(JID room) {
        if (failing.contains(room)) {
            throw new IllegalStateException("The room cannot be asked");
        }
        return Optional.ofNullable(people.get(room));
    }

    /** A non-anonymous room for members only, of names at example.org; those inside are full JIDs. */
    static RoomPeople room(List<String> owners, List<String> members, String... inside) {
        return new RoomPeople(true, true, affiliates(owners), affiliates(List.of()), affiliates(members),
            affiliates(List.of()), Arrays.stream(inside).map(JID::new).toList());
    }

    static RoomPeople semiAnonymous(RoomPeople room) {
        return new RoomPeople(false, room.membersOnly(), room.owners(), room.admins(), room.members(), room.outcasts(),
            room.occupants());
    }

    static RoomPeople open(RoomPeople room) {
        return new RoomPeople(room.nonAnonymous(), false, room.owners(), room.admins(), room.members(), room.outcasts(),
            room.occupants());
    }

    static RoomPeople without(RoomPeople room, String outcast) {
        return new RoomPeople(room.nonAnonymous(), room.membersOnly(), room.owners(), room.admins(), room.members(),
            affiliates(List.of(outcast)), room.occupants());
    }

    static Affiliates affiliates(List<String> names) {
        return new Affiliates(names.stream()
            .map(name -> new JID(name.indexOf('@') < 0 ? name + "@example.org" : name)).toList());
    }
}

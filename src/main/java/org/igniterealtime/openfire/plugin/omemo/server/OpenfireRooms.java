package org.igniterealtime.openfire.plugin.omemo.server;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.igniterealtime.openfire.plugin.omemo.policy.Affiliation;
import org.igniterealtime.openfire.plugin.omemo.policy.Finding;
import org.igniterealtime.openfire.plugin.omemo.policy.Occupant;
import org.igniterealtime.openfire.plugin.omemo.policy.Role;
import org.igniterealtime.openfire.plugin.omemo.policy.RoomRequirement;
import org.jivesoftware.openfire.XMPPServer;
import org.jivesoftware.openfire.muc.MultiUserChatManager;
import org.jivesoftware.openfire.muc.MultiUserChatService;
import org.xmpp.packet.JID;

/** The rooms of the Openfire that runs, whatever its release: the one place that knows how they differ. */
final class OpenfireRooms implements Rooms {

    private final MultiUserChatManager manager;
    private final String suffix;

    OpenfireRooms(XMPPServer server) {
        manager = server.getMultiUserChatManager();
        suffix = '.' + normal(server.getServerInfo().getXMPPDomain());
    }

    @Override
    public boolean serves(String domain) {
        return service(domain) != null;
    }

    @Override
    public Optional<Occupant> occupant(JID room, JID fullJid) {
        return room(room).map(found -> ask(OpenfireSymbol.ROOM_OCCUPANT_BY_FULL_JID, found, fullJid))
            .map(occupant -> new Occupant(
            constant(Affiliation.class, ask(OpenfireSymbol.OCCUPANT_AFFILIATION, occupant)),
            constant(Role.class, ask(OpenfireSymbol.OCCUPANT_ROLE, occupant))));
    }

    @Override
    public List<Finding> requirementFindings(JID room) {
        return configuration(room).map(now ->
            RoomSettings.governance().told(RoomRequirement.findings(now.nonAnonymous(), now.membersOnly()))).orElse(List.of());
    }

    @Override
    public Optional<RoomConfiguration> configuration(JID room) {
        return room(room).map(found -> new RoomConfiguration(
            (boolean) ask(OpenfireSymbol.ROOM_CAN_ANYONE_DISCOVER_JID, found),
            (boolean) ask(OpenfireSymbol.ROOM_IS_MEMBERS_ONLY, found),
            (boolean) ask(OpenfireSymbol.ROOM_IS_LOCKED, found)
                && !(boolean) ask(OpenfireSymbol.ROOM_IS_MANUALLY_LOCKED, found)));
    }

    @Override
    public Optional<RoomPeople> people(JID room) {
        return room(room).map(found -> new RoomPeople(
            (boolean) ask(OpenfireSymbol.ROOM_CAN_ANYONE_DISCOVER_JID, found),
            (boolean) ask(OpenfireSymbol.ROOM_IS_MEMBERS_ONLY, found),
            affiliates(OpenfireSymbol.ROOM_OWNERS, found),
            affiliates(OpenfireSymbol.ROOM_ADMINS, found),
            affiliates(OpenfireSymbol.ROOM_MEMBERS, found),
            affiliates(OpenfireSymbol.ROOM_OUTCASTS, found),
            ((Collection<?>) ask(OpenfireSymbol.ROOM_OCCUPANTS, found)).stream()
                .map(occupant -> (JID) ask(OpenfireSymbol.OCCUPANT_USER_ADDRESS, occupant)).filter(Objects::nonNull)
                .toList()));
    }

    /**
     * The bare JIDs of all rooms. None is loaded for it: up to 4.6 those are left out that are not in memory because nobody
     * has used them for long.
     */
    SortedSet<String> addresses() {
        SortedSet<String> addresses = new TreeSet<>();
        List<MultiUserChatService> services = manager.getMultiUserChatServices();
        for (MultiUserChatService service : services) {
            String end = '@' + normal(service.getServiceDomain());
            if (OpenfireSymbol.SERVICE_ROOM_NAMES.exists()) {
                ((Collection<?>) ask(OpenfireSymbol.SERVICE_ROOM_NAMES, service)).forEach(name -> addresses.add(name + end));
            } else {
                ((Collection<?>) ask(OpenfireSymbol.SERVICE_ROOMS, service))
                    .forEach(room -> addresses.add(ask(OpenfireSymbol.ROOM_NAME, room) + end));
            }
        }
        return addresses;
    }

    /** What a room is called; empty when there is no such room. */
    Optional<String> title(JID room) {
        return room(room).map(found -> Objects.requireNonNullElse((String) ask(OpenfireSymbol.ROOM_TITLE, found), ""));
    }

    private static Affiliates affiliates(OpenfireSymbol question, Object room) {
        return new Affiliates(((Collection<?>) ask(question, room)).stream().map(JID.class::cast).toList());
    }

    /** The type is left open, since {@code MUCRoom} is an interface in some releases and a class in others. */
    private Optional<Object> room(JID room) {
        return Optional.ofNullable(service(room.getDomain())).map(service -> service.getChatRoom(room.getNode()));
    }

    /**
     * {@code null} when no service of this server lives at the domain. Openfire keeps services by their names as they
     * were given, which need not be spelt as in the addresses that lead to them.
     */
    private MultiUserChatService service(String domain) {
        int length = domain.length() - suffix.length();
        if (length <= 0 || !domain.endsWith(suffix)) {
            return null;
        }
        MultiUserChatService named = manager.getMultiUserChatService(domain.substring(0, length));
        if (named != null) {
            return named;
        }
        List<MultiUserChatService> services = manager.getMultiUserChatServices();
        return services.stream().filter(service -> domain.equals(normal(service.getServiceDomain()))).findFirst()
            .orElse(null);
    }

    private static String normal(String domain) {
        return new JID(null, domain, null).getDomain();
    }

    private static Object ask(OpenfireSymbol question, Object instance, Object... arguments) {
        try {
            return question.invoke(instance, arguments);
        } catch (Exception e) {
            throw new IllegalStateException("The room cannot be asked for " + question, e);
        }
    }

    private static <E extends Enum<E>> E constant(Class<E> type, Object theirs) {
        return Enum.valueOf(type, ((Enum<?>) theirs).name().toUpperCase(Locale.ROOT));
    }
}

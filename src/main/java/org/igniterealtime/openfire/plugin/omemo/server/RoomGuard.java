package org.igniterealtime.openfire.plugin.omemo.server;

import java.util.Optional;
import org.igniterealtime.openfire.plugin.omemo.policy.Policy;
import org.igniterealtime.openfire.plugin.omemo.policy.PolicyBook;
import org.igniterealtime.openfire.plugin.omemo.protocol.BareJid;
import org.igniterealtime.openfire.plugin.omemo.stats.Counters;
import org.jivesoftware.openfire.XMPPServer;
import org.jivesoftware.openfire.interceptor.InterceptorManager;
import org.xmpp.packet.JID;

/** Everything that keeps plaintext out of rooms, put together: settings and interceptors. */
public final class RoomGuard {

    private final Rooms rooms;
    private final PolicySettings settings;
    private final MucInterceptor interceptor;
    private volatile KnownDevices devices;
    private final OwnerChoices choices;
    private final RoomConfigurationInterceptor configurations;

    public RoomGuard(XMPPServer server, Counters counters, StatisticsService statistics) {
        rooms = new OpenfireRooms(server);
        RoomWatch watch = new RoomWatch(rooms);
        settings = new PolicySettings(watch::lookAt);
        interceptor = new MucInterceptor(settings::book, settings::isTemporary, rooms, () -> Optional.ofNullable(devices), watch,
            new Bounces(server.getPacketRouter(), counters), new Notices(server.getPacketRouter()), counters,
            statistics.recorder());
        choices = new OwnerChoices(settings::book);
        configurations = new RoomConfigurationInterceptor(settings::book, RoomSettings::governance, rooms, choices,
            new RequestRefusals(server.getPacketRouter()), ReaderLanguages.ofSessions(server.getSessionManager()), watch,
            counters);
    }

    /** The policies as they stand now. */
    public PolicyBook policies() {
        return settings.book();
    }

    /** See {@link PolicySettings#inForce}. */
    Optional<Policy> inForce(String property) {
        return settings.inForce(property);
    }

    /** See {@link PolicySettings#temporarily}. */
    public TemporaryPolicy temporarily(BareJid room, Policy policy) {
        return settings.temporarily(room, policy);
    }

    /** From now on headers are held against what is known of devices; null for no longer. */
    void holdAgainst(KnownDevices known) {
        devices = known;
    }

    /** Whether a room is that of a self-test, and none of users: it has a temporary policy. */
    public boolean isTemporary(String room) {
        return settings.isTemporary(room);
    }

    /** Whether rooms of this server live at a domain. */
    public boolean serves(String domain) {
        return rooms.serves(domain);
    }

    /**
     * Whether an account owns a room of this server, by itself or as a user of a group, as it stands now. Nobody owns a room
     * that does not exist. A room that nobody is in may have to be loaded from the database.
     *
     * @throws IllegalStateException when the room cannot be asked
     */
    public boolean isOwner(BareJid room, BareJid account) {
        if (room.local().isEmpty() || !rooms.serves(room.domain())) {
            return false;
        }
        return rooms.people(new JID(room.toString())).map(people -> people.owners().include(account)).orElse(false);
    }

    /** A room is gone, and with it what its owners have chosen. */
    void destroyed(JID room) {
        choices.forget(room.asBareJID());
    }

    /** Reads the policies, then stands in front of all other interceptors. */
    public void start() {
        settings.start();
        InterceptorManager.getInstance().addInterceptor(0, interceptor);
        InterceptorManager.getInstance().addInterceptor(1, configurations);
    }

    /** The interceptors leave last. */
    public void stop() {
        settings.stop();
        InterceptorManager.getInstance().removeInterceptor(configurations);
        InterceptorManager.getInstance().removeInterceptor(interceptor);
    }
}

package org.igniterealtime.openfire.plugin.omemo.server;

import java.time.Clock;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.igniterealtime.openfire.plugin.omemo.keys.KeyDirectory;
import org.igniterealtime.openfire.plugin.omemo.keys.ReadinessIndex;
import org.igniterealtime.openfire.plugin.omemo.protocol.BareJid;
import org.igniterealtime.openfire.plugin.omemo.stats.KeyCounters;
import org.jivesoftware.openfire.XMPPServer;
import org.jivesoftware.openfire.muc.MUCEventDispatcher;
import org.jivesoftware.util.JiveGlobals;
import org.xmpp.packet.IQ;
import org.xmpp.packet.JID;

/** Everything about the keys of those who meet in rooms, put together. */
final class RoomKeyService {

    private final CommonRooms commonRooms;
    private final RoomWarmUp warmUp;
    private final EntryNotes entryNotes;
    private final RoomEvents events;
    private final RoomKeysHandler handler;
    private final RoomServices services;

    /**
     * @param isLocal whether an address belongs to an account of this server
     * @param replies where answers go
     */
    RoomKeyService(XMPPServer server, KeyDirectory directory, ReadinessIndex readiness, Predicate<BareJid> isLocal,
                   RoomGuard guard, KeyCounters counters, Consumer<IQ> replies) {
        Rooms rooms = new OpenfireRooms(server);
        commonRooms = new CommonRooms(rooms, KeySettings::commonRoomsOpenNodes);
        warmUp = new RoomWarmUp(directory, rooms, guard::policies, isLocal);
        entryNotes = new EntryNotes(guard::policies, rooms, isLocal, readiness::of,
            ReaderLanguages.ofSessions(server.getSessionManager()), server.getPacketRouter()::route,
            Workers.clock("omemo-entry-notes"));
        PlanNotes planNotes = new PlanNotes(guard::policies, user -> !server.matchesComponent(user),
            ReaderLanguages.ofSessions(server.getSessionManager()), server.getPacketRouter()::route,
            Clock.system(JiveGlobals.getTimeZone().toZoneId()));
        events = new RoomEvents(warmUp, commonRooms, entryNotes, planNotes, guard::destroyed);
        handler = new RoomKeysHandler(new RoomKeys(directory, rooms, commonRooms, isLocal), counters, replies);
        services = new RoomServices(server.getMultiUserChatManager(), handler, RoomKeysHandler.FEATURE);
    }

    /** Whether somebody may read an account's nodes because both have a room in common. */
    boolean mayReadClosed(BareJid asker, BareJid account) {
        return commonRooms.share(asker, account);
    }

    void start() {
        MUCEventDispatcher.addListener(events);
        services.start();
    }

    void stop() {
        services.stop();
        MUCEventDispatcher.removeListener(events);
        handler.close();
        entryNotes.close();
        warmUp.close();
    }
}

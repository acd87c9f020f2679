package org.igniterealtime.openfire.plugin.omemo.server;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.igniterealtime.openfire.plugin.omemo.protocol.BareJid;
import org.xmpp.packet.JID;

/**
 * Who belongs to rooms, for a second: a busy room need not be asked at every message. Before somebody is held to be a
 * stranger, the room is asked anew.
 */
final class RoomRolls {

    private static final int MOST_ROOMS = 1_000;
    private static final Duration TRUST = Duration.ofSeconds(1);

    /** More than a message may carry keys by default; a room with more people is not compared with a header. */
    private static final int MOST_PEOPLE = 5_000;

    private final Rooms rooms;
    private final Cache<String, Optional<Set<BareJid>>> rolls = Caffeine.newBuilder()
        .maximumSize(MOST_ROOMS).expireAfterWrite(TRUST).executor(Runnable::run).build();

    RoomRolls(Rooms rooms) {
        this.rooms = rooms;
    }

    /** As it was within the last second; empty if it is too many, or there is no such room. */
    Optional<Set<BareJid>> of(JID room) {
        Optional<Set<BareJid>> known = rolls.getIfPresent(room.toBareJID());
        return known == null ? now(room) : known;
    }

    /** As it is now. */
    Optional<Set<BareJid>> now(JID room) {
        Optional<Set<BareJid>> found =
            rooms.people(room).map(present -> present.all(MOST_PEOPLE + 1)).filter(all -> all.size() <= MOST_PEOPLE);
        rolls.put(room.toBareJID(), found);
        return found;
    }
}

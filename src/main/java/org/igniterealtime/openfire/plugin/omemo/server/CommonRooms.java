package org.igniterealtime.openfire.plugin.omemo.server;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.igniterealtime.openfire.plugin.omemo.protocol.BareJid;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xmpp.packet.JID;

/**
 * Who is together with whom in a room: an option that lets somebody read the keys of another one whose nodes are not open.
 *
 * <p>Openfire tells only which room somebody is asked for in, never which rooms somebody is in, so that is noted here from
 * the events of rooms. A note is only a hint: the room itself is asked before anything is let through. Notes are lost when
 * the plugin is loaded anew; the next message to the room, or the next question to it, makes up for it.
 */
final class CommonRooms {

    private static final Logger LOG = LoggerFactory.getLogger(CommonRooms.class);
    private static final int MOST_ACCOUNTS = 100_000;
    private static final int MOST_NOTES_OF_AN_ACCOUNT = 200;

    /** A connection that is in a room. */
    private record Note(JID room, JID user) {
    }

    private final Rooms rooms;
    private final BooleanSupplier allowed;
    private final Cache<BareJid, Set<Note>> notes =
        Caffeine.newBuilder().maximumSize(MOST_ACCOUNTS).executor(Runnable::run).build();

    /** @param allowed whether the operator has switched the option on */
    CommonRooms(Rooms rooms, BooleanSupplier allowed) {
        this.rooms = rooms;
        this.allowed = allowed;
    }

    /**
     * Whether the asker is in a room that is for members only and not anonymous, and that has the account as owner, admin
     * or member; never while the option is off. A room that cannot be asked opens nothing.
     */
    boolean share(BareJid asker, BareJid account) {
        Set<Note> noted = allowed.getAsBoolean() ? notes.getIfPresent(asker) : null;
        if (noted == null) {
            return false;
        }
        for (Note note : noted) {
            try {
                if (joins(note, asker, account)) {
                    return true;
                }
            } catch (RuntimeException e) {
                LOG.warn("Room {} could not be asked for its members: {}", note.room(), e.toString());
            }
        }
        return false;
    }

    private boolean joins(Note note, BareJid asker, BareJid account) {
        Optional<RoomPeople> people = rooms.people(note.room());
        if (people.isEmpty() || !people.get().haveInside(asker)) {
            left(note.room(), note.user());
            return false;
        }
        return people.get().membersOnly() && people.get().nonAnonymous() && people.get().haveAffiliate(account);
    }

    /** Somebody is inside a room. */
    void entered(JID room, JID user) {
        BareJid.of(user.toBareJID()).ifPresent(account -> notes.asMap().compute(account, (key, before) -> {
            Note note = new Note(room.asBareJID(), user);
            if (before != null && (before.contains(note) || before.size() >= MOST_NOTES_OF_AN_ACCOUNT)) {
                return before;
            }
            Set<Note> after = before == null ? new HashSet<>() : new HashSet<>(before);
            after.add(note);
            return Set.copyOf(after);
        }));
    }

    /** Somebody is inside a room no more. */
    void left(JID room, JID user) {
        BareJid.of(user.toBareJID()).ifPresent(account -> notes.asMap().computeIfPresent(account, (key, before) -> {
            Set<Note> after = new HashSet<>(before);
            after.remove(new Note(room.asBareJID(), user));
            return after.isEmpty() ? null : Set.copyOf(after);
        }));
    }

    /** How many accounts it has notes of. */
    int size() {
        return notes.asMap().size();
    }
}

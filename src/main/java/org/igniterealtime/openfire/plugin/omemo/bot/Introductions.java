package org.igniterealtime.openfire.plugin.omemo.bot;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.igniterealtime.openfire.plugin.omemo.protocol.BareJid;
import org.igniterealtime.openfire.plugin.omemo.protocol.ContentElement;

/**
 * A bot says what it is, in each of its rooms, before anything else, until a person could read it; other bots are none.
 * Used on the bot's lane only.
 */
final class Introductions {

    private static final String TEXT = "I am a test bot of this server. Whatever is encrypted for me, those who run the "
        + "server can read. %s An owner of the room can throw me out: then I do not come back.";
    private static final Duration AGAIN_AFTER = Duration.ofMinutes(1);

    /** How it writes. */
    interface Pen {
        void write(Talk talk, List<ContentElement> content, Consumer<Sent> then);
    }

    private final BotRooms rooms;
    private final ContentElement text;
    private final InstantSource clock;
    private final Predicate<BareJid> isBot;
    private final Pen pen;
    private final Set<BareJid> underWay = new HashSet<>();
    private final Map<BareJid, Instant> next = new HashMap<>();

    /** @param about what else it says of itself */
    Introductions(BotRooms rooms, String about, InstantSource clock, Predicate<BareJid> isBot, Pen pen) {
        this.rooms = rooms;
        this.text = ContentElement.body(String.format(TEXT, about));
        this.clock = clock;
        this.isBot = isBot;
        this.pen = pen;
    }

    /** Tries it, if it is still to be done and a while has passed since the last time. */
    void makeAgain(BareJid room) {
        if (!next.getOrDefault(room, Instant.MIN).isAfter(clock.instant())) {
            make(room);
        }
    }

    /** Does it, if it is still to be done. */
    void make(BareJid room) {
        Optional<BotRooms.Entry> entry = rooms.get(room);
        if (entry.isEmpty() || entry.get().introduced() || !underWay.add(room)) {
            return;
        }
        pen.write(Talk.inRoom(room), List.of(text), sent -> {
            underWay.remove(room);
            next.put(room, clock.instant().plus(AGAIN_AFTER));
            if (sent instanceof Sent.Out out && !out.reached().stream().allMatch(isBot)) {
                rooms.get(room).ifPresent(now -> rooms.put(room, now.asIntroduced()));
            }
        });
    }

    /** It is no longer in this room. */
    void forget(BareJid room) {
        next.remove(room);
    }
}

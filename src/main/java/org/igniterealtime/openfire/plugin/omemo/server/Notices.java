package org.igniterealtime.openfire.plugin.omemo.server;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import org.igniterealtime.openfire.plugin.omemo.policy.Finding;
import org.igniterealtime.openfire.plugin.omemo.policy.Texts;
import org.jivesoftware.openfire.PacketRouter;
import org.xmpp.packet.JID;
import org.xmpp.packet.Message;

/** Tells senders, in mode <em>warn</em>, that their message would be refused: once per sender, room and hour. */
final class Notices {

    private static final int MOST_REMEMBERED = 100_000;

    private final PacketRouter router;
    private final Cache<Addressee, Boolean> told = Caffeine.newBuilder()
        .maximumSize(MOST_REMEMBERED).expireAfterWrite(Duration.ofHours(1)).build();

    private record Addressee(String sender, String room) {
    }

    Notices(PacketRouter router) {
        this.router = router;
    }

    /** Sends a groupchat message from the room to the one session that sent the message. */
    void send(Message judged, Finding reason, Texts texts) {
        JID room = judged.getTo().asBareJID();
        Addressee addressee = new Addressee(judged.getFrom().toBareJID(), room.toString());
        if (told.asMap().putIfAbsent(addressee, Boolean.TRUE) != null) {
            return;
        }
        router.route(RoomNote.of(room, judged.getFrom(), texts.warning(reason), texts.language()));
    }
}

package org.igniterealtime.openfire.plugin.omemo.server;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.igniterealtime.openfire.plugin.omemo.policy.Finding;
import org.igniterealtime.openfire.plugin.omemo.policy.Texts;
import org.igniterealtime.openfire.plugin.omemo.stats.Counters;
import org.jivesoftware.openfire.PacketRouter;
import org.xmpp.packet.Message;

/**
 * Tells senders that their message was refused (POLICY.md, "Refusing"): one error of our own, since Openfire's own
 * rejection is silent for whoever has no session here, and no error at all before 4.8.
 */
final class Bounces {

    private static final int PER_SECOND = 10;
    private static final int MOST_SENDERS = 10_000;

    private final PacketRouter router;
    private final Counters counters;
    private final Cache<String, AtomicInteger> thisSecond = Caffeine.newBuilder()
        .maximumSize(MOST_SENDERS).expireAfterWrite(Duration.ofSeconds(1)).build();

    Bounces(PacketRouter router, Counters counters) {
        this.router = router;
        this.counters = counters;
    }

    /** Sends the error, unless this sender has had its share of them for this second. */
    void send(Message refused, Finding reason, Texts texts) {
        String sender = refused.getFrom().toBareJID();
        if (thisSecond.get(sender, key -> new AtomicInteger()).incrementAndGet() > PER_SECOND) {
            counters.silentRefusals().increment();
        } else {
            router.route(error(refused, reason, texts));
        }
    }

    private static Message error(Message refused, Finding reason, Texts texts) {
        Message bounce = new Message();
        bounce.setType(Message.Type.error);
        bounce.setID(refused.getID());
        bounce.setFrom(refused.getTo());
        bounce.setTo(refused.getFrom());
        if (refused.getThread() != null) {
            bounce.setThread(refused.getThread());
        }
        bounce.getElement().add(FindingError.of(reason, texts.refusal(reason), texts));
        return bounce;
    }
}

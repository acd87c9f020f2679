package org.igniterealtime.openfire.plugin.omemo.server;

import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.function.Consumer;
import org.igniterealtime.openfire.plugin.omemo.keys.RateLimit;
import org.igniterealtime.openfire.plugin.omemo.keys.RoomKeysRequest;
import org.igniterealtime.openfire.plugin.omemo.protocol.BareJid;
import org.igniterealtime.openfire.plugin.omemo.stats.KeyCounters;
import org.jivesoftware.openfire.IQHandlerInfo;
import org.jivesoftware.openfire.handler.IQHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xmpp.packet.IQ;
import org.xmpp.packet.PacketError.Condition;

/**
 * Takes questions to rooms for the keys of their members. Openfire's chat services hand over what their rooms are asked
 * in our namespace, on the thread of the asker's connection: all work is left to a few threads, each with one page in hand.
 */
final class RoomKeysHandler extends IQHandler implements AutoCloseable {

    /** What the disco#info of rooms says. */
    static final String FEATURE = RoomKeysRequest.NAMESPACE + "#keys";

    private static final Logger LOG = LoggerFactory.getLogger(RoomKeysHandler.class);
    private static final String LATER = "Please ask again later.";
    private static final int BURST = 20;
    private static final int PER_SECOND = 5;
    private static final int THREADS = 4;
    private static final int MOST_WAITING = 1_000;

    private final IQHandlerInfo info = new IQHandlerInfo(RoomKeysRequest.ELEMENT, RoomKeysRequest.NAMESPACE);
    private final RateLimit<BareJid> limit = new RateLimit<>(BURST, PER_SECOND);
    private final ThreadPoolExecutor workers = Workers.of("omemo-room-keys", THREADS, MOST_WAITING);
    private final RoomKeys keys;
    private final KeyCounters counters;
    private final Consumer<IQ> replies;
    private volatile boolean ended;

    /** @param replies where answers go */
    RoomKeysHandler(RoomKeys keys, KeyCounters counters, Consumer<IQ> replies) {
        super("OMEMO keys of a room's members");
        this.keys = keys;
        this.counters = counters;
        this.replies = replies;
    }

    @Override
    public IQHandlerInfo getInfo() {
        return info;
    }

    @Override
    public IQ handleIQ(IQ request) {
        Optional<BareJid> asker = request.isRequest() && request.getFrom() != null
            ? BareJid.of(request.getFrom().toBareJID()) : Optional.empty();
        if (asker.isEmpty()) {
            return null;
        }
        if (!limit.allows(asker.get())) {
            return error(request, Condition.resource_constraint, "Please ask more slowly.");
        }
        Optional<RoomKeysRequest> asked = request.getType() == IQ.Type.get && request.getTo().getNode() != null
            ? RoomKeysRequest.of(request.getChildElement()) : Optional.empty();
        if (asked.isEmpty()) {
            return error(request, Condition.bad_request, "This is no question for the keys of a room's members.");
        }
        try {
            workers.execute(() -> replies.accept(answer(request, asker.get(), asked.get())));
        } catch (RejectedExecutionException e) {
            return error(request, Condition.resource_constraint, "Too many requests are waiting.");
        }
        return null;
    }

    private IQ answer(IQ request, BareJid asker, RoomKeysRequest asked) {
        if (ended) {
            return error(request, Condition.resource_constraint, LATER);
        }
        try {
            return PubSubReply.content(request, keys.answer(request.getTo(), request.getFrom(), asker, asked));
        } catch (RoomKeys.Refusal e) {
            if (e.getCause() != null) {
                failed(e.getCause());
            }
            return error(request, e.condition(), e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return error(request, Condition.resource_constraint, LATER);
        } catch (RuntimeException e) {
            failed(e);
            return error(request, Condition.internal_server_error, "The keys cannot be read now.");
        }
    }

    private void failed(Throwable failure) {
        counters.failures().increment();
        LOG.warn("The keys of a room's members could not be read: {}", failure.toString());
    }

    private static IQ error(IQ request, Condition condition, String text) {
        return PubSubReply.error(request, condition, null, text);
    }

    /** Whoever waits is told to ask again. */
    @Override
    public void close() {
        ended = true;
        workers.shutdownNow().forEach(Runnable::run);
    }
}

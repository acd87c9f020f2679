package org.igniterealtime.openfire.plugin.omemo.bot;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.dom4j.Element;

/**
 * IQs that a client sends, and their answers. Each is answered exactly once, if need be by running out of time; few are
 * under way at once, the others wait. Used on the client's lane only.
 */
final class Requests {

    /** So many questions may be under way at once. */
    private static final int AT_ONCE = 32;

    private record Waiting(Element request, Consumer<Optional<Element>> then) {
    }

    private final StanzaConnection connection;
    private final Executor lane;
    private final ScheduledExecutorService clock;
    private final Duration patience;
    private final String prefix;
    private final Map<String, Waiting> underWay = new ConcurrentHashMap<>();
    private final Queue<Waiting> queue = new ArrayDeque<>();
    private long last;

    /** @param prefix of the ids, not to be guessed: whoever knows an id could answer in the place of another */
    Requests(StanzaConnection connection, Executor lane, ScheduledExecutorService clock, Duration patience,
            String prefix) {
        this.connection = connection;
        this.lane = lane;
        this.clock = clock;
        this.patience = patience;
        this.prefix = prefix;
    }

    /**
     * Sends an IQ once there is room for it.
     *
     * @param type get or set
     * @param then gets the result, or the error; nothing if none came in time
     */
    void ask(String type, String from, String to, Element payload, Consumer<Optional<Element>> then) {
        Element request = Stanzas.stanza("iq", type, from, to, prefix + ++last);
        request.add(payload);
        queue.add(new Waiting(request, then));
        sendNext();
    }

    /** Whether an answer with this id is waited for. Any thread. */
    boolean awaits(String id) {
        return underWay.containsKey(id);
    }

    private void sendNext() {
        while (underWay.size() < AT_ONCE && !queue.isEmpty()) {
            Waiting next = queue.remove();
            String id = Stanzas.attribute(next.request, "id");
            underWay.put(id, next);
            clock.schedule(() -> lane.execute(() -> finish(id, Optional.empty())), patience.toMillis(),
                TimeUnit.MILLISECONDS);
            connection.send(next.request.createCopy());
        }
    }

    /** Takes an answer in, if it is one to a question that is under way, from whom was asked. */
    void answered(Element iq) {
        String id = Stanzas.attribute(iq, "id");
        Waiting waiting = underWay.get(id);
        if (waiting != null && Address.of(Stanzas.attribute(iq, "from"))
                .equals(Address.of(Stanzas.attribute(waiting.request, "to")))) {
            finish(id, Optional.of(iq));
        }
    }

    private void finish(String id, Optional<Element> answer) {
        Waiting waiting = underWay.remove(id);
        if (waiting == null) {
            return;
        }
        try {
            waiting.then.accept(answer);
        } finally {
            sendNext();
        }
    }
}

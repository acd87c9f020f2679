package org.igniterealtime.openfire.plugin.omemo.bot;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.LinkedHashMap;
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
 * under way at once, the others wait, and the domains take turns: one that does not answer keeps none of the others from
 * being asked. Used on the client's lane only.
 */
final class Requests {

    /** So many questions may be under way at once. */
    private static final int AT_ONCE = 64;

    /** So many of them at one domain. */
    private static final int AT_ONCE_OF_DOMAIN = 16;

    /** So many may wait; more are not asked. */
    static final int MOST_WAITING = 20_000;

    private record Waiting(Element request, String domain, Consumer<Optional<Element>> then) {
    }

    private final StanzaConnection connection;
    private final Executor lane;
    private final ScheduledExecutorService clock;
    private final Duration patience;
    private final String prefix;
    private final Map<String, Waiting> underWay = new ConcurrentHashMap<>();
    private final Map<String, Integer> underWayOf = new HashMap<>();
    /** By domain; whose turn it is comes first. */
    private final Map<String, Queue<Waiting>> queues = new LinkedHashMap<>();
    private int waiting;
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
     * @param then gets the result, or the error; nothing if none came in time, or too much waits
     */
    void ask(String type, String from, String to, Element payload, Consumer<Optional<Element>> then) {
        if (waiting >= MOST_WAITING) {
            // Not at once: whoever asks may not have asked all yet.
            lane.execute(() -> then.accept(Optional.empty()));
            return;
        }
        Element request = Stanzas.stanza("iq", type, from, to, prefix + ++last);
        request.add(payload);
        String domain = Address.of(to).map(address -> address.bare().domain()).orElse("");
        queues.computeIfAbsent(domain, key -> new ArrayDeque<>()).add(new Waiting(request, domain, then));
        waiting++;
        sendNext();
    }

    /** Whether an answer with this id is waited for. Any thread. */
    boolean awaits(String id) {
        return underWay.containsKey(id);
    }

    private void sendNext() {
        for (Optional<Waiting> next = next(); next.isPresent(); next = next()) {
            Waiting sending = next.get();
            String id = Stanzas.attribute(sending.request, "id");
            underWay.put(id, sending);
            underWayOf.merge(sending.domain, 1, Integer::sum);
            clock.schedule(() -> lane.execute(() -> finish(id, Optional.empty())), patience.toMillis(),
                TimeUnit.MILLISECONDS);
            connection.send(sending.request.createCopy());
        }
    }

    /** Takes out of the queues what may be sent now. */
    private Optional<Waiting> next() {
        if (underWay.size() >= AT_ONCE) {
            return Optional.empty();
        }
        Optional<String> domain = queues.keySet().stream()
            .filter(one -> underWayOf.getOrDefault(one, 0) < AT_ONCE_OF_DOMAIN).findFirst();
        return domain.map(one -> {
            Queue<Waiting> queue = queues.remove(one);
            Waiting next = queue.remove();
            waiting--;
            if (!queue.isEmpty()) {
                queues.put(one, queue);
            }
            return next;
        });
    }

    /** Takes an answer in, if it is one to a question that is under way, from whom was asked. */
    void answered(Element iq) {
        String id = Stanzas.attribute(iq, "id");
        Waiting asked = underWay.get(id);
        if (asked != null && Address.of(Stanzas.attribute(iq, "from"))
                .equals(Address.of(Stanzas.attribute(asked.request, "to")))) {
            finish(id, Optional.of(iq));
        }
    }

    private void finish(String id, Optional<Element> answer) {
        Waiting asked = underWay.remove(id);
        if (asked == null) {
            return;
        }
        underWayOf.compute(asked.domain, (domain, count) -> count == 1 ? null : count - 1);
        try {
            asked.then.accept(answer);
        } finally {
            sendNext();
        }
    }
}

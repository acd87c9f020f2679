package org.igniterealtime.openfire.plugin.omemo.bot;

import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.dom4j.Element;
import org.igniterealtime.openfire.plugin.omemo.keys.RateLimit;

/**
 * The door of a bot: whoever sends too much is not let in, so that others are served, and answers to questions that nobody
 * asked stay outside. Any thread.
 */
final class Entrance {

    /** So many stanzas of others may wait. */
    static final int MOST_WAITING = 10_000;

    private static final int MESSAGES_AT_ONCE = 100;
    private static final int MESSAGES_A_SECOND = 20;

    private final Lane lane;
    private final OmemoClient client;
    private final OwnNodes nodes;
    private final StanzaConnection connection;
    private final BotServer server;
    private final Consumer<Element> messages;
    private final RateLimit<Address> limit = new RateLimit<>(MESSAGES_AT_ONCE, MESSAGES_A_SECOND);
    private final LongAdder dropped = new LongAdder();

    /** @param messages takes them in on the lane */
    Entrance(Lane lane, OmemoClient client, OwnNodes nodes, StanzaConnection connection, BotServer server,
            Consumer<Element> messages) {
        this.lane = lane;
        this.client = client;
        this.nodes = nodes;
        this.connection = connection;
        this.server = server;
        this.messages = messages;
    }

    /** How many stanzas were not let in. */
    long dropped() {
        return dropped.sum();
    }

    void receive(Element stanza) {
        switch (stanza.getName()) {
            case "presence" -> offer(() -> client.presence(stanza));
            case "message" -> {
                if (mayCome(stanza)) {
                    offer(() -> messages.accept(stanza));
                }
            }
            case "iq" -> iq(stanza);
            default -> dropped.increment();
        }
    }

    private void iq(Element iq) {
        String type = Stanzas.attribute(iq, "type");
        if (type.equals("result") || type.equals("error")) {
            if (client.requests().awaits(Stanzas.attribute(iq, "id"))) {
                offer(() -> client.answered(iq));
            }
        } else if (mayCome(iq)) {
            offer(() -> connection.send(nodes.answer(iq)));
        }
    }

    private boolean mayCome(Element stanza) {
        boolean may = Address.of(stanza.attributeValue("from")).map(this::sender).map(limit::allows).orElse(false);
        if (!may) {
            dropped.increment();
        }
        return may;
    }

    /** An occupant of a room; otherwise the account, which may have any number of sessions. */
    private Address sender(Address from) {
        return server.hasRoomsAt(from.bare().domain()) ? from : new Address(from.bare(), "");
    }

    private void offer(Runnable task) {
        if (!lane.offer(task)) {
            dropped.increment();
        }
    }
}

package org.igniterealtime.openfire.plugin.omemo.bot;

import java.util.ArrayList;
import java.util.List;
import org.dom4j.Element;

/** A way out on which messages to rooms can be held back, and sent later in whatever order and shape. Any thread. */
final class Outbox implements StanzaConnection {

    private final StanzaConnection connection;
    private final List<Element> held = new ArrayList<>();
    private boolean holding;

    Outbox(StanzaConnection connection) {
        this.connection = connection;
    }

    @Override
    public void send(Element stanza) {
        synchronized (held) {
            if (holding && stanza.getName().equals("message")
                    && Stanzas.attribute(stanza, "type").equals("groupchat")) {
                held.add(stanza);
                return;
            }
        }
        connection.send(stanza);
    }

    /** From now on messages to rooms are held back. */
    void hold() {
        synchronized (held) {
            holding = true;
        }
    }

    /** What was held back; from now on nothing is. */
    List<Element> release() {
        synchronized (held) {
            holding = false;
            List<Element> released = List.copyOf(held);
            held.clear();
            return released;
        }
    }
}

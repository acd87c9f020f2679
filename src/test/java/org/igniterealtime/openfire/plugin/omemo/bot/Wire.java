package org.igniterealtime.openfire.plugin.omemo.bot;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.dom4j.Element;

/** Hands stanzas to whoever has taken a domain. */
final class Wire {

    private final Map<String, StanzaReceiver> domains = new ConcurrentHashMap<>();

    /** A way out, which remembers what has gone out on it. */
    static final class Out implements StanzaConnection {

        private final Wire wire;
        private final List<Element> sent = new CopyOnWriteArrayList<>();

        private Out(Wire wire) {
            this.wire = wire;
        }

        @Override
        public void send(Element stanza) {
            sent.add(stanza);
            wire.deliver(stanza);
        }

        List<Element> sent() {
            return List.copyOf(sent);
        }
    }

    Out out() {
        return new Out(this);
    }

    void take(String domain, StanzaReceiver receiver) {
        domains.put(domain, receiver);
    }

    void deliver(Element stanza) {
        Address.of(Stanzas.attribute(stanza, "to")).map(to -> domains.get(to.bare().domain()))
            .ifPresent(receiver -> receiver.receive(stanza.createCopy()));
    }
}

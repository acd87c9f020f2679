package org.igniterealtime.openfire.plugin.omemo.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.dom4j.DocumentException;
import org.dom4j.DocumentHelper;
import org.dom4j.Element;
import org.igniterealtime.openfire.plugin.omemo.bot.StanzaReceiver;

/** Keeps what it receives. */
final class StanzaInbox implements StanzaReceiver {

    private static final Duration LONGEST = Duration.ofSeconds(10);

    private final List<Element> received = new ArrayList<>();

    @Override
    public synchronized void receive(Element stanza) {
        received.add(stanza);
        notifyAll();
    }

    synchronized List<Element> all() {
        return List.copyOf(received);
    }

    /** The first that there is or comes. */
    synchronized Element await(Predicate<Element> wanted) {
        long end = System.nanoTime() + LONGEST.toNanos();
        while (true) {
            for (Element stanza : received) {
                if (wanted.test(stanza)) {
                    return stanza;
                }
            }
            long left = (end - System.nanoTime()) / 1_000_000;
            assertThat(left).as("Only these came: %s", received.stream().map(Element::asXML).toList()).isPositive();
            try {
                wait(left);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    Element await(String name, String id) {
        return await(stanza -> stanza.getName().equals(name) && id.equals(stanza.attributeValue("id")));
    }

    static Element stanza(String xml) {
        try {
            return DocumentHelper.parseText(xml).getRootElement();
        } catch (DocumentException e) {
            throw new IllegalArgumentException(xml, e);
        }
    }
}

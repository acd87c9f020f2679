package org.igniterealtime.openfire.plugin.omemo.embedded;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.dom4j.DocumentException;
import org.dom4j.DocumentHelper;
import org.dom4j.Element;

/** Everything that has come in over one stream since it was opened, in order. */
final class Inbox {

    /** How long a test waits for what it expects unless it says otherwise. */
    static final Duration PATIENCE = Duration.ofSeconds(10);

    private final String owner;
    private final String namespace;
    private final List<Received> all = new ArrayList<>();
    private final StreamSplitter splitter = new StreamSplitter(this::add);

    Inbox(String owner, String namespace) {
        this.owner = owner;
        this.namespace = namespace;
    }

    /** Takes bytes as they come in; they may end within a character. */
    void feed(byte[] bytes, int offset, int length) {
        // All that matters to the splitter is ASCII, so characters can be put together when it is done.
        splitter.feed(new String(bytes, offset, length, StandardCharsets.ISO_8859_1));
    }

    /** The first that fits, among what is here already and what comes in until the time is over. */
    Received await(Predicate<Received> wanted, Duration timeout) {
        long end = System.nanoTime() + timeout.toNanos();
        synchronized (all) {
            int seen = 0;
            while (true) {
                for (; seen < all.size(); seen++) {
                    if (wanted.test(all.get(seen))) {
                        return all.get(seen);
                    }
                }
                long left = end - System.nanoTime();
                if (left <= 0) {
                    throw new AssertionError(owner + " has waited in vain for " + timeout + ". It received:\n" + xml());
                }
                try {
                    TimeUnit.NANOSECONDS.timedWait(all, left);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw new AssertionError(owner + " was interrupted while waiting", e);
                }
            }
        }
    }

    List<Received> list(Predicate<Received> wanted) {
        synchronized (all) {
            return all.stream().filter(wanted).toList();
        }
    }

    String xml() {
        synchronized (all) {
            StringBuilder text = new StringBuilder();
            all.forEach(received -> text.append(received.xml()).append('\n'));
            return text.toString();
        }
    }

    void forget() {
        synchronized (all) {
            all.clear();
        }
    }

    private void add(String bytes) {
        String xml = new String(bytes.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
        Received received = new Received(xml, parse(xml));
        synchronized (all) {
            all.add(received);
            all.notifyAll();
        }
    }

    private Element parse(String xml) {
        String stream = "<stream:stream xmlns='" + namespace + "' xmlns:stream='http://etherx.jabber.org/streams'>";
        try {
            Element root = DocumentHelper.parseText(stream + xml + "</stream:stream>").getRootElement();
            return (Element) root.elements().get(0).detach();
        } catch (DocumentException e) {
            throw new IllegalStateException(owner + " received what is not well-formed: " + xml, e);
        }
    }
}

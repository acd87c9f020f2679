package org.igniterealtime.openfire.plugin.omemo.attack;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Somebody who does nothing but look at whatever arrives: in the room, late to it, or outside of it. */
final class Witness implements AutoCloseable {

    private static final int PATIENCE_SECONDS = 60;

    private final Peer peer;
    private final Oracle oracle;
    private final String own;
    private final Thread thread;
    private final AtomicInteger private_ = new AtomicInteger();
    private final AtomicInteger public_ = new AtomicInteger();
    private final AtomicInteger all = new AtomicInteger();
    private final CountDownLatch dealtWith = new CountDownLatch(1);

    private Witness(Peer peer, String own, Oracle oracle) {
        this.peer = peer;
        this.own = own;
        this.oracle = oracle;
        thread = new Thread(this::watch, "witness " + own);
        thread.setDaemon(true);
    }

    static Witness watch(Peer peer, String name, Oracle oracle) {
        Witness witness = new Witness(peer, name, oracle);
        witness.thread.start();
        return witness;
    }

    /** Enters the room, with as much of its history as there is. */
    void enter(String room) throws IOException {
        peer.send("<presence to='" + room + "/" + own + "'><x xmlns='http://jabber.org/protocol/muc'/></presence>");
        peer.flush();
    }

    void leave(String room) throws IOException {
        peer.send("<presence type='unavailable' to='" + room + "/" + own + "'/>");
        peer.flush();
    }

    private void watch() {
        try {
            peer.deliverTo(this::look);
        } catch (IOException e) {
            oracle.object(own + " received what is no XML: " + e.getMessage());
        } catch (RuntimeException e) {
            oracle.object(own + " cannot look at what it received: " + e);
        }
        dealtWith.countDown();
    }

    private void look(Seen stanza) {
        if (stanza.name().equals("iq")) {
            if (stanza.attribute("id").equals("end")) {
                dealtWith.countDown();
            }
            return;
        }
        all.incrementAndGet();
        if (stanza.name().equals("message") && stanza.attribute("from").indexOf('/') >= 0) {
            switch (stanza.attribute("type")) {
                case "groupchat" -> public_.incrementAndGet();
                case "error" -> {
                }
                default -> private_.incrementAndGet();
            }
        }
        oracle.look(stanza);
    }

    /** Waits until everything is here that was sent before. */
    void await() throws IOException {
        peer.ping("end");
        peer.flush();
        try {
            if (!dealtWith.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new IOException(own + " gets no answer any more");
            }
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    int privateMessages() {
        return private_.get();
    }

    int publicMessages() {
        return public_.get();
    }

    /** Messages and presences of whatever kind. */
    int stanzas() {
        return all.get();
    }

    @Override
    public void close() throws IOException {
        peer.close();
    }
}

package org.igniterealtime.openfire.plugin.omemo.attack;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.igniterealtime.openfire.plugin.omemo.attack.Shot.After;
import org.igniterealtime.openfire.plugin.omemo.attack.Shot.Answer;
import org.igniterealtime.openfire.plugin.omemo.attack.Shot.Cast;

/**
 * A sender with many stanzas under way. Behind each goes a ping: as Openfire 4.2 deals with what a client sends one
 * after the other, and on its thread, what comes in before the answer is what the stanza has caused.
 */
final class Attacker implements AutoCloseable {

    private static final int MOST_UNDER_WAY = 96;
    private static final int PATIENCE_SECONDS = 60;
    /** POLICY.md, "Refusing". */
    private static final int BOUNCES_A_SECOND = 10;
    /** A client sees bounces of one second of the server's spread over a longer time where the machine is busy. */
    private static final long SPREAD_NANOS = TimeUnit.SECONDS.toNanos(8);

    private final Door door;
    private final Cast cast;
    private final Scene scene;
    private final Oracle oracle;
    private final Tally tally;
    private final Deque<Shot> underWay = new ArrayDeque<>();
    private final Deque<Long> bounces = new ArrayDeque<>();
    private Peer peer;
    private boolean ended;
    private boolean reflected;
    private boolean bounced;
    private boolean answeredByRoom;

    private Attacker(Door door, Cast cast, Scene scene, Oracle oracle, Tally tally) {
        this.door = door;
        this.cast = cast;
        this.scene = scene;
        this.oracle = oracle;
        this.tally = tally;
    }

    /** Somebody who logs in, and goes into the room unless they are the outsider. */
    static Attacker of(Door door, Cast cast, Scene scene, Oracle oracle, Tally tally) throws IOException {
        Attacker attacker = new Attacker(door, cast, scene, oracle, tally);
        attacker.connect();
        return attacker;
    }

    private void connect() throws IOException {
        peer = door.open();
        ended = false;
        forgetAnswers();
        enter();
        Peer opened = peer;
        Thread thread = new Thread(() -> read(opened), "attacker " + cast + " of " + scene.room());
        thread.setDaemon(true);
        thread.start();
    }

    private void enter() throws IOException {
        if (cast != Cast.OUTSIDER) {
            peer.send("<presence to='" + scene.room() + "/" + cast.nick() + "'><x xmlns='http://jabber.org/protocol/muc'>"
                + "<history maxstanzas='0'/></x></presence>");
        }
    }

    /** Sends a stanza, when there are not too many under way. */
    void fire(Shot shot) throws IOException {
        boolean alone = cast == Cast.OUTSIDER && shot.after() == After.OUT;
        synchronized (underWay) {
            if (alone) {
                // The rooms of 4.2 close the stream of a stranger whose message is of no type.
                awaitAtMost(0);
            } else if (underWay.size() >= MOST_UNDER_WAY) {
                awaitAtMost(MOST_UNDER_WAY / 2);
            }
            underWay.add(shot);
        }
        try {
            send(shot);
        } catch (IOException e) {
            // The server has closed the stream; the next who waits finds out.
        }
        if (alone) {
            finish();
        }
    }

    private void send(Shot shot) throws IOException {
        peer.send(shot.xml());
        if (cast != Cast.OUTSIDER && shot.after() == After.OUT) {
            enter();
        } else if (cast != Cast.OUTSIDER && shot.after() == After.RENAMED) {
            peer.send("<presence to='" + scene.room() + "/" + cast.nick() + "'/>");
        }
        peer.ping("p" + shot.number());
    }

    void flush() {
        try {
            peer.flush();
        } catch (IOException e) {
            // As in fire.
        }
    }

    /** Waits until everything is dealt with. */
    void finish() throws IOException {
        synchronized (underWay) {
            awaitAtMost(0);
        }
    }

    private void awaitAtMost(int most) throws IOException {
        flush();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (underWay.size() > most) {
            long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
            if (left <= 0) {
                throw new IOException("No answer to " + underWay.peek());
            }
            if (ended) {
                comeBack();
                end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
            }
            try {
                underWay.wait(Math.min(left, 1_000));
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
        }
    }

    /** The stanza that was next has closed the stream; the others have not been read. */
    private void comeBack() throws IOException {
        peer.close();
        tally.closed(underWay.remove());
        connect();
        for (Shot shot : underWay) {
            send(shot);
        }
        flush();
    }

    private void read(Peer from) {
        try {
            from.deliverTo(this::take);
        } catch (IOException | RuntimeException e) {
            oracle.object(cast + " received what it cannot read: " + e);
        }
        synchronized (underWay) {
            ended = true;
            underWay.notifyAll();
        }
    }

    private void take(Seen stanza) {
        String type = stanza.attribute("type");
        switch (stanza.name()) {
            case "iq" -> {
                if (stanza.attribute("id").startsWith("p")) {
                    settle(stanza.attribute("id"));
                }
            }
            case "message" -> {
                if (type.equals("error")) {
                    error(stanza);
                } else if (stanza.attribute("from").startsWith(scene.room() + "/" + cast.nick())) {
                    reflected |= !stanza.has("urn:xmpp:delay", "delay") || stanza.attribute("id").startsWith("m");
                }
            }
            default -> answeredByRoom |= type.equals("error");
        }
    }

    private void error(Seen error) {
        Optional<Seen> details = error.children().stream().filter(child -> child.name().equals("error")).findAny();
        if (details.isPresent() && details.get().has("urn:igniterealtime:openfire:omemo:0", "finding")) {
            bounced = true;
            tally.bounced();
            bounces.add(System.nanoTime());
            if (bounces.size() > BOUNCES_A_SECOND) {
                bounces.remove();
            }
            for (Seen child : error.children()) {
                if (!child.name().equals("error") && !child.name().equals("thread")) {
                    oracle.object("A bounce with " + error);
                }
            }
        } else {
            answeredByRoom = true;
        }
    }

    private void settle(String ping) {
        Shot shot;
        synchronized (underWay) {
            shot = underWay.poll();
            underWay.notifyAll();
        }
        if (shot == null || !ping.equals("p" + shot.number())) {
            oracle.object("The answer to " + ping + " came where one to " + shot + " was due");
        } else if (bounced && reflected) {
            oracle.object("Refused and delivered all the same: " + shot);
        } else if (!bounced && !reflected && !answeredByRoom) {
            silent(shot);
        }
        tally.settled(shot, reflected, bounced, answeredByRoom);
        forgetAnswers();
    }

    private void forgetAnswers() {
        reflected = false;
        bounced = false;
        answeredByRoom = false;
    }

    /** Nobody told the sender; that may be only where ten others were refused within a second. */
    private void silent(Shot shot) {
        if (shot.expects() == Answer.SENDER
            && (bounces.size() < BOUNCES_A_SECOND || System.nanoTime() - bounces.peek() > SPREAD_NANOS)) {
            oracle.object("Lost without a word: " + shot);
        }
    }

    @Override
    public void close() throws IOException {
        peer.close();
    }

    /** How somebody logs in, also a second time. */
    @FunctionalInterface
    interface Door {
        Peer open() throws IOException;
    }
}

package org.igniterealtime.openfire.plugin.omemo.attack;

import java.io.IOException;
import java.util.EnumMap;
import java.util.Map;
import org.igniterealtime.openfire.plugin.omemo.attack.Shot.Cast;
import org.igniterealtime.openfire.plugin.omemo.attack.Shot.Kind;
import org.igniterealtime.openfire.plugin.omemo.attack.Tally.End;
import org.igniterealtime.openfire.plugin.omemo.embedded.EmbeddedOpenfire;

/** A room under attack, with its attackers and witnesses; several at once, so that nobody waits for anybody. */
final class Lane implements AutoCloseable {

    static final String PASSWORD = "secret";
    /** As seldom as this somebody comes late, and gets the history. */
    private static final int VISITS = 100;
    private static final int FLUSHES = 16;
    /** A stanza that never ends, as Openfire sees it, gets no answer, and keeps its stream open. */
    private static final int BREAK_MILLIS = 500;

    private final EmbeddedOpenfire server;
    private final Scene scene;
    private final String name;
    private final Oracle oracle;
    private final Tally tally;
    private final Map<Cast, Attacker> attackers = new EnumMap<>(Cast.class);
    private final Witness witness;
    private final Witness guest;
    private final Witness late;
    private int fired;

    /** Makes the room, which is moderated so that there are visitors, and has everybody take their place. */
    Lane(EmbeddedOpenfire server, String name, Oracle oracle, Tally tally) throws IOException {
        this.server = server;
        this.name = name;
        this.oracle = oracle;
        this.tally = tally;
        for (String account : new String[] {"witness", "guest", "late", "breaker"}) {
            server.createUser(account(account), PASSWORD);
        }
        for (Cast cast : Cast.values()) {
            server.createUser(account(cast.nick()), PASSWORD);
        }
        String room = server.room(name).nonAnonymous().moderated().invitesByAnyone().subjectByAnyone()
            .owners(account("owner")).members(account("member"), account("witness"), account("breaker")).create();
        server.setProperty("plugin.omemo.policy.room." + room, "enforce");
        scene = new Scene(room, "witness", account("guest") + "@" + server.domain(),
            account("visitor") + "@" + server.domain());
        witness = Witness.watch(login("witness"), "witness", oracle);
        witness.enter(room);
        guest = Witness.watch(login("guest"), "guest", oracle);
        late = Witness.watch(login("late"), "late", oracle);
        for (Cast cast : Cast.values()) {
            attackers.put(cast, Attacker.of(() -> login(cast.nick()), cast, scene, oracle, tally));
        }
    }

    private String account(String who) {
        return name + "-" + who;
    }

    private Peer login(String who) throws IOException {
        return Peer.login(server.c2sPort(), server.domain(), account(who), PASSWORD);
    }

    /** Sends the stanza of a number. */
    void fire(Generator generator, int number) throws IOException {
        Shot shot = generator.shot(number, scene);
        if (shot.kind() == Kind.STREAM) {
            breakStream(shot);
        } else {
            attackers.get(shot.from()).fire(shot);
        }
        fired++;
        if (fired % FLUSHES == 0) {
            for (Attacker attacker : attackers.values()) {
                attacker.flush();
            }
        }
        if (fired % VISITS == 0) {
            late.enter(scene.room());
            late.leave(scene.room());
        }
    }

    /** On a connection of its own, which mostly ends with it. */
    private void breakStream(Shot shot) throws IOException {
        boolean survived = false;
        try (Peer breaker = login("breaker")) {
            breaker.send("<presence to='" + scene.room() + "/breaker'><x xmlns='http://jabber.org/protocol/muc'>"
                + "<history maxstanzas='0'/></x></presence>");
            try {
                breaker.send(shot.xml());
                breaker.ping("over");
                breaker.flush();
            } catch (IOException e) {
                // Closed already.
            }
            survived = breaker.answers("over", BREAK_MILLIS);
        } catch (IOException e) {
            // Closed while entering: the one before has not gone yet.
        }
        tally.count(shot.kind(), survived ? End.STREAM_SURVIVED : End.STREAM_CLOSED);
    }

    /** Waits until all is sent, answered and seen. */
    void finish() throws IOException {
        for (Attacker attacker : attackers.values()) {
            attacker.finish();
        }
        late.enter(scene.room());
        witness.await();
        guest.await();
        late.await();
    }

    int seenPrivately() {
        return witness.privateMessages();
    }

    int seenPublicly() {
        return witness.publicMessages();
    }

    int seenByWitnesses() {
        return witness.stanzas() + guest.stanzas() + late.stanzas();
    }

    @Override
    public void close() throws IOException {
        for (Attacker attacker : attackers.values()) {
            attacker.close();
        }
        witness.close();
        guest.close();
        late.close();
        server.deleteProperty("plugin.omemo.policy.room." + scene.room());
        server.destroyRoom(name);
    }
}

package org.igniterealtime.openfire.plugin.omemo.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.igniterealtime.openfire.plugin.omemo.embedded.EmbeddedOpenfire;
import org.igniterealtime.openfire.plugin.omemo.embedded.OpenfireExtension;
import org.igniterealtime.openfire.plugin.omemo.peer.RoomPeer.Reading;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** Clients by others in an enforced room of a real server with the plugin. Skipped where they are not installed. */
@ExtendWith(OpenfireExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RoomPeerIT {

    private static final String ECHO = "plugin.omemo.bot.echo";

    private final EmbeddedOpenfire server;
    private final List<RoomPeer> peers = new ArrayList<>();
    private Optional<String> interpreter;
    private int tests;
    private String suffix;
    private String room;

    RoomPeerIT(EmbeddedOpenfire server) {
        this.server = server;
    }

    @BeforeAll
    void installThePlugin() throws InterruptedException {
        interpreter = PythonProcess.interpreterWith(RoomPeer.MODULES);
        if (interpreter.isEmpty()) {
            System.err.println("Skipped: " + RoomPeer.HOW_TO_INSTALL);
        }
        server.plugins().install(Path.of(System.getProperty("plugin.jar")));
    }

    @AfterAll
    void removeThePlugin() {
        server.plugins().unload("omemo");
    }

    @BeforeEach
    void openTheRoom() {
        assumeTrue(interpreter.isPresent(), RoomPeer.HOW_TO_INSTALL);
        suffix = "-peer" + ++tests;
        server.createUser("alice" + suffix, "secret");
        server.createUser("bob" + suffix, "secret");
        room = server.room("room" + suffix).membersOnly().nonAnonymous().owners("alice" + suffix)
            .members("bob" + suffix).create();
        server.setProperty("plugin.omemo.policy.room." + room, "enforce; families=0.8+");
    }

    @AfterEach
    void closeTheRoom() {
        peers.forEach(RoomPeer::close);
        peers.clear();
        server.deleteProperty(ECHO);
        server.deleteProperty("plugin.omemo.policy.room." + room);
        server.destroyRoom("room" + suffix);
    }

    private RoomPeer enter(String name) throws Exception {
        RoomPeer peer = RoomPeer.login(interpreter.orElseThrow(), server, name + suffix, "secret");
        peers.add(peer);
        peer.enter(room, name);
        return peer;
    }

    @Test
    void clientsByOthersReadEachOther() throws Exception {
        RoomPeer alice = enter("alice");
        RoomPeer bob = enter("bob");

        alice.say(room, "Hello, Bob");
        assertThat(bob.read()).isEqualTo(reading("alice", "Hello, Bob", true));
        // It ends the key exchange.
        assertThat(alice.readEmpty()).isEqualTo(jid("bob"));
        alice.say(room, "Grüße & <3");
        assertThat(bob.read()).isEqualTo(reading("alice", "Grüße & <3", false));
        bob.say(room, "Hello, Alice");
        assertThat(alice.read()).isEqualTo(reading("bob", "Hello, Alice", false));
    }

    @Test
    void theEchoBotAnswersClientsByOthers() throws Exception {
        server.setProperty(ECHO, "echo; families=0.8+; trust=blind");
        String bot = "echo@omemo-bots." + server.domain();
        RoomPeer alice = enter("alice");
        RoomPeer bob = enter("bob");

        alice.invite(room, bot);
        for (RoomPeer peer : peers) {
            Reading introduction = peer.read();
            assertThat(introduction).isEqualTo(new Reading(introduction.body(), bot, room, bot, room, true));
            assertThat(introduction.body()).isNotBlank();
        }

        alice.say(room, "Grüße & <3");
        assertThat(bob.read().body()).isEqualTo("Grüße & <3");
        for (RoomPeer peer : peers) {
            Reading answer = peer.read();
            // That it is no key exchange any more shows that the bot has understood the peers' empty messages.
            assertThat(answer).isEqualTo(new Reading(answer.body(), bot, room, bot, room, false));
            assertThat(answer.body()).contains("Grüße & <3");
        }
    }

    private String jid(String name) {
        return name + suffix + '@' + server.domain();
    }

    private Reading reading(String sender, String body, boolean keyExchange) {
        return new Reading(body, jid(sender), room, jid(sender), room, keyExchange);
    }
}

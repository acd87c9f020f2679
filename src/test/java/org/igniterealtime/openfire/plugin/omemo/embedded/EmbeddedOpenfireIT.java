package org.igniterealtime.openfire.plugin.omemo.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(OpenfireExtension.class)
class EmbeddedOpenfireIT {

    private final EmbeddedOpenfire server;

    EmbeddedOpenfireIT(EmbeddedOpenfire server) {
        this.server = server;
    }

    @Test
    void startsQuicklyAndWithoutAStackTrace() {
        assertThat(server.startTime()).isLessThan(Duration.ofSeconds(20));
        assertThat(server.logText()).contains("Openfire 4.2.0");
        assertThat(server.stackTraces()).isEmpty();
    }

    @Test
    void usersTalkInAMembersOnlyRoomAndALatecomerReadsTheHistory() {
        server.createUser("it-alice", "secret");
        server.createUser("it-bob", "secret");
        server.createUser("it-carol", "secret");
        String room = server.room("it-talk").membersOnly().nonAnonymous().members("it-alice", "it-bob", "it-carol").create();
        try (TestClient alice = TestClient.login(server, "it-alice", "secret");
             TestClient bob = TestClient.login(server, "it-bob", "secret");
             TestClient carol = TestClient.login(server, "it-carol", "secret")) {
            alice.joinRoom(room, "Alice");
            String nick = bob.joinRoom(room, "Bob");
            assertThat(alice.await(presence -> presence.from().equals(nick)).xml()).contains(bob.jid());

            alice.sendToRoom(room, "Grüße 🦊");

            Received heard = bob.awaitMessage(message -> "Grüße 🦊".equals(message.body()));
            assertThat(heard.from()).isEqualTo(room + "/Alice");
            assertThat(carol.messages()).isEmpty();
            carol.joinRoom(room, "Carol");
            carol.barrier();
            assertThat(carol.messages()).filteredOn(message -> message.body() != null).singleElement()
                .satisfies(old -> assertThat(old.xml()).contains("Grüße 🦊").contains("urn:xmpp:delay"));
        }
        server.destroyRoom("it-talk");
    }

    @Test
    void loadsUnloadsAndReloadsThePackagedPlugin() {
        server.plugins().install(Path.of(System.getProperty("plugin.jar")));
        assertThat(server.plugins().isLoaded("omemo")).isTrue();
        ClassLoader first = server.plugins().classLoader("omemo");

        server.plugins().reload("omemo");

        assertThat(server.plugins().classLoader("omemo")).isNotSameAs(first);
        server.plugins().unload("omemo");
        assertThat(server.plugins().isLoaded("omemo")).isFalse();
        assertThat(server.stackTraces()).isEmpty();
    }
}

package org.igniterealtime.openfire.plugin.omemo.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.jivesoftware.util.PropertyEventDispatcher;
import org.jivesoftware.util.PropertyEventListener;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(OpenfireExtension.class)
class EmbeddedOpenfireIT {

    private final EmbeddedOpenfire server;

    EmbeddedOpenfireIT(EmbeddedOpenfire server) {
        this.server = server;
    }

    @Test
    void startsQuicklyAndLogsTheVersion() {
        assertThat(server.startTime()).isLessThan(Duration.ofSeconds(20));
        assertThat(server.logText()).contains("Openfire 4.2.0");
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
        int mark = server.logMark();
        server.plugins().install(Path.of(System.getProperty("plugin.jar")));
        assertThat(server.plugins().isLoaded("omemo")).isTrue();
        ClassLoader first = server.plugins().classLoader("omemo");

        server.plugins().reload("omemo");

        assertThat(server.plugins().classLoader("omemo")).isNotSameAs(first);
        server.plugins().unload("omemo");
        assertThat(server.plugins().isLoaded("omemo")).isFalse();
        assertThat(server.stackTraces(mark)).isEmpty();
    }

    @Test
    void aComponentTalksToAUserAndIsAnswered() throws Exception {
        server.createUser("it-dora", "secret");
        try (TestComponent component = TestComponent.connect(server, "it-echo");
             TestClient dora = TestClient.login(server, "it-dora", "secret")) {
            component.sendRaw("<message from='bot@" + component.domain() + "' to='" + dora.jid() + "'><body>1</body></message>");
            component.barrier();
            dora.barrier();
            assertThat(dora.messages()).extracting(Received::body).containsExactly("1");

            dora.sendRaw("<message to='bot@" + component.domain() + "'><body>2 &amp; ü</body></message>");
            assertThat(component.await(Received::isMessage).body()).isEqualTo("2 & ü");
        }
    }

    @Test
    void aRemoteUserTakesPartInARoom() {
        server.createUser("it-emil", "secret");
        String room = server.room("it-federated").membersOnly().members("it-emil", "romeo@remote.example").create();
        try (RemoteServer remote = RemoteServer.connect(server, "remote.example");
             TestClient emil = TestClient.login(server, "it-emil", "secret")) {
            emil.joinRoom(room, "Emil");
            remote.sendRaw("<presence from='romeo@remote.example/balcony' to='" + room
                + "/Romeo'><x xmlns='http://jabber.org/protocol/muc'/></presence>");
            remote.await(received -> received.isPresence() && received.xml().contains("110"));

            remote.sendRaw("<message type='groupchat' from='romeo@remote.example/balcony' to='" + room
                + "'><body>hark</body></message>");
            assertThat(emil.awaitMessage(message -> "hark".equals(message.body())).from()).isEqualTo(room + "/Romeo");

            emil.sendToRoom(room, "who?");
            assertThat(remote.await(message -> "who?".equals(message.body())).from()).isEqualTo(room + "/Emil");
        }
    }

    @Test
    void listenersHearOfPropertiesThatAreSetAndDeleted() {
        List<String> events = new ArrayList<>();
        PropertyEventListener listener = new PropertyEventListener() {
            @Override
            public void propertySet(String property, Map<String, Object> params) {
                events.add(property + "=" + params.get("value"));
            }

            @Override
            public void propertyDeleted(String property, Map<String, Object> params) {
                events.add(property + " deleted");
            }

            @Override
            public void xmlPropertySet(String property, Map<String, Object> params) {
            }

            @Override
            public void xmlPropertyDeleted(String property, Map<String, Object> params) {
            }
        };
        PropertyEventDispatcher.addListener(listener);
        try {
            server.setProperty("it.property", "1");
            server.deleteProperty("it.property");
        } finally {
            PropertyEventDispatcher.removeListener(listener);
        }
        assertThat(events).containsExactly("it.property=1", "it.property deleted");
        assertThat(server.property("it.property")).isNull();
    }

    @Test
    void aJarThatIsNoPluginIsRefusedWithTheReason(@TempDir Path folder) throws IOException {
        Path jar = folder.resolve("empty.jar");
        new JarOutputStream(Files.newOutputStream(jar), new Manifest()).close();

        assertThatThrownBy(() -> server.plugins().install(jar)).hasMessageContaining("has not loaded a plugin omemo");

        assertThat(server.home().resolve("plugins/omemo.jar")).doesNotExist();
    }

    @Test
    void aPluginThatFailsIsRefusedWithTheReason(@TempDir Path folder) throws IOException {
        Path jar = folder.resolve("failing.jar");
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
            out.putNextEntry(new JarEntry("plugin.xml"));
            out.write("<plugin><class>no.such.Plugin</class></plugin>".getBytes(StandardCharsets.UTF_8));
        }

        assertThatThrownBy(() -> server.plugins().install(jar)).hasMessageContaining("ClassNotFoundException: no.such.Plugin");
    }
}

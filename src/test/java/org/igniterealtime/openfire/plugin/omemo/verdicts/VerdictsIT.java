package org.igniterealtime.openfire.plugin.omemo.verdicts;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.igniterealtime.openfire.plugin.omemo.embedded.EmbeddedOpenfire;
import org.igniterealtime.openfire.plugin.omemo.embedded.OpenfireExtension;
import org.igniterealtime.openfire.plugin.omemo.embedded.Received;
import org.igniterealtime.openfire.plugin.omemo.embedded.TestClient;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every row of the policy's table, sent by a real client into a real room in which somebody listens. */
@ExtendWith(OpenfireExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class VerdictsIT {

    private static final String PASSWORD = "secret";
    /** Enough of them that none is refused so often in one second that it is told no more. */
    private static final int MEMBERS = 12;

    private final EmbeddedOpenfire server;
    private final List<TestClient> members = new ArrayList<>();
    private final Map<String, TestClient> others = new HashMap<>();
    private TestClient witness;
    private String room;
    private int turn;
    private int logMark;

    VerdictsIT(EmbeddedOpenfire server) {
        this.server = server;
    }

    @BeforeAll
    void openTheRoom() {
        server.plugins().install(Path.of(System.getProperty("plugin.jar")));
        logMark = server.logMark();
        List<String> names = new ArrayList<>(List.of("v-witness", "v-moderator", "v-late"));
        for (int i = 0; i < MEMBERS; i++) {
            names.add("v-member" + i);
        }
        names.forEach(name -> server.createUser(name, PASSWORD));
        server.createUser("v-owner", PASSWORD);
        server.createUser("v-outside", PASSWORD);
        room = server.room("v-room").membersOnly().nonAnonymous().invitesByAnyone().subjectByAnyone().owners("v-owner")
            .members(names.toArray(String[]::new)).create();
        witness = enter("v-witness");
        others.put("owner", enter("v-owner"));
        others.put("moderator", enter("v-moderator"));
        others.put("outside", TestClient.login(server, "v-outside", PASSWORD));
        for (int i = 0; i < MEMBERS; i++) {
            members.add(enter("v-member" + i));
        }
        others.get("owner").request("type='set' to='" + room + "'", "<query xmlns='http://jabber.org/protocol/muc#admin'>"
            + "<item nick='v-moderator' role='moderator'/></query>");
    }

    private TestClient enter(String name) {
        TestClient client = TestClient.login(server, name, PASSWORD);
        client.joinRoom(room, name);
        return client;
    }

    @AfterAll
    void closeTheRoom() {
        members.forEach(TestClient::close);
        others.values().forEach(TestClient::close);
        witness.close();
        server.deleteProperty("plugin.omemo.policy.room." + room);
        server.destroyRoom("v-room");
        server.plugins().unload("omemo");
    }

    List<VerdictRow> rows() {
        return VerdictRow.load("alice@example.org", "example.org").stream().filter(VerdictRow::onWire).toList();
    }

    @ParameterizedTest
    @MethodSource("rows")
    void theRoomGetsWhatThePolicySays(VerdictRow row) {
        TestClient sender = row.from().equals("member") ? members.get(turn++ % MEMBERS) : others.get(row.from());
        server.setProperty("plugin.omemo.policy.room." + room,
            row.policy().replace("jid:alice@example.org", "jid:" + sender.bareJid())
                .replace("domain:example.org", "domain:" + server.domain()));
        witness.forget();
        sender.forget();

        sender.sendRaw(row.message().replaceFirst("^<[^ />]+",
            "$0 to='" + room + (row.toOccupant() ? "/v-witness" : "") + "'"));
        sender.barrier();
        witness.barrier();

        if (row.message().contains("type='error'")) {
            // Rooms take whoever sends them an error for gone.
            sender.joinRoom(room, sender.connection().getUser().getLocalpart().toString());
        }
        List<Received> errors = sender.received(stanza -> stanza.isMessage() && "error".equals(stanza.type()));
        assertThat(witness.receivedXml()).doesNotContain(VerdictRow.MARKER);
        if (row.verdict().equals("refuse")) {
            assertThat(witness.messages()).isEmpty();
            assertThat(errors).singleElement().satisfies(error -> assertThat(error.xml())
                .contains("<policy-violation", "code=\"" + row.findings().get(0) + "\"", "xml:lang")
                .doesNotContain(VerdictRow.MARKER));
        } else {
            assertThat(errors).noneMatch(error -> error.xml().contains("policy-violation"));
            assertThat(witness.messages()).hasSize(reachesTheWitness(row) ? 1 : 0)
                .allMatch(message -> row.verdict().equals("rewritten") || (message.body() != null) == hasBody(row));
        }
    }

    private static boolean hasBody(VerdictRow row) {
        return row.verdict().equals("kept") || row.message().contains("<body>");
    }

    /** What is for the room itself, or comes from outside, is not for the witness. */
    private static boolean reachesTheWitness(VerdictRow row) {
        boolean toEverybody = row.message().contains("type='groupchat'") && !row.toOccupant();
        return !row.from().equals("outside") && (toEverybody || row.toOccupant());
    }

    @Test
    void theHistoryAndTheLogHoldNothingReadable() {
        try (TestClient late = enter("v-late")) {
            late.barrier();

            assertThat(late.receivedXml()).doesNotContain(VerdictRow.MARKER);
        }
        assertThat(server.logText(logMark)).doesNotContain(VerdictRow.MARKER);
        assertThat(server.stackTraces(logMark)).isEmpty();
    }
}

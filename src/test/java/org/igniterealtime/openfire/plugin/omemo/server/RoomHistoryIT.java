package org.igniterealtime.openfire.plugin.omemo.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import org.igniterealtime.openfire.plugin.omemo.embedded.EmbeddedOpenfire;
import org.igniterealtime.openfire.plugin.omemo.embedded.OpenfireExtension;
import org.igniterealtime.openfire.plugin.omemo.embedded.Received;
import org.igniterealtime.openfire.plugin.omemo.embedded.TestClient;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a late joiner gets of the encrypted messages that were sent without a body, from the history of a real room. */
@ExtendWith(OpenfireExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RoomHistoryIT {

    private static final String PAYLOAD = "<payload>" + Base64.getEncoder().encodeToString(new byte[16]) + "</payload>";
    private static final String STORE = "<store xmlns='urn:xmpp:hints'/>";

    private final EmbeddedOpenfire server;
    private int tests;
    private String suffix;
    private String room;
    private TestClient alice;
    private TestClient bob;

    RoomHistoryIT(EmbeddedOpenfire server) {
        this.server = server;
    }

    @BeforeAll
    void installThePlugin() {
        server.plugins().install(Path.of(System.getProperty("plugin.jar")));
    }

    @AfterAll
    void removeThePlugin() {
        server.plugins().unload("omemo");
    }

    @BeforeEach
    void openTheRoom() {
        suffix = "-history" + ++tests;
        for (String name : List.of("alice", "bob", "carol")) {
            server.createUser(name + suffix, "secret");
        }
        room = server.room("room" + suffix).membersOnly().nonAnonymous().subjectByAnyone().owners("alice" + suffix)
            .members("bob" + suffix, "carol" + suffix).create();
        alice = enter("alice");
        bob = enter("bob");
        policy("enforce");
    }

    private TestClient enter(String name) {
        TestClient client = TestClient.login(server, name + suffix, "secret");
        client.joinRoom(room, name);
        client.barrier();
        return client;
    }

    @AfterEach
    void closeTheRoom() {
        alice.close();
        bob.close();
        server.deleteProperty("plugin.omemo.policy.room." + room);
        server.destroyRoom("room" + suffix);
    }

    @Test
    void aLateJoinerGetsWhatEverybodyGot() {
        send("m1", omemo2(PAYLOAD) + STORE);

        Received live = theOne(bob);
        Received reflected = theOne(alice);
        Received late = theOne(lateJoiner());
        assertThat(live.body()).startsWith("This message is encrypted with OMEMO");
        assertThat(live.xml()).contains("<fallback xmlns=\"urn:xmpp:fallback:0\" for=\"urn:xmpp:omemo:2\"/>",
            PAYLOAD, "<store ");
        assertThat(live.id()).isEqualTo("m1");
        assertThat(contentOf(reflected)).isEqualTo(contentOf(live));
        assertThat(contentOf(late)).startsWith(contentOf(live)).contains("urn:xmpp:delay");
    }

    @Test
    void writesInTheSendersLanguage() {
        alice.sendRaw("<message to='" + room + "' type='groupchat' xml:lang='de'>" + omemo2(PAYLOAD) + "</message>");
        alice.barrier();

        Received late = theOne(lateJoiner());
        assertThat(late.body()).startsWith("Diese Nachricht ist mit OMEMO verschlüsselt");
        assertThat(late.xml()).contains("<body xml:lang=\"de\">");
    }

    @ParameterizedTest
    @ValueSource(strings = {"no-store", "no-permanent-store", "no-storage"})
    void whatIsNotToBeStoredReachesWhoIsThereAndNobodyElse(String hint) {
        send("m1", omemo2(PAYLOAD) + "<" + hint + " xmlns='urn:xmpp:hints'/>");

        assertUntouched(theOne(bob));
        assertThat(lateJoiner()).isEmpty();
    }

    @Test
    void heartbeatsAndKeyTransportsStayOut() {
        send("m1", omemo2("") + STORE);
        assertUntouched(theOne(bob));
        bob.forget();
        send("m2", "<encrypted xmlns='eu.siacs.conversations.axolotl'><header sid='1'>" + key(2) + "</header></encrypted>"
            + STORE);
        assertUntouched(theOne(bob));

        assertThat(lateJoiner()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"enforce; history=drop", "enforce; body=remove", "enforce; body=refuse", "warn", "observe",
        "off"})
    void nothingIsTouchedWhereThePolicyDoesNotAskForIt(String policy) {
        policy(policy);

        send("m1", omemo2(PAYLOAD) + STORE);

        assertUntouched(theOne(bob));
        assertThat(alice.messages()).hasSize(1);
        assertThat(lateJoiner()).isEmpty();
    }

    @Test
    void aChangeOfSubjectRemainsOne() {
        policy("enforce; subject=everyone");

        send("m1", omemo2(PAYLOAD) + "<subject>the plan</subject>");

        assertUntouched(theOne(bob));
        assertThat(lateJoiner()).singleElement().satisfies(subject ->
            assertThat(subject.element().elementText("subject")).isEqualTo("the plan"));
    }

    @Test
    void privateMessagesAreUntouched() {
        alice.sendRaw("<message to='" + room + "/bob' type='chat'>" + omemo2(PAYLOAD) + STORE + "</message>");
        alice.barrier();
        bob.barrier();

        assertUntouched(theOne(bob));
    }

    private void policy(String line) {
        server.setProperty("plugin.omemo.policy.room." + room, line);
        alice.forget();
        bob.forget();
    }

    private void send(String id, String content) {
        alice.sendRaw("<message id='" + id + "' to='" + room + "' type='groupchat'>" + content + "</message>");
        alice.barrier();
        bob.barrier();
    }

    private List<Received> lateJoiner() {
        try (TestClient carol = enter("carol")) {
            return carol.messages();
        }
    }

    private static Received theOne(TestClient client) {
        return theOne(client.messages());
    }

    private static Received theOne(List<Received> messages) {
        assertThat(messages).hasSize(1);
        return messages.get(0);
    }

    private static void assertUntouched(Received message) {
        assertThat(message.xml()).contains("<encrypted ").doesNotContain("<body", "<fallback");
    }

    /** Everything within, up to the end tag. */
    private static String contentOf(Received message) {
        return message.xml().substring(message.xml().indexOf("<encrypted"), message.xml().lastIndexOf("</message>"));
    }

    private static String omemo2(String payload) {
        return "<encrypted xmlns='urn:xmpp:omemo:2'><header sid='1'><keys jid='bob@example.org'>" + key(2)
            + "</keys></header>" + payload + "</encrypted>";
    }

    private static String key(int rid) {
        return "<key rid='" + rid + "'>" + Base64.getEncoder().encodeToString(new byte[150]) + "</key>";
    }
}

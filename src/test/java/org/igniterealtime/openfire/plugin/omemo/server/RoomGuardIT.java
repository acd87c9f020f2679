package org.igniterealtime.openfire.plugin.omemo.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.igniterealtime.openfire.plugin.omemo.embedded.EmbeddedOpenfire;
import org.igniterealtime.openfire.plugin.omemo.embedded.OpenfireExtension;
import org.igniterealtime.openfire.plugin.omemo.embedded.Received;
import org.igniterealtime.openfire.plugin.omemo.embedded.RemoteServer;
import org.igniterealtime.openfire.plugin.omemo.embedded.TestClient;
import org.igniterealtime.openfire.plugin.omemo.embedded.TestComponent;
import org.jivesoftware.openfire.XMPPServer;
import org.jivesoftware.openfire.interceptor.InterceptorManager;
import org.jivesoftware.openfire.muc.MultiUserChatManager;
import org.jivesoftware.openfire.stats.StatisticsManager;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.xmpp.packet.JID;
import org.xmpp.packet.Message;

/** Modes, senders of every kind, and what the operator sees, with the packaged plugin in a real server. */
@ExtendWith(OpenfireExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RoomGuardIT {

    private static final String PLAINTEXT = "<body>LEAK</body>";

    private final EmbeddedOpenfire server;
    private int tests;
    private String suffix;
    private String room;
    private TestClient alice;
    private TestClient bob;

    RoomGuardIT(EmbeddedOpenfire server) {
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
        suffix = "-guard" + ++tests;
        server.createUser("alice" + suffix, "secret");
        server.createUser("bob" + suffix, "secret");
        room = server.room("room" + suffix).membersOnly().nonAnonymous().owners("alice" + suffix)
            .members("bob" + suffix, "erin@gate" + suffix + '.' + server.domain(), "eve@remote.example").create();
        alice = enter("alice");
        bob = enter("bob");
    }

    private TestClient enter(String name) {
        TestClient client = TestClient.login(server, name + suffix, "secret");
        client.joinRoom(room, name);
        return client;
    }

    @AfterEach
    void closeTheRoom() {
        alice.close();
        bob.close();
        server.deleteProperty(property());
        server.destroyRoom("room" + suffix);
    }

    @Test
    void warnsTheSenderOnceAndNobodyElse() {
        server.setProperty(property(), "warn");

        send(alice, PLAINTEXT);
        send(alice, PLAINTEXT);

        List<Received> notices = alice.received(stanza -> stanza.isMessage() && stanza.from().equals(room));
        assertThat(notices).singleElement().satisfies(notice -> {
            assertThat(notice.type()).isEqualTo("groupchat");
            assertThat(notice.body()).contains("encrypted messages only").contains("readable text");
        });
        assertThat(bob.messages()).hasSize(2).allMatch(message -> message.from().equals(room + "/alice"));
    }

    @Test
    void warnsTheSenderInEachRoom() {
        String other = server.room("other" + suffix).nonAnonymous().owners("alice" + suffix).create();
        server.setProperty(property(), "warn");
        server.setProperty("plugin.omemo.policy.room." + other, "warn");
        alice.joinRoom(other, "alice");

        send(alice, PLAINTEXT);
        alice.sendRaw("<message to='" + other + "' type='groupchat'>" + PLAINTEXT + "</message>");
        alice.barrier();

        assertThat(alice.received(stanza -> stanza.isMessage() && stanza.xml().contains("about to take encrypted")))
            .extracting(Received::from).containsExactly(room, other);
        server.deleteProperty("plugin.omemo.policy.room." + other);
        server.destroyRoom("other" + suffix);
    }

    @Test
    void guardsServicesWhoseNameIsSpeltOtherwiseThanTheirAddress() throws Exception {
        MultiUserChatManager manager = XMPPServer.getInstance().getMultiUserChatManager();
        manager.createMultiUserChatService("Räume" + suffix, null, false);
        server.setProperty("plugin.omemo.policy.default", "enforce");
        String address = new JID("open", "Räume" + suffix + '.' + server.domain(), null).toString();
        try {
            alice.joinRoom(address, "alice");
            alice.forget();
            alice.sendRaw("<message to='" + address + "' type='groupchat'>" + PLAINTEXT + "</message>");
            alice.barrier();

            assertThat(alice.messages()).singleElement()
                .satisfies(bounce -> assertThat(bounce.xml()).contains("plaintext-body"));
        } finally {
            server.deleteProperty("plugin.omemo.policy.default");
            manager.removeMultiUserChatService("Räume" + suffix);
        }
    }

    @Test
    void refusesAStanzaThatDoesNotSayWhoSentIt() {
        server.setProperty(property(), "enforce");
        int mark = server.logMark();
        Message message = new Message();
        message.setTo(room);
        message.setType(Message.Type.groupchat);
        message.setBody("LEAK");

        XMPPServer.getInstance().getPacketRouter().route(message);

        assertNothingReached(bob);
        assertThat(server.stackTraces(mark)).isEmpty();
    }

    @Test
    void keepsAddressesThatOpenfireCannotReadOutOfItsLog() {
        server.setProperty(property(), "enforce");
        server.createUser("mallory" + suffix, "secret");
        int mark = server.logMark();
        try (TestClient mallory = TestClient.login(server, "mallory" + suffix, "secret")) {
            for (String decline : new String[] {"<decline to='@LEAK@@/x y'/>", "<decline/>", "<decline to='LEAK is text'/>"}) {
                mallory.sendRaw("<message to='" + room + "'><x xmlns='http://jabber.org/protocol/muc#user'>" + decline
                    + "</x></message>");
            }
            mallory.barrier();
        }

        assertThat(server.stackTraces(mark)).isEmpty();
        assertThat(server.logText(mark)).doesNotContain("LEAK");
    }

    @Test
    void neverWarnsAComponent() throws Exception {
        server.setProperty(property(), "warn");
        try (TestComponent gate = TestComponent.connect(server, "gate" + suffix)) {
            enter(gate);
            sendFrom(gate, PLAINTEXT);

            assertThat(gate.received(stanza -> stanza.isMessage() && stanza.from().equals(room))).isEmpty();
            bob.barrier();
            assertThat(bob.messages()).hasSize(1);
        }
    }

    @Test
    void observesAndCounts() {
        server.setProperty(property(), "observe");
        double before = statistic("omemo_violations");

        send(alice, PLAINTEXT);

        assertThat(statistic("omemo_violations") - before).isEqualTo(1);
        assertThat(bob.messages()).hasSize(1);
        assertThat(alice.received(stanza -> stanza.from().equals(room))).isEmpty();
    }

    @Test
    void bouncesAComponent() throws Exception {
        server.setProperty(property(), "enforce");
        try (TestComponent gate = TestComponent.connect(server, "gate" + suffix)) {
            enter(gate);
            sendFrom(gate, PLAINTEXT);

            assertThat(gate.received(Received::isMessage)).singleElement()
                .satisfies(bounce -> assertThat(bounce.xml()).contains("policy-violation", "plaintext-body"));
            assertNothingReached(bob);
        }
    }

    @Test
    void bouncesAFederatedSender() throws Exception {
        server.setProperty(property(), "enforce");
        try (RemoteServer remote = RemoteServer.connect(server, "remote.example")) {
            remote.sendRaw("<presence from='eve@remote.example/x' to='" + room + "/eve'>"
                + "<x xmlns='http://jabber.org/protocol/muc'/></presence>");
            remote.await(stanza -> stanza.isPresence() && stanza.xml().contains("110"));
            remote.sendRaw("<message from='eve@remote.example/x' to='" + room + "' type='groupchat' id='e1'>" + PLAINTEXT
                + "</message>");

            assertThat(remote.await(stanza -> "error".equals(stanza.type())).xml())
                .contains("policy-violation", "plaintext-body", "e1").doesNotContain("LEAK");
            assertNothingReached(bob);
        }
    }

    @Test
    void leavesSendersWhoAreNotInTheRoomToTheRoom() {
        server.setProperty(property(), "enforce");
        server.createUser("mallory" + suffix, "secret");
        try (TestClient mallory = TestClient.login(server, "mallory" + suffix, "secret")) {
            double refused = statistic("omemo_refused");

            send(mallory, PLAINTEXT);

            assertThat(mallory.messages()).singleElement().satisfies(answer ->
                assertThat(answer.xml()).contains("not-acceptable").doesNotContain("policy-violation"));
            assertThat(statistic("omemo_refused")).isEqualTo(refused);
            assertNothingReached(bob);
        }
    }

    @Test
    void takesTheStatusOutOfPresences() {
        server.setProperty(property(), "enforce");

        alice.sendRaw("<presence to='" + room + "/alice'><show>away</show><status>LEAK</status></presence>");
        alice.sendRaw("<presence type='unavailable'><status>LEAK</status></presence>");
        alice.barrier();
        bob.barrier();

        assertThat(bob.receivedXml()).contains("away").contains("unavailable").doesNotContain("LEAK");
    }

    @Test
    void closesTheWayThroughTheMulticastService() {
        server.setProperty(property(), "enforce");

        alice.sendRaw("<message to='" + server.domain() + "' type='groupchat'>" + PLAINTEXT
            + "<addresses xmlns='http://jabber.org/protocol/address'><address type='to' jid='" + room + "'/></addresses>"
            + "</message>");
        alice.barrier();

        assertNothingReached(bob);
    }

    @Test
    void readsAnExemptionByAffiliationFromTheRoomEachTime() {
        server.setProperty(property(), "enforce; exempt=affiliation:member");
        send(bob, "<body>from a member</body>");
        assertThat(alice.messages()).hasSize(1);
        alice.forget();

        alice.request("type='set' to='" + room + "'", "<query xmlns='http://jabber.org/protocol/muc#admin'>"
            + "<item jid='" + bob.bareJid() + "' affiliation='admin'/></query>");
        send(bob, PLAINTEXT);

        assertNothingReached(alice);
    }

    @Test
    void answersInTheSendersLanguage() {
        server.setProperty(property(), "enforce");

        alice.sendRaw("<message to='" + room + "' type='groupchat' xml:lang='de'>" + PLAINTEXT + "</message>");
        alice.barrier();

        assertThat(alice.messages()).singleElement().satisfies(bounce -> assertThat(bounce.xml())
            .contains("xml:lang=\"de\"").contains("nicht zugestellt"));
    }

    @Test
    void standsInFrontOfEveryOtherInterceptorAndLeavesNothingBehind() {
        assertThat(InterceptorManager.getInstance().getInterceptors().get(0).getClass().getSimpleName())
            .isEqualTo("MucInterceptor");
        server.setProperty(property(), "enforce");

        server.plugins().unload("omemo");

        assertThat(InterceptorManager.getInstance().getInterceptors())
            .noneMatch(left -> left.getClass().getName().contains("omemo"));
        assertThat(StatisticsManager.getInstance().getStatistic("omemo_refused")).isNull();
        send(alice, "<body>nobody is on guard</body>");
        assertThat(bob.messages()).hasSize(1);
        installThePlugin();
    }

    @Test
    void tellsTheOperatorOfAnEnforcedRoomThatIsNotFitForIt() throws Exception {
        int mark = server.logMark();
        String open = server.room("open" + suffix).owners("alice" + suffix).create();

        server.setProperty("plugin.omemo.policy.room." + open, "enforce");

        server.awaitLog(mark, open + ", which is not fit for it: room-semi-anonymous");
        assertThat(server.logText(mark)).contains("room-open");
        server.deleteProperty("plugin.omemo.policy.room." + open);
        server.destroyRoom("open" + suffix);
    }

    private String property() {
        return "plugin.omemo.policy.room." + room;
    }

    private void send(TestClient sender, String content) {
        sender.sendRaw("<message to='" + room + "' type='groupchat'>" + content + "</message>");
        sender.barrier();
        alice.barrier();
        bob.barrier();
    }

    private void enter(TestComponent gate) {
        gate.sendRaw("<presence from='erin@" + gate.domain() + "' to='" + room + "/erin'>"
            + "<x xmlns='http://jabber.org/protocol/muc'/></presence>");
        gate.await(stanza -> stanza.isPresence() && stanza.xml().contains("110"));
        bob.forget();
    }

    private void sendFrom(TestComponent gate, String content) {
        gate.barrier();
        gate.forget();
        gate.sendRaw("<message from='erin@" + gate.domain() + "' to='" + room + "' type='groupchat'>" + content + "</message>");
        gate.barrier();
    }

    private static void assertNothingReached(TestClient client) {
        client.barrier();
        assertThat(client.messages()).isEmpty();
        assertThat(client.receivedXml()).doesNotContain("LEAK");
    }

    private static double statistic(String name) {
        return StatisticsManager.getInstance().getStatistic(name).sample();
    }
}

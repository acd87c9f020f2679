package org.igniterealtime.openfire.plugin.omemo.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.igniterealtime.openfire.plugin.omemo.server.PublishedKeys.LEGACY;
import static org.igniterealtime.openfire.plugin.omemo.server.PublishedKeys.OMEMO_2;
import static org.igniterealtime.openfire.plugin.omemo.server.PublishedKeys.list;
import static org.igniterealtime.openfire.plugin.omemo.server.PublishedKeys.listNode;
import static org.igniterealtime.openfire.plugin.omemo.server.PublishedKeys.publish;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import org.igniterealtime.openfire.plugin.omemo.embedded.EmbeddedOpenfire;
import org.igniterealtime.openfire.plugin.omemo.embedded.OpenfireExtension;
import org.igniterealtime.openfire.plugin.omemo.embedded.Received;
import org.igniterealtime.openfire.plugin.omemo.embedded.RemoteServer;
import org.igniterealtime.openfire.plugin.omemo.embedded.TestClient;
import org.igniterealtime.openfire.plugin.omemo.protocol.SampleCiphertext;
import org.jivesoftware.openfire.XMPPServer;
import org.jivesoftware.openfire.group.Group;
import org.jivesoftware.openfire.group.GroupManager;
import org.jivesoftware.openfire.muc.MUCRoom;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.xmpp.packet.JID;

/** What headers claim, held against the device lists that real clients publish, with the packaged plugin. */
@ExtendWith(OpenfireExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HeaderTruthIT {

    private static final String ALL = "enforce; sender-device=enforce; recipients=enforce; recipient-devices=enforce; "
        + "counterfeit=enforce";

    private final EmbeddedOpenfire server;
    private int tests;
    private int messages;
    private int mark;
    private String suffix;
    private String room;
    private TestClient alice;
    private TestClient bob;

    HeaderTruthIT(EmbeddedOpenfire server) {
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
        mark = server.logMark();
        suffix = "-truth" + ++tests;
        alice = login("alice");
        bob = login("bob");
        room = server.room("room" + suffix).membersOnly().nonAnonymous().owners("alice" + suffix)
            .members("bob" + suffix, "erin@remote.example").create();
        alice.joinRoom(room, "alice");
        bob.joinRoom(room, "bob");
        server.setProperty("plugin.omemo.policy.room." + room, ALL);
        publishList(alice, OMEMO_2, 1);
        publishList(bob, OMEMO_2, 2);
    }

    @AfterEach
    void closeTheRoom() {
        server.deleteProperty("plugin.omemo.policy.room." + room);
        alice.close();
        bob.close();
        server.destroyRoom("room" + suffix);
        assertThat(server.stackTraces(mark)).isEmpty();
    }

    private TestClient login(String name) {
        server.createUser(name + suffix, "secret");
        return TestClient.login(server, name + suffix, "secret");
    }

    @Test
    void aMessageThatSaysTheTruthArrives() {
        assertArrives(alice, omemo(1, keys(bob.bareJid(), 2)));
    }

    @Test
    void eachLieIsSentBackByItsName() {
        assertRefused(alice, omemo(9, keys(bob.bareJid(), 2)), "207");
        assertRefused(alice, omemo(1, keys(bob.bareJid(), 2) + keys("mallory@" + server.domain(), 3)), "208");
        assertRefused(alice, omemo(1, keys(bob.bareJid(), 2, 3)), "209");
        assertRefused(alice, omemo(1, "<keys jid='" + bob.bareJid() + "'><key rid='2'>" + "A".repeat(200) + "</key></keys>"), "210");
        assertRefused(alice, legacy(1, 2), "207");
    }

    @Test
    void aDeviceMaySpeakTheMomentItIsPublished() {
        for (int device = 10; device < 30; device++) {
            // Nobody waits for the answer: both go out in one breath.
            alice.sendRaw("<iq type='set' id='p" + device + "'>"
                + publish(listNode(OMEMO_2), "current", list(OMEMO_2, 1, device), "") + "</iq>");
            assertArrives(alice, omemo(device, keys(bob.bareJid(), 2)));
        }
    }

    @Test
    void aDeviceMayBeWrittenToTheMomentItIsPublishedAndForAWhileAfterItIsGone() {
        assertRefused(alice, omemo(1, keys(bob.bareJid(), 7)), "209");
        publishList(bob, OMEMO_2, 2, 7);
        assertArrives(alice, omemo(1, keys(bob.bareJid(), 7)));
        publishList(bob, OMEMO_2, 2);
        assertArrives(alice, omemo(1, keys(bob.bareJid(), 7)));
    }

    @Test
    void whoBecomesAMemberMayBeWrittenToAtOnceAndNoLongerWhenThatEnds() {
        TestClient carol = login("carol");
        publishList(carol, OMEMO_2, 4);
        String message = omemo(1, keys(bob.bareJid(), 2) + keys(carol.bareJid(), 4));

        assertRefused(alice, message, "208");
        affiliate(carol, "member");
        assertArrives(alice, message);
        affiliate(carol, "none");
        letASecondPass();
        assertRefused(alice, message, "208");
        carol.close();
    }

    @Test
    void theUsersOfAGroupBelongToTheRoom() throws Exception {
        TestClient dave = login("dave");
        publishList(dave, OMEMO_2, 5);
        Group group = GroupManager.getInstance().createGroup("crew" + suffix);
        group.getMembers().add(new JID(dave.bareJid()));
        MUCRoom muc = XMPPServer.getInstance().getMultiUserChatManager().getMultiUserChatService("conference")
            .getChatRoom("room" + suffix);
        muc.addMember(group.getJID(), null, muc.getRole());

        assertArrives(alice, omemo(1, keys(dave.bareJid(), 5)));
        assertRefused(alice, omemo(1, keys(dave.bareJid(), 6)), "209");
        GroupManager.getInstance().deleteGroup(group);
        letASecondPass();
        assertRefused(alice, omemo(1, keys(dave.bareJid(), 5)), "208");
        dave.close();
    }

    @Test
    void aLegacyDeviceMayBeAnybodysWhileSomebodysAreUnknown() {
        publishList(alice, LEGACY, 1);
        publishList(bob, LEGACY, 2);
        assertArrives(alice, legacy(1, 2));
        assertArrives(alice, legacy(1, 3));
        alice.request("type='set' to='" + room + "'", "<query xmlns='http://jabber.org/protocol/muc#admin'>"
            + "<item affiliation='none' jid='erin@remote.example'/></query>");
        letASecondPass();
        assertArrives(alice, legacy(1, 2));
        assertRefused(alice, legacy(1, 3), "209");
    }

    @Test
    void ofAnotherServersAccountCountsWhatHasPassedHere() {
        try (RemoteServer remote = RemoteServer.connect(server, "remote.example")) {
            assertArrives(alice, omemo(1, keys("erin@remote.example", 8)));

            remote.sendRaw("<message from='erin@remote.example' to='" + alice.jid() + "' type='headline'>"
                + "<event xmlns='http://jabber.org/protocol/pubsub#event'><items node='" + listNode(OMEMO_2)
                + "'><item id='current'>" + list(OMEMO_2, 7) + "</item></items></event></message>");
            assertRefused(alice, omemo(1, keys("erin@remote.example", 8)), "209");
            assertArrives(alice, omemo(1, keys("erin@remote.example", 7)));

            remote.sendRaw("<iq from='erin@remote.example' to='" + alice.jid() + "' type='result' id='l'>"
                + "<pubsub xmlns='http://jabber.org/protocol/pubsub'><items node='" + listNode(OMEMO_2)
                + "'><item id='current'>" + list(OMEMO_2, 8) + "</item></items></pubsub></iq>");
            assertArrives(alice, omemo(1, keys("erin@remote.example", 8)));
            assertArrives(alice, omemo(1, keys("erin@remote.example", 7)));
        }
    }

    @Test
    void whereNothingIsSaidALieArrivesAndIsCounted() {
        server.setProperty("plugin.omemo.policy.room." + room, "enforce");

        assertArrives(alice, omemo(9, keys("mallory@" + server.domain(), 3)));
    }

    /** For so long it is remembered who belonged to the room. */
    private static void letASecondPass() {
        try {
            Thread.sleep(1_100);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private void affiliate(TestClient who, String affiliation) {
        alice.request("type='set' to='" + room + "'", "<query xmlns='http://jabber.org/protocol/muc#admin'>"
            + "<item affiliation='" + affiliation + "' jid='" + who.bareJid() + "'/></query>");
    }

    private static void publishList(TestClient owner, String family, int... devices) {
        owner.request("type='set'", publish(listNode(family), "current", list(family, devices), ""));
    }

    private void assertArrives(TestClient sender, String encrypted) {
        String id = send(sender, encrypted);
        Received answer = sender.awaitMessage(message -> id.equals(message.id()));
        assertThat(answer.xml()).doesNotContain("<finding");
        bob.awaitMessage(message -> id.equals(message.id()));
    }

    private void assertRefused(TestClient sender, String encrypted, String finding) {
        String id = send(sender, encrypted);
        Received answer = sender.awaitMessage(message -> id.equals(message.id()));
        assertThat(answer.xml()).contains("number=\"" + finding + "\"");
    }

    private String send(TestClient sender, String encrypted) {
        String id = "m" + ++messages + suffix;
        sender.sendRaw("<message type='groupchat' id='" + id + "' to='" + room + "'>" + encrypted + "</message>");
        return id;
    }

    private static String omemo(int sid, String keys) {
        return "<encrypted xmlns='" + OMEMO_2 + "'><header sid='" + sid + "'>" + keys + "</header><payload>"
            + SampleCiphertext.payload(32, sid) + "</payload></encrypted>";
    }

    private static String legacy(int sid, int... rids) {
        return "<encrypted xmlns='" + LEGACY + "'><header sid='" + sid + "'>" + keys(SampleCiphertext::legacyKey, rids)
            + "<iv>AAAAAAAAAAAAAAAA</iv></header><payload>" + SampleCiphertext.payload(20, sid) + "</payload></encrypted>";
    }

    private static String keys(String jid, int... rids) {
        return "<keys jid='" + jid + "'>" + keys(SampleCiphertext::key, rids) + "</keys>";
    }

    private static String keys(IntFunction<String> key, int... rids) {
        return Arrays.stream(rids).mapToObj(rid -> "<key rid='" + rid + "'>" + key.apply(rid) + "</key>")
            .collect(Collectors.joining());
    }
}

package org.igniterealtime.openfire.plugin.omemo.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.igniterealtime.openfire.plugin.omemo.server.PublishedKeys.LEGACY;
import static org.igniterealtime.openfire.plugin.omemo.server.PublishedKeys.MAX;
import static org.igniterealtime.openfire.plugin.omemo.server.PublishedKeys.OMEMO_1;
import static org.igniterealtime.openfire.plugin.omemo.server.PublishedKeys.OMEMO_2;
import static org.igniterealtime.openfire.plugin.omemo.server.PublishedKeys.bundle;
import static org.igniterealtime.openfire.plugin.omemo.server.PublishedKeys.bundleNode;
import static org.igniterealtime.openfire.plugin.omemo.server.PublishedKeys.configure;
import static org.igniterealtime.openfire.plugin.omemo.server.PublishedKeys.field;
import static org.igniterealtime.openfire.plugin.omemo.server.PublishedKeys.itemOf;
import static org.igniterealtime.openfire.plugin.omemo.server.PublishedKeys.items;
import static org.igniterealtime.openfire.plugin.omemo.server.PublishedKeys.list;
import static org.igniterealtime.openfire.plugin.omemo.server.PublishedKeys.listNode;
import static org.igniterealtime.openfire.plugin.omemo.server.PublishedKeys.publish;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.dom4j.Element;
import org.igniterealtime.openfire.plugin.omemo.embedded.EmbeddedOpenfire;
import org.igniterealtime.openfire.plugin.omemo.embedded.OpenfireExtension;
import org.igniterealtime.openfire.plugin.omemo.embedded.Received;
import org.igniterealtime.openfire.plugin.omemo.embedded.TestClient;
import org.jivesoftware.openfire.XMPPServer;
import org.jivesoftware.openfire.group.Group;
import org.jivesoftware.openfire.group.GroupManager;
import org.jivesoftware.openfire.muc.MUCRoom;
import org.jivesoftware.openfire.muc.MultiUserChatManager;
import org.jivesoftware.openfire.stats.StatisticsManager;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xmpp.packet.JID;

/** The keys of everybody in a room, asked for in one request by real clients, with the packaged plugin. */
@ExtendWith(OpenfireExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RoomKeysIT {

    private static final String NAMESPACE = "urn:igniterealtime:openfire:omemo:0";
    private static final String FEATURE = NAMESPACE + "#keys";
    private static final String OPTION = "plugin.omemo.keys.common-rooms";

    private final EmbeddedOpenfire server;
    private int tests;
    private int mark;
    private String suffix;
    private String room;
    private TestClient alice;
    private TestClient bob;

    RoomKeysIT(EmbeddedOpenfire server) {
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
        suffix = "-whole" + ++tests;
        alice = login("alice");
        bob = login("bob");
        room = server.room("room" + suffix).membersOnly().nonAnonymous().owners("alice" + suffix)
            .members("bob" + suffix, "carol@remote.example").create();
        alice.joinRoom(room, "alice");
    }

    private TestClient login(String name) {
        server.createUser(name + suffix, "secret");
        return TestClient.login(server, name + suffix, "secret");
    }

    @AfterEach
    void closeTheRoom() {
        server.deleteProperty(OPTION);
        server.deleteProperty("plugin.omemo.policy.room." + room);
        alice.close();
        bob.close();
        server.destroyRoom("room" + suffix);
        assertThat(server.stackTraces(mark)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {LEGACY, OMEMO_1, OMEMO_2})
    void tellsListsAndBundlesJustAsTheAccountsDo(String family) {
        publishKeys(bob, family, 31, 32);
        publishBundle(bob, family, 99);

        Element account = account(ask(alice, ""), bob);

        List<Element> told = account.elements();
        assertThat(text(told.get(0))).isEqualTo(text(itemsOf(bob, items(listNode(family), ""))));
        List<String> bundles = family.equals(LEGACY)
            ? List.of(items(bundleNode(family, 31), ""), items(bundleNode(family, 32), ""))
            : List.of(items(bundleNode(family, 31), "<item id='31'/><item id='32'/>"));
        assertThat(told.subList(1, told.size())).hasSize(bundles.size());
        for (int i = 0; i < bundles.size(); i++) {
            assertThat(itemTexts(told.get(i + 1))).containsExactlyInAnyOrderElementsOf(
                itemTexts(itemsOf(bob, bundles.get(i))));
        }
    }

    @Test
    void tellsOnlyTheFamiliesThatAreAskedFor() {
        publishKeys(bob, LEGACY, 1);
        publishKeys(bob, OMEMO_2, 2);

        Element account = account(ask(alice, "<family>" + OMEMO_2 + "</family>"), bob);

        assertThat(account.elements()).extracting(items -> items.attributeValue("node"))
            .containsExactly(listNode(OMEMO_2), bundleNode(OMEMO_2, 2));
    }

    @Test
    void mentionsMembersOfOtherServersAndThoseWithoutKeys() {
        Element keys = ask(alice, "");

        assertThat(keys.elements("account")).extracting(account -> account.attributeValue("jid") + " "
            + account.attributeValue("omitted") + " " + account.elements().size()).containsExactly(
                alice.bareJid() + " null 0", bob.bareJid() + " null 0", "carol@remote.example remote 0");
        assertThat(keys.element("set").elementText("count")).isEqualTo("3");
    }

    @Test
    void aMemberMayAskFromOutsideAndAnOccupantWithoutAffiliationIsTold() {
        TestClient dave = login("dave");
        String open = server.room("open" + suffix).nonAnonymous().owners("alice" + suffix).members("bob" + suffix).create();
        dave.joinRoom(open, "dave");

        assertThat(jids(ask(bob, room, ""))).contains(alice.bareJid());
        assertThat(jids(ask(bob, open, ""))).containsExactly(alice.bareJid(), dave.bareJid());
        assertThat(jids(ask(alice, open, ""))).containsExactly(alice.bareJid(), bob.bareJid(), dave.bareJid());
        dave.close();
        server.destroyRoom("open" + suffix);
    }

    @Test
    void strangersAndOutcastsGetTheSameErrorAsForARoomThatDoesNotExist() {
        TestClient eve = login("eve");
        TestClient mallory = login("mallory");
        alice.request("type='set' to='" + room + "'", "<query xmlns='http://jabber.org/protocol/muc#admin'>"
            + "<item affiliation='outcast' jid='" + mallory.bareJid() + "'/></query>");

        String stranger = error(eve.request("type='get' to='" + room + "'", question("")));
        String outcast = error(mallory.request("type='get' to='" + room + "'", question("")));
        String nowhere = error(eve.request("type='get' to='no" + room + "'", question("")));

        assertThat(stranger).contains("<forbidden").isEqualTo(outcast).isEqualTo(nowhere);
        eve.close();
        mallory.close();
    }

    @Test
    void aRoomThatKeepsAddressesToItselfTellsNothing() {
        String anonymous = server.room("anonymous" + suffix).owners("alice" + suffix).create();
        alice.joinRoom(anonymous, "alice");

        assertThat(error(alice.request("type='get' to='" + anonymous + "'", question("")))).contains("<not-allowed");
        server.destroyRoom("anonymous" + suffix);
    }

    @Test
    void theUsersOfAGroupAreMembersOneByOne() throws Exception {
        TestClient dave = login("dave");
        publishKeys(dave, OMEMO_2, 5);
        Group group = GroupManager.getInstance().createGroup("crew" + suffix);
        group.getMembers().add(new JID(dave.bareJid()));
        group.getMembers().add(new JID("erin@remote.example"));
        MUCRoom muc = muc("room" + suffix);
        muc.addMember(group.getJID(), null, muc.getRole());

        assertThat(jids(ask(alice, ""))).contains(dave.bareJid(), "erin@remote.example").hasSize(5);
        assertThat(account(ask(alice, ""), dave).elements()).hasSize(2);
        assertThat(jids(ask(dave, room, ""))).contains(alice.bareJid());

        GroupManager.getInstance().deleteGroup(group);
        dave.close();
    }

    @Test
    void pagesLeadThroughSixtyMembers() {
        String[] members = IntStream.range(0, 60).mapToObj(i -> "member%02d%s".formatted(i, suffix)).toArray(String[]::new);
        for (String member : members) {
            server.createUser(member, "secret");
        }
        String large = server.room("large" + suffix).membersOnly().nonAnonymous().owners("alice" + suffix).members(members)
            .create();

        List<String> told = new ArrayList<>();
        List<Integer> sizes = new ArrayList<>();
        String after = "";
        do {
            Element keys = ask(alice, large, "<set xmlns='http://jabber.org/protocol/rsm'><max>25</max><after>" + after
                + "</after></set>");
            assertThat(keys.element("set").elementText("count")).isEqualTo("61");
            sizes.add(jids(keys).size());
            told.addAll(jids(keys));
            after = keys.element("set").elementText("last");
        } while (after != null && sizes.size() < 10);

        assertThat(sizes).containsExactly(25, 25, 11, 0);
        assertThat(told).hasSize(61).doesNotHaveDuplicates().isSorted();
        assertThat(jids(ask(alice, large, ""))).hasSize(20);
        assertThat(jids(ask(alice, large, "<set xmlns='http://jabber.org/protocol/rsm'><max>1000000</max></set>"))).hasSize(50);
        assertThat(jids(ask(alice, large, "<set xmlns='http://jabber.org/protocol/rsm'><max>0</max></set>"))).isEmpty();
        server.destroyRoom("large" + suffix);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "<set xmlns='http://jabber.org/protocol/rsm'><max>-1</max></set>",
        "<set xmlns='http://jabber.org/protocol/rsm'><max>x</max></set>",
        "<set xmlns='http://jabber.org/protocol/rsm'><after>&lt;../x&gt;&amp;#0;</after></set>",
        "<set xmlns='http://jabber.org/protocol/rsm'><before/></set>",
        "<family>urn:xmpp:omemo:9</family>", "<a xmlns='urn:x'/>"
    })
    void whatItDoesNotUnderstandItRefuses(String content) {
        assertThat(error(alice.request("type='get' to='" + room + "'", question(content)))).contains("<bad-request");
    }

    @Test
    void changesNothingAndServicesThemselvesHaveNoMembers() {
        assertThat(error(alice.request("type='set' to='" + room + "'", question("")))).contains("<bad-request");
        assertThat(error(alice.request("type='get' to='" + server.mucDomain() + "'", question("")))).contains("<bad-request");
        assertThat(error(alice.request("type='get' to='" + room + "'", "<other xmlns='" + NAMESPACE + "'/>")))
            .contains("<bad-request");
    }

    @Test
    void aVeryLongQuestionIsRefusedAtOnce() {
        String content = "<family>urn:xmpp:omemo:2</family>".repeat(25_000);

        assertThat(error(alice.request("type='get' to='" + room + "'", question(content)))).contains("<bad-request");
    }

    @Test
    void aThousandQuestionsAtOnceAreAnsweredOrToldToWaitWhileOthersAreServed() {
        publishKeys(bob, OMEMO_2, 1, 2, 3);
        StringBuilder flood = new StringBuilder();
        for (int i = 0; i < 1_000; i++) {
            flood.append("<iq type='get' id='f").append(i).append("' to='").append(i % 2 == 0 ? "" : "no").append(room)
                .append("'>").append(question("")).append("</iq>");
        }
        alice.sendRaw(flood.toString());
        long begin = System.nanoTime();
        bob.barrier();
        assertThat(System.nanoTime() - begin).isLessThan(TimeUnit.SECONDS.toNanos(2));

        alice.await(received -> answers(alice).size() == 1_000, Duration.ofSeconds(20));
        List<Received> answers = answers(alice);
        assertThat(answers.stream().filter(answer -> answer.type().equals("result"))).hasSizeBetween(10, 30);
        assertThat(answers.stream().filter(answer -> answer.xml().contains("<resource-constraint"))
            .allMatch(answer -> answer.xml().contains("type=\"wait\""))).isTrue();
        assertThat(answers).allMatch(answer -> answer.type().equals("result")
            || answer.xml().contains("<resource-constraint") || answer.xml().contains("<forbidden"));
        assertThat(jids(ask(bob, room, ""))).hasSize(3);
    }

    @Test
    void closedNodesAreReadByThoseInACommonRoomOnlyWithTheOption() {
        publishKeys(bob, OMEMO_2, 7);
        for (String node : List.of(listNode(OMEMO_2), bundleNode(OMEMO_2, 7))) {
            assertThat(bob.request("type='set'", configure(node, field("access_model", "whitelist"))).type())
                .isEqualTo("result");
        }
        TestClient eve = login("eve");
        // Else the room would go with its last occupant.
        bob.joinRoom(room, "bob");

        assertThat(account(ask(alice, ""), bob).elements()).isEmpty();
        assertThat(account(ask(bob, room, ""), bob).elements()).hasSize(2);
        assertThat(read(alice, bob).type()).isEqualTo("error");

        server.setProperty(OPTION, "true");
        assertThat(account(ask(alice, ""), bob).elements()).hasSize(2);
        assertThat(read(alice, bob).xml()).contains("<device");
        assertThat(read(eve, bob).type()).isEqualTo("error");

        alice.sendRaw("<presence type='unavailable' to='" + room + "/alice'/>");
        alice.barrier();
        assertThat(read(alice, bob).type()).isEqualTo("error");
        assertThat(account(ask(alice, ""), bob).elements()).isEmpty();
        eve.close();
    }

    @Test
    void keysAreReadAheadWhenSomebodyEntersARoomWithAPolicy() throws Exception {
        publishKeys(bob, OMEMO_2, 7);
        server.setProperty("plugin.omemo.policy.room." + room, "observe");
        bob.joinRoom(room, "bob");
        TestClient dave = login("dave");
        TimeUnit.MILLISECONDS.sleep(500);
        double before = StatisticsManager.getInstance().getStatistic("omemo_keys_from_memory").sample();

        assertThat(read(dave, bob).type()).isEqualTo("result");

        assertThat(StatisticsManager.getInstance().getStatistic("omemo_keys_from_memory").sample()).isEqualTo(before + 1);
        dave.close();
    }

    @Test
    void roomsAnnounceItWhileThePluginIsThereAlsoThoseOfANewService() throws Exception {
        MultiUserChatManager manager = XMPPServer.getInstance().getMultiUserChatManager();
        manager.createMultiUserChatService("later" + suffix, null, false);
        assertThat(features(room)).contains(FEATURE);
        String later = "later" + suffix + '.' + server.domain();
        for (int i = 0; i < 40 && !features(later).contains(FEATURE); i++) {
            TimeUnit.MILLISECONDS.sleep(250);
        }
        assertThat(features(later)).contains(FEATURE);
        assertThat(error(alice.request("type='get' to='x@" + later + "'", question("")))).contains("<forbidden");

        server.plugins().unload("omemo");
        try {
            assertThat(features(room)).doesNotContain(FEATURE);
            assertThat(features(later)).doesNotContain(FEATURE);
        } finally {
            server.plugins().install(Path.of(System.getProperty("plugin.jar")));
            manager.removeMultiUserChatService("later" + suffix);
        }
        assertThat(features(room)).containsOnlyOnce(FEATURE);
        assertThat(jids(ask(alice, ""))).hasSize(3);
    }

    private void publishKeys(TestClient owner, String family, int... devices) {
        assertThat(owner.request("type='set'", publish(listNode(family), "current", list(family, devices), MAX)).type())
            .isEqualTo("result");
        for (int device : devices) {
            publishBundle(owner, family, device);
        }
    }

    private static void publishBundle(TestClient owner, String family, int device) {
        assertThat(owner.request("type='set'",
            publish(bundleNode(family, device), itemOf(family, device), bundle(family), MAX)).type()).isEqualTo("result");
    }

    private Received read(TestClient asker, TestClient owner) {
        return asker.request("type='get' to='" + owner.bareJid() + "'", items(listNode(OMEMO_2), ""));
    }

    private Element itemsOf(TestClient owner, String question) {
        return alice.request("type='get' to='" + owner.bareJid() + "'", question).element().element("pubsub").element("items");
    }

    private static String question(String content) {
        return "<keys xmlns='" + NAMESPACE + "'>" + content + "</keys>";
    }

    private Element ask(TestClient asker, String content) {
        return ask(asker, room, content);
    }

    private static Element ask(TestClient asker, String room, String content) {
        Received reply = asker.request("type='get' to='" + room + "'", question(content));
        assertThat(reply.type()).as(reply.xml()).isEqualTo("result");
        assertThat(reply.from()).isEqualTo(room);
        return reply.element().element("keys");
    }

    private static Element account(Element keys, TestClient owner) {
        return keys.elements("account").stream().filter(one -> one.attributeValue("jid").equals(owner.bareJid())).findFirst()
            .orElseThrow();
    }

    private static List<String> jids(Element keys) {
        return keys.elements("account").stream().map(account -> account.attributeValue("jid")).toList();
    }

    private static List<Received> answers(TestClient client) {
        return client.received(received -> received.isIq() && received.id().startsWith("f"));
    }

    private String features(String address) {
        return alice.request("type='get' to='" + address + "'", "<query xmlns='http://jabber.org/protocol/disco#info'/>").xml();
    }

    /** The error without the question and the addresses. */
    private static String error(Received reply) {
        assertThat(reply.type()).as(reply.xml()).isEqualTo("error");
        return reply.element().element("error").asXML();
    }

    private static String text(Element items) {
        return items.attributeValue("node") + itemTexts(items);
    }

    private static List<String> itemTexts(Element items) {
        return items.elements().stream().map(item -> item.attributeValue("id") + ((Element) item.elements().get(0)).asXML())
            .toList();
    }

    private MUCRoom muc(String name) {
        return XMPPServer.getInstance().getMultiUserChatManager().getMultiUserChatService("conference").getChatRoom(name);
    }
}

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
import static org.igniterealtime.openfire.plugin.omemo.server.PublishedKeys.owner;
import static org.igniterealtime.openfire.plugin.omemo.server.PublishedKeys.publish;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.dom4j.Element;
import org.igniterealtime.openfire.plugin.omemo.embedded.EmbeddedOpenfire;
import org.igniterealtime.openfire.plugin.omemo.embedded.OpenfireExtension;
import org.igniterealtime.openfire.plugin.omemo.embedded.Received;
import org.igniterealtime.openfire.plugin.omemo.embedded.TestClient;
import org.jivesoftware.openfire.SessionManager;
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

/** Keys published and asked for by real clients, with the plugin in front of Openfire's personal eventing. */
@ExtendWith(OpenfireExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KeyServiceIT {

    private static final String VALIDATION = "plugin.omemo.keys.validation";

    private final EmbeddedOpenfire server;
    private int tests;
    private int mark;
    private TestClient alice;
    private TestClient bob;

    KeyServiceIT(EmbeddedOpenfire server) {
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
    void logIn() {
        mark = server.logMark();
        tests++;
        alice = login("alice");
        bob = login("bob");
    }

    private TestClient login(String name) {
        server.createUser(name + "-keys" + tests, "secret");
        return TestClient.login(server, name + "-keys" + tests, "secret");
    }

    @AfterEach
    void logOut() {
        server.deleteProperty(VALIDATION);
        alice.close();
        bob.close();
        assertThat(server.stackTraces(mark)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {LEGACY, OMEMO_1, OMEMO_2})
    void whatIsPublishedAsTheXepSaysIsReadByAStranger(String family) {
        double faulty = statistic("faulty");

        assertSuccess(set(publish(listNode(family), "current", list(family, 31, 32), MAX)));
        assertSuccess(set(publish(bundleNode(family, 31), itemOf(family, 31), bundle(family), MAX)));
        assertSuccess(set(publish(bundleNode(family, 32), itemOf(family, 32), bundle(family), MAX)));

        assertThat(itemIds(get(bob, items(listNode(family), "")))).containsExactly("current");
        Received one = get(bob, items(bundleNode(family, 31), "<item id='" + itemOf(family, 31) + "'/>"));
        assertThat(itemIds(one)).containsExactly(itemOf(family, 31));
        assertThat(one.xml()).contains(bundle(family).contains("<spks>") ? "<spks>" : "signedPreKeySignature");
        assertThat(itemIds(get(bob, items(bundleNode(family, 32), "")))).contains(itemOf(family, 32));
        assertThat(statistic("faulty")).isEqualTo(faulty);
    }

    @ParameterizedTest
    @ValueSource(strings = {OMEMO_1, OMEMO_2})
    void aNodeHoldsTheBundleOfEveryDevice(String family) {
        for (int device = 1; device <= 5; device++) {
            assertSuccess(set(publish(bundleNode(family, device), itemOf(family, device), bundle(family), MAX)));
        }

        assertThat(itemIds(get(bob, items(bundleNode(family, 1), "")))).containsExactlyInAnyOrder("1", "2", "3", "4", "5");
        assertThat(itemIds(get(bob, items(bundleNode(family, 1), "<item id='2'/><item id='9'/><item id='4'/>"))))
            .containsExactly("2", "4");
        assertThat(get(bob, "<pubsub xmlns='http://jabber.org/protocol/pubsub'><items max_items='2' node='"
            + bundleNode(family, 1) + "'/></pubsub>").element().element("pubsub").element("items").elements()).hasSize(2);
    }

    @Test
    void aNodeThatIsClosedAndForgetfulIsMadeRightAtTheNextPublication() {
        String node = bundleNode(OMEMO_1, 1);
        assertSuccess(set(publish(node, "1", bundle(OMEMO_1), MAX)));
        assertSuccess(set(configure(node, field("access_model", "whitelist") + field("persist_items", "1")
            + field("max_items", "1"))));
        assertThat(get(bob, items(node, "")).type()).isEqualTo("error");

        assertSuccess(set(publish(node, "2", bundle(OMEMO_1), "")));
        assertSuccess(set(publish(node, "3", bundle(OMEMO_1), "")));

        assertThat(itemIds(get(bob, items(node, "")))).contains("2", "3");
    }

    @Test
    void anOwnerWhoAsksForAClosedNodeGetsOne() {
        String node = listNode(OMEMO_2);
        assertSuccess(set(publish(node, "current", list(OMEMO_2, 1), field("access_model", "whitelist"))));

        assertThat(get(bob, items(node, "")).type()).isEqualTo("error");
        assertThat(itemIds(alice.request("type='get'", items(node, "")))).containsExactly("current");
        assertSuccess(set(owner("<affiliations node='" + node + "'><affiliation jid='" + bob.bareJid()
            + "' affiliation='publisher'/></affiliations>")));
        assertThat(itemIds(get(bob, items(node, "<item id='current'/>")))).containsExactly("current");
        assertThat(set(publish(node, "current", list(OMEMO_2, 1), field("access_model", "roster"))).xml())
            .contains("unsupported-access-model");
    }

    @ParameterizedTest
    @ValueSource(strings = {OMEMO_2 + ":bundles", "urn:xmpp:bookmarks:1"})
    void anOwnersConfigurationFormMaySayMax(String node) {
        assertSuccess(set("<pubsub xmlns='http://jabber.org/protocol/pubsub'><create node='" + node + "'/></pubsub>"));

        assertSuccess(set(configure(node, field("persist_items", "true") + field("max_items", "max")
            + field("access_model", "open"))));

        String form = alice.request("type='get'", owner("<configure node='" + node + "'/>")).xml().replace('\'', '"');
        assertThat(form).containsPattern("var=\"pubsub#max_items\"[^>]*>(<[^v][^>]*/>)*<value>2000</value>")
            .containsPattern("var=\"pubsub#persist_items\"[^>]*>(<[^v][^>]*/>)*<value>1</value>");
    }

    @Test
    void aNodeIsCreatedRightAndOnce() {
        String create = "<pubsub xmlns='http://jabber.org/protocol/pubsub'><create node='" + listNode(OMEMO_1)
            + "'/></pubsub>";
        assertThat(get(bob, items(listNode(OMEMO_1), "")).xml()).contains("item-not-found");

        assertSuccess(set(create));

        assertThat(set(create).xml()).contains("conflict");
        assertThat(itemIds(get(bob, items(listNode(OMEMO_1), "")))).isEmpty();
    }

    @Test
    void noChangeIsFollowedByAStaleAnswer() {
        String node = bundleNode(OMEMO_2, 1);
        assertSuccess(set(publish(node, "1", bundle(OMEMO_2), MAX)));
        assertSuccess(set(publish(node, "2", bundle(OMEMO_2), MAX)));
        assertThat(itemIds(get(bob, items(node, "")))).hasSize(2);

        assertSuccess(set("<pubsub xmlns='http://jabber.org/protocol/pubsub'><retract node='" + node
            + "'><item id='1'/></retract></pubsub>"));
        assertThat(itemIds(get(bob, items(node, "")))).containsExactly("2");

        assertSuccess(set(configure(node, field("access_model", "whitelist"))));
        assertThat(get(bob, items(node, "")).type()).isEqualTo("error");

        assertSuccess(set(configure(node, field("access_model", "open"))));
        assertThat(itemIds(get(bob, items(node, "")))).containsExactly("2");

        assertSuccess(set(owner("<affiliations node='" + node + "'><affiliation jid='" + bob.bareJid()
            + "' affiliation='outcast'/></affiliations>")));
        assertThat(get(bob, items(node, "")).type()).isEqualTo("error");

        assertSuccess(set(owner("<affiliations node='" + node + "'><affiliation jid='" + bob.bareJid()
            + "' affiliation='none'/></affiliations>")));
        assertSuccess(set(owner("<purge node='" + node + "'/>")));
        assertThat(itemIds(get(bob, items(node, "")))).isEmpty();

        assertSuccess(set(owner("<delete node='" + node + "'/>")));
        assertThat(get(bob, items(node, "")).xml()).contains("item-not-found");
    }

    @Test
    void aQuestionRightBehindAPublicationSeesIt() {
        for (int i = 1; i <= 20; i++) {
            alice.sendRaw("<iq type='set' id='p" + i + "'>" + publish(listNode(OMEMO_2), "current", list(OMEMO_2, i), "")
                + "</iq><iq type='get' id='g" + i + "'>" + items(listNode(OMEMO_2), "") + "</iq>");
        }
        for (int i = 1; i <= 20; i++) {
            String id = "g" + i;
            Received answer = alice.await(received -> received.id().equals(id));
            int seen = Integer.parseInt(answer.xml().replaceAll("(?s).*<device id=.(\\d+).*", "$1"));
            assertThat(seen).isGreaterThanOrEqualTo(i);
        }
    }

    @Test
    void nobodyEverGetsSomebodyElsesKeys() {
        assertSuccess(bob.request("type='set'", publish(listNode(OMEMO_1), "current", list(OMEMO_1, 7), MAX)));

        assertThat(get(bob, items(listNode(OMEMO_1), "")).xml()).contains("item-not-found").doesNotContain("device id");
        assertThat(bob.request("type='get' to='" + alice.bareJid() + "'", "<pubsub xmlns='http://jabber.org/protocol/pubsub'>"
            + "<items node='" + listNode(OMEMO_1) + "' subid='x'/></pubsub>").xml()).doesNotContain("device id");
        Received unknown = bob.request("type='get' to='nosuch@" + server.domain() + "'", items(listNode(OMEMO_1), ""));
        assertThat(unknown.xml()).contains("service-unavailable").doesNotContain("device id");
    }

    @ParameterizedTest
    @ValueSource(strings = {"publish", "create", "retract"})
    void somebodyElsesNodesAreNotChanged(String action) {
        String node = listNode(OMEMO_2);
        assertSuccess(set(publish(node, "current", list(OMEMO_2, 1), MAX)));
        String payload = action.equals("publish") ? "<item id='current'>" + list(OMEMO_2, 666) + "</item>"
            : action.equals("retract") ? "<item id='current'/>" : "";
        String pubsub = "<pubsub xmlns='http://jabber.org/protocol/pubsub'><" + action + " node='" + node + "'>" + payload
            + "</" + action + "></pubsub>";

        assertThat(bob.request("type='set' to='" + alice.bareJid() + "'", pubsub).xml()).contains("forbidden");
        assertThat(bob.request("type='get' to='" + alice.bareJid() + "'", pubsub).type()).isEqualTo("error");

        assertThat(get(bob, items(node, "")).xml()).contains("device id=\"1\"");
    }

    @Test
    void faultsAreStoredAndCountedOrRefusedIfTheOperatorWantsIt() {
        double faulty = statistic("faulty");
        double refused = statistic("refused");
        String bad = bundle(OMEMO_2).replaceFirst("<spks>....", "<spks>AAAA");

        assertSuccess(set(publish(bundleNode(OMEMO_2, 5), "5", bad, MAX)));
        assertThat(itemIds(get(bob, items(bundleNode(OMEMO_2, 5), "")))).containsExactly("5");
        assertThat(statistic("faulty") - faulty).isEqualTo(1);

        server.setProperty(VALIDATION, "strict");
        Received error = set(publish(bundleNode(OMEMO_2, 6), "6", bad, MAX));
        assertThat(error.type()).isEqualTo("error");
        assertThat(error.xml()).contains("invalid-payload", "signature");
        assertThat(statistic("refused") - refused).isEqualTo(1);
        assertThat(itemIds(get(bob, items(bundleNode(OMEMO_2, 5), "")))).containsExactly("5");
        assertSuccess(set(publish(bundleNode(OMEMO_2, 6), "6", bundle(OMEMO_2), MAX)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"2147483648", "-1", "01", "0", "../x", ""})
    void aBundleBelongsToADevice(String item) {
        server.setProperty(VALIDATION, "strict");

        assertThat(set(publish(bundleNode(OMEMO_1, 1), item, bundle(OMEMO_1), MAX)).xml())
            .contains("invalid-payload", "device id");

        assertThat(get(bob, items(bundleNode(OMEMO_1, 1), "")).xml()).contains("item-not-found");
    }

    @Test
    void whatIsTooLargeIsRefusedInAnyCase() {
        String large = "<devices xmlns='" + OMEMO_2 + "'>" + "<device id='1'/>".repeat(40_000) + "</devices>";

        assertThat(set(publish(listNode(OMEMO_2), "current", large, MAX)).xml()).contains("payload-too-big");
        assertThat(set("<pubsub xmlns='http://jabber.org/protocol/pubsub'><publish node='" + listNode(OMEMO_2)
            + "'/></pubsub>").xml()).contains("item-required");
        assertThat(set("<pubsub xmlns='http://jabber.org/protocol/pubsub'><publish node='" + listNode(OMEMO_2)
            + "'><item id='current'/></publish></pubsub>").xml()).contains("payload-required");
        assertThat(set(publish(listNode(OMEMO_2), "current", list(OMEMO_2, 1) + list(OMEMO_2, 2), MAX)).xml())
            .contains("invalid-payload");

        assertThat(get(bob, items(listNode(OMEMO_2), "")).xml()).contains("item-not-found");
    }

    @Test
    void whatCouldNotBeHandedOnIsRefusedInAnyCase() {
        server.route("<iq type='set' id='c1' from='" + alice.jid() + "'>" + publish(listNode(OMEMO_2), "current",
            "<devices xmlns='" + OMEMO_2 + "'><!-- mine --><device id='1'/></devices>", MAX) + "</iq>");

        assertThat(alice.await(received -> received.id().equals("c1")).xml()).contains("invalid-payload", "comment");
        assertThat(get(bob, items(listNode(OMEMO_2), "")).xml()).contains("item-not-found");
    }

    @Test
    void aRequestForThousandsOfItemsIsAnswered() {
        assertSuccess(set(publish(bundleNode(OMEMO_2, 1), "1", bundle(OMEMO_2), MAX)));
        StringBuilder ids = new StringBuilder();
        for (int i = 0; i < 5_000; i++) {
            ids.append("<item id='").append(i % 2 == 0 ? 1 : i).append("'/>");
        }

        assertThat(itemIds(get(bob, items(bundleNode(OMEMO_2, 1), ids.toString())))).containsExactly("1");
    }

    @Test
    void aThousandQuestionsAtOnceForAnUnknownAccountAreAnswered() {
        StringBuilder questions = new StringBuilder();
        for (int i = 0; i < 1_000; i++) {
            questions.append("<iq type='get' id='q").append(i).append("' to='nosuch").append(i % 10).append('@')
                .append(server.domain()).append("'>").append(items(listNode(OMEMO_2), "")).append("</iq>");
        }
        bob.sendRaw(questions.toString());
        bob.barrier();

        for (int i = 0; i < 1_000; i++) {
            String id = "q" + i;
            assertThat(bob.await(received -> received.id().equals(id)).type()).isEqualTo("error");
        }
    }

    /** Larger than a stream may carry; another part of the server could route it all the same. */
    @Test
    void aHugePublicationIsRefusedWhileOthersAreServed() {
        assertSuccess(set(publish(listNode(OMEMO_2), "current", list(OMEMO_2, 1), MAX)));

        server.route("<iq type='set' id='h1' from='" + alice.jid() + "'>" + publish(bundleNode(OMEMO_2, 1), "1",
            "<bundle xmlns='" + OMEMO_2 + "'><spk id='1'>" + "A".repeat(20_000_000) + "</spk></bundle>", "") + "</iq>");
        server.route("<iq type='set' id='h2' from='" + alice.jid() + "'>" + publish(listNode(OMEMO_2), "current",
            "<devices xmlns='" + OMEMO_2 + "'>" + "<device id='1'/>".repeat(100_000) + "</devices>", "") + "</iq>");

        assertThat(alice.await(received -> received.id().equals("h1")).xml()).contains("payload-too-big").hasSizeLessThan(2_000);
        assertThat(alice.await(received -> received.id().equals("h2")).xml()).contains("payload-too-big").hasSizeLessThan(2_000);
        assertThat(get(bob, items(bundleNode(OMEMO_2, 1), "")).xml()).contains("item-not-found");
        assertThat(get(bob, items(listNode(OMEMO_2), "")).xml()).contains("<device id=\"1\"/></devices>");
    }

    @Test
    void contactsAreNotifiedOfWhatIsPublished() {
        assertSuccess(set(publish(listNode(OMEMO_2), "current", list(OMEMO_2, 1), MAX)));
        assertSuccess(bob.request("type='set' to='" + alice.bareJid() + "'", "<pubsub xmlns='http://jabber.org/protocol/pubsub'>"
            + "<subscribe node='" + listNode(OMEMO_2) + "' jid='" + bob.bareJid() + "'/></pubsub>"));
        bob.forget();

        assertSuccess(set(publish(listNode(OMEMO_2), "current", list(OMEMO_2, 1, 2), MAX)));

        bob.awaitMessage(message -> message.xml().contains("pubsub#event") && message.xml().contains("<device id=\"2\""));
        assertThat(get(bob, items(listNode(OMEMO_2), "")).xml()).contains("<device id=\"2\"");
    }

    @Test
    void accountsSayWhatTheyCan() {
        assertSuccess(set(publish(listNode(OMEMO_2), "current", list(OMEMO_2, 1), MAX)));

        String features = alice.request("type='get' to='" + alice.bareJid() + "'",
            "<query xmlns='http://jabber.org/protocol/disco#info'/>").xml();

        assertThat(features).contains("pubsub#config-node-max", "pubsub#publish-options", "pubsub#multi-items");
    }

    @Test
    void devicesThatOverwriteEachOtherAreNoticed() throws InterruptedException {
        double before = statistic("overwritten");
        JID closed;
        assertSuccess(set(publish(listNode(OMEMO_1), "current", list(OMEMO_1, 1), MAX)));
        try (TestClient other = TestClient.login(server, "alice-keys" + tests, "secret", "other")) {
            assertSuccess(other.request("type='set'", publish(listNode(OMEMO_1), "current", list(OMEMO_1, 2), MAX)));

            assertThat(statistic("overwritten") - before).isEqualTo(1);
            closed = new JID(other.jid());
        }
        // The server may take a moment to notice that a client has left.
        for (int i = 0; i < 500 && SessionManager.getInstance().getSession(closed) != null; i++) {
            Thread.sleep(20);
        }
        assertSuccess(set(publish(listNode(OMEMO_1), "current", list(OMEMO_1, 1), MAX)));
        assertThat(statistic("overwritten") - before).isEqualTo(1);
    }

    @Test
    void aDeletedAccountHasNoKeys() throws Exception {
        assertSuccess(set(publish(listNode(OMEMO_1), "current", list(OMEMO_1, 1), MAX)));
        assertThat(itemIds(get(bob, items(listNode(OMEMO_1), "")))).hasSize(1);

        var users = org.jivesoftware.openfire.user.UserManager.getInstance();
        users.deleteUser(users.getUser("alice-keys" + tests));

        assertThat(get(bob, items(listNode(OMEMO_1), "")).xml()).contains("service-unavailable");
        server.createUser("alice-keys" + tests, "secret");
        assertThat(get(bob, items(listNode(OMEMO_1), "")).xml()).contains("item-not-found");
    }

    @Test
    void otherNodesAreOpenfires() {
        String node = "urn:xmpp:bookmarks:1";
        assertSuccess(set(publish(node, "x", "<conference xmlns='urn:xmpp:bookmarks:1'/>", MAX)));

        assertThat(itemIds(alice.request("type='get'", items(node, "")))).containsExactly("x");
        assertThat(get(bob, items("urn:nothing", "")).type()).isEqualTo("error");
    }

    @Test
    void whenThePluginLeavesOpenfireAnswersAgain() {
        assertSuccess(set(publish(listNode(OMEMO_2), "current", list(OMEMO_2, 1), MAX)));
        Received with = get(bob, items(listNode(OMEMO_2), ""));

        server.plugins().unload("omemo");
        try {
            Received without = get(bob, items(listNode(OMEMO_2), ""));
            assertThat(content(without)).isEqualTo(content(with));
        } finally {
            installThePlugin();
        }
        assertThat(content(get(bob, items(listNode(OMEMO_2), "")))).isEqualTo(content(with));
    }

    private Received set(String pubsub) {
        return alice.request("type='set'", pubsub);
    }

    private Received get(TestClient asker, String pubsub) {
        return asker.request("type='get' to='" + alice.bareJid() + "'", pubsub);
    }

    private static void assertSuccess(Received reply) {
        assertThat(reply.type()).as(reply.xml()).isEqualTo("result");
    }

    private static List<String> itemIds(Received reply) {
        assertSuccess(reply);
        List<Element> items = reply.element().element("pubsub").element("items").elements();
        return items.stream().map(item -> item.attributeValue("id")).collect(Collectors.toList());
    }

    /** Everything within the stanza, up to the end tag. */
    private static String content(Received reply) {
        return reply.xml().replaceFirst("<iq[^>]*>", "");
    }

    private static double statistic(String name) {
        return StatisticsManager.getInstance().getStatistic("omemo_keys_" + name).sample();
    }
}

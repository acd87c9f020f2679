package org.igniterealtime.openfire.plugin.omemo.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.igniterealtime.openfire.plugin.omemo.server.PublishedKeys.MAX;
import static org.igniterealtime.openfire.plugin.omemo.server.PublishedKeys.OMEMO_2;
import static org.igniterealtime.openfire.plugin.omemo.server.PublishedKeys.bundle;
import static org.igniterealtime.openfire.plugin.omemo.server.PublishedKeys.bundleNode;
import static org.igniterealtime.openfire.plugin.omemo.server.PublishedKeys.configure;
import static org.igniterealtime.openfire.plugin.omemo.server.PublishedKeys.field;
import static org.igniterealtime.openfire.plugin.omemo.server.PublishedKeys.items;
import static org.igniterealtime.openfire.plugin.omemo.server.PublishedKeys.list;
import static org.igniterealtime.openfire.plugin.omemo.server.PublishedKeys.listNode;
import static org.igniterealtime.openfire.plugin.omemo.server.PublishedKeys.owner;
import static org.igniterealtime.openfire.plugin.omemo.server.PublishedKeys.publish;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import org.igniterealtime.openfire.plugin.omemo.embedded.EmbeddedOpenfire;
import org.igniterealtime.openfire.plugin.omemo.embedded.OpenfireExtension;
import org.igniterealtime.openfire.plugin.omemo.embedded.Received;
import org.igniterealtime.openfire.plugin.omemo.embedded.TestClient;
import org.jivesoftware.database.DbConnectionManager;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Unusual ways to OMEMO's nodes, taken by real clients: none leads past the plugin to Openfire's own handling of them. */
@ExtendWith(OpenfireExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KeySideEntrancesIT {

    private static final String NODE = listNode(OMEMO_2);
    private static final String EVENTING = "xmpp.pep.enabled";

    private final EmbeddedOpenfire server;
    private int tests;
    private int mark;
    private TestClient alice;
    private TestClient bob;

    KeySideEntrancesIT(EmbeddedOpenfire server) {
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
        server.createUser(name + "-side" + tests, "secret");
        return TestClient.login(server, name + "-side" + tests, "secret");
    }

    @AfterEach
    void logOut() {
        server.deleteProperty(EVENTING);
        alice.close();
        bob.close();
        assertThat(server.stackTraces(mark)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"purge", "delete"})
    void whatIsOnlyAskedForIsNotCarriedOut(String action) {
        assertSuccess(set(publish(NODE, "current", list(OMEMO_2, 1), MAX)));

        assertThat(alice.request("type='get'", owner("<" + action + " node='" + NODE + "'/>")).xml())
            .contains("bad-request");

        assertThat(get(bob, NODE).xml()).contains("<device id=\"1\"/>");
    }

    @Test
    void askingByWayOfASetGetsNobodyElsesKeys() {
        assertSuccess(bob.request("type='set'", publish(NODE, "current", list(OMEMO_2, 7), MAX)));

        assertThat(bob.request("type='set' to='" + alice.bareJid() + "'", items(NODE, "")).xml())
            .contains("item-not-found").doesNotContain("device id");
    }

    @Test
    void nobodyChangesWhoMayReadSomebodyElsesKeys() {
        assertSuccess(set(publish(NODE, "current", list(OMEMO_2, 1), MAX)));
        String toAlice = "type='set' to='" + alice.bareJid() + "'";

        assertThat(bob.request(toAlice, configure(NODE, field("access_model", "whitelist"))).xml()).contains("forbidden");
        assertThat(bob.request(toAlice, owner("<affiliations node='" + NODE + "'><affiliation jid='" + bob.bareJid()
            + "' affiliation='owner'/></affiliations>")).xml()).contains("forbidden");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "openfire.example", "OPENFIRE.example", "own"})
    void howeverThePublisherSpellsTheAddressIsJudged(String to) {
        String address = to.equals("own") ? alice.bareJid().toUpperCase() : to;
        String attributes = "type='set'" + (to.isEmpty() ? "" : " to='" + address + "'");
        String large = "<devices xmlns='" + OMEMO_2 + "'>" + "<device id='1'/>".repeat(20_000) + "</devices>";

        assertThat(alice.request(attributes, publish(NODE, "current", large, "")).xml()).contains("payload-too-big");
        assertThat(alice.request(attributes, publish(NODE, "current", large, "").replace("<pubsub xmlns=", "<p:any xmlns:p=")
            .replace("</pubsub>", "</p:any>").replace("<publish", "<p:publish").replace("</publish", "</p:publish")
            .replace("<item", "<p:item").replace("</item", "</p:item")).xml()).contains("payload-too-big");
        assertThat(alice.request(attributes, publish(NODE, "current", large, "").replace("<publish ",
            "<retract node='urn:other'/><items node='urn:other'/><publish ")).xml()).contains("payload-too-big");

        assertThat(get(bob, NODE).xml()).contains("item-not-found");
    }

    @Test
    void privateXmlIsNotPublishedInTheNodes() {
        assertSuccess(set(publish(NODE, "current", list(OMEMO_2, 1), MAX)));

        assertThat(set("<query xmlns='jabber:iq:private'><devices xmlns='" + NODE + "'><device id='666'/></devices></query>")
            .type()).isEqualTo("error");
        assertSuccess(set("<query xmlns='jabber:iq:private'><notes xmlns='urn:notes'/></query>"));

        assertThat(get(bob, NODE).xml()).contains("<device id=\"1\"/>");
    }

    @Test
    void whatOtherServersSayOfTheirAccountsIsNotTouched() {
        server.receiveFromRemote("<iq type='result' id='far' from='eve@remote.example' to='" + alice.jid()
            + "'><query xmlns='http://jabber.org/protocol/disco#info'><identity category='pubsub' type='pep'/></query></iq>");

        assertThat(alice.await(received -> received.id().equals("far")).xml()).doesNotContain("config-node-max");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a&quot;b&lt;&amp;&apos;", "\uD83D\uDE00", "\u202E\u05D0"})
    void whateverTheIdOfAnItemNobodysStreamBreaks(String id) {
        set(publish(bundleNode(OMEMO_2, 1), id, bundle(OMEMO_2), MAX));

        assertThat(get(bob, bundleNode(OMEMO_2, 1)).type()).isIn("result", "error");
        bob.barrier();
    }

    @Test
    void aPayloadAsDeepAsThePublisherLikesIsAnswered() {
        String deep = "<devices xmlns='" + OMEMO_2 + "'>" + "<a>".repeat(15_000) + "</a>".repeat(15_000) + "</devices>";

        assertThat(set(publish(NODE, "current", deep, "")).type()).isIn("result", "error");
        assertThat(get(bob, NODE).type()).isIn("result", "error");
        assertSuccess(set(publish(NODE, "current", list(OMEMO_2, 1), MAX)));
        assertThat(get(bob, NODE).xml()).contains("<device id=\"1\"/>");
    }

    /** From 4.6 on Openfire leaves behind what a deleted account had published; 4.2 does not, so that it is put there. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whoeverTakesOverAnAddressBeginsWithoutKeys(boolean askedBefore) throws SQLException {
        assertSuccess(set(publish(NODE, "current", list(OMEMO_2, 1), MAX)));
        assertSuccess(set(publish(bundleNode(OMEMO_2, 1), "1", bundle(OMEMO_2), MAX)));
        String heir = "heir-side" + tests;
        String address = heir + "@" + server.domain();
        try (Connection connection = DbConnectionManager.getConnection()) {
            for (String table : List.of("ofPubsubNode", "ofPubsubItem", "ofPubsubAffiliation")) {
                try (PreparedStatement rename = connection.prepareStatement(
                    "UPDATE " + table + " SET serviceID=? WHERE serviceID=?")) {
                    rename.setString(1, address);
                    rename.setString(2, alice.bareJid());
                    assertThat(rename.executeUpdate()).isPositive();
                }
            }
        }
        String ask = "type='get' to='" + address + "'";
        if (askedBefore) {
            assertThat(bob.request(ask, items(NODE, "")).xml()).contains("service-unavailable");
        }

        server.createUser(heir, "secret");

        assertThat(bob.request(ask, items(NODE, "")).xml()).contains("item-not-found");
        assertThat(bob.request(ask, items(bundleNode(OMEMO_2, 1), "")).xml()).contains("item-not-found");
        try (TestClient owner = TestClient.login(server, heir, "secret")) {
            assertSuccess(owner.request("type='set'", publish(NODE, "current", list(OMEMO_2, 2), MAX)));
        }
        assertThat(bob.request(ask, items(NODE, "")).xml()).contains("<device id=\"2\"/>");
    }

    @Test
    void aRequestAtWhichOpenfireFailsIsAnsweredAndTriedOnce() {
        assertThat(set("<pubsub xmlns='http://jabber.org/protocol/pubsub'><publish><item/></publish></pubsub>").xml())
            .contains("internal-server-error");

        assertThat(server.logText(mark)).containsOnlyOnce("PubSubHandler").contains("Openfire failed");
    }

    @Test
    void anOperatorWhoSwitchesPersonalEventingOffHasNone() {
        assertSuccess(set(publish(NODE, "current", list(OMEMO_2, 1), MAX)));
        server.setProperty(EVENTING, "false");

        assertThat(set(publish(NODE, "current", list(OMEMO_2, 2), MAX)).xml()).contains("service-unavailable");
        assertThat(get(bob, NODE).xml()).contains("service-unavailable");
    }

    private Received set(String pubsub) {
        return alice.request("type='set'", pubsub);
    }

    private Received get(TestClient asker, String node) {
        return asker.request("type='get' to='" + alice.bareJid() + "'", items(node, ""));
    }

    private static void assertSuccess(Received reply) {
        assertThat(reply.type()).as(reply.xml()).isEqualTo("result");
    }
}

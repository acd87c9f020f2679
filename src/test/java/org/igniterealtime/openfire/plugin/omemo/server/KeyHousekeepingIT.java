package org.igniterealtime.openfire.plugin.omemo.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.igniterealtime.openfire.plugin.omemo.server.PublishedKeys.LEGACY;
import static org.igniterealtime.openfire.plugin.omemo.server.PublishedKeys.MAX;
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
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.dom4j.Element;
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

/** An admin looks after the keys of others by the ad-hoc command, and real clients see what comes of it. */
@ExtendWith(OpenfireExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KeyHousekeepingIT {

    private static final String NODE = bundleNode(OMEMO_2, 1);

    private final EmbeddedOpenfire server;
    private int tests;
    private int mark;
    private TestClient admin;
    private TestClient alice;
    private TestClient bob;

    KeyHousekeepingIT(EmbeddedOpenfire server) {
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
        admin = TestClient.login(server, "admin", EmbeddedOpenfire.ADMIN_PASSWORD);
        alice = login("alice");
        bob = login("bob");
    }

    private TestClient login(String name) {
        server.createUser(name + "-house" + tests, "secret");
        return TestClient.login(server, name + "-house" + tests, "secret");
    }

    @AfterEach
    void logOut() {
        admin.close();
        alice.close();
        bob.close();
        assertThat(server.stackTraces(mark)).isEmpty();
    }

    @Test
    void aNodeThatIsClosedAndForgetfulIsRepairedWithoutItsOwner() throws Exception {
        publishAll(OMEMO_2, 1);
        assertSuccess(set(configure(NODE, field("access_model", "whitelist") + field("persist_items", "1")
            + field("max_items", "1"))));
        assertThat(get(items(NODE, "")).type()).isEqualTo("error");
        int before = auditEntries().size();

        Received dry = order("look", alice.bareJid(), true, false);
        assertThat(lines(dry, "totals")).hasSize(2);
        assertThat(lines(dry, "found")).containsExactlyInAnyOrder(
            alice.bareJid() + " " + NODE + ": closed-node (pubsub#access_model=whitelist)",
            alice.bareJid() + " " + NODE + ": wrong-configuration (pubsub#persist_items=1, pubsub#max_items=1)");
        assertThat(lines(dry, "changes")).containsExactly(alice.bareJid() + " " + NODE
            + ": configure pubsub#access_model=open, pubsub#max_items=2000, pubsub#persist_items=1");
        assertThat(get(items(NODE, "")).type()).isEqualTo("error");
        assertThat(maxItems()).isEqualTo("1");
        assertThat(auditEntries()).hasSize(before);

        Received careful = order("repair", alice.bareJid(), false, false);
        assertThat(lines(careful, "changes")).hasSize(1);
        assertThat(maxItems()).isEqualTo("2000");
        assertThat(get(items(NODE, "")).type()).isEqualTo("error");

        order("repair", alice.bareJid(), true, false);
        assertThat(itemIds(get(items(NODE, "")))).containsExactly("1");
        assertThat(lines(order("look", alice.bareJid(), true, true), "changes")).isEmpty();

        assertThat(auditEntries()).hasSize(before + 2);
        assertThat(auditEntries().get(before + 1)).startsWith("admin@" + server.domain() + "|")
            .contains(alice.bareJid(), NODE + ": configure pubsub#access_model=open");
    }

    @ParameterizedTest
    @ValueSource(strings = {LEGACY, OMEMO_2})
    void aDeadDeviceLeavesTheListAndContactsAreTold(String family) throws Exception {
        publishAll(family, 1);
        assertSuccess(set(publish(listNode(family), "current", list(family, 1, 2), MAX)));
        assertSuccess(bob.request("type='set' to='" + alice.bareJid() + "'", "<pubsub xmlns='http://jabber.org/protocol/pubsub'>"
            + "<subscribe node='" + listNode(family) + "' jid='" + bob.bareJid() + "'/></pubsub>"));
        assertThat(lines(order("repair", alice.bareJid(), false, true), "found"))
            .containsExactly(alice.bareJid() + " " + listNode(family) + ": device-without-bundle 2");
        makeOlder(Duration.ofDays(8));
        assertThat(get(items(listNode(family), "")).xml()).contains("<device id=\"2\"");
        bob.forget();

        assertThat(lines(order("repair", alice.bareJid(), true, false), "changes")).isEmpty();
        Received repaired = order("repair", alice.bareJid(), false, true);

        assertThat(lines(repaired, "changes"))
            .containsExactly(alice.bareJid() + " " + listNode(family) + ": publish the list without 2");
        assertThat(get(items(listNode(family), "")).xml()).contains("<device id=\"1\"").doesNotContain("<device id=\"2\"");
        bob.awaitMessage(message -> message.xml().contains("pubsub#event") && message.xml().contains("<device id=\"1\"")
            && !message.xml().contains("<device id=\"2\""));
        assertThat(itemIds(get(items(bundleNode(family, 1), "")))).containsExactly(itemOf(family, 1));
    }

    @ParameterizedTest
    @ValueSource(strings = {LEGACY, OMEMO_2})
    void anAbandonedBundleIsRemoved(String family) throws Exception {
        publishAll(family, 1);
        assertSuccess(set(publish(bundleNode(family, 7), itemOf(family, 7), bundle(family), MAX)));
        assertThat(lines(order("repair", alice.bareJid(), false, true), "found"))
            .containsExactly(alice.bareJid() + " " + bundleNode(family, 7) + ": bundle-without-device 7");
        makeOlder(Duration.ofDays(8));

        assertThat(lines(order("repair", alice.bareJid(), false, true), "changes")).hasSize(1);

        String ask = items(bundleNode(family, 7), "<item id='" + itemOf(family, 7) + "'/>");
        assertThat(get(ask).xml()).doesNotContain("prekeys");
        assertThat(itemIds(get(items(bundleNode(family, 1), "")))).containsExactly(itemOf(family, 1));
    }

    @Test
    void allAccountsAreLookedAtAndRepaired() throws Exception {
        publishAll(OMEMO_2, 1);
        assertSuccess(bob.request("type='set'", publish(listNode(LEGACY), "current", list(LEGACY, 9), MAX)));
        assertSuccess(set(configure(NODE, field("max_items", "1") + field("persist_items", "1"))));

        Received repaired = order("repair", "", true, false);

        assertThat(Integer.parseInt(lines(repaired, "accounts").get(0))).isGreaterThanOrEqualTo(2);
        assertThat(lines(repaired, "failed")).containsExactly("0");
        assertThat(lines(repaired, "found"))
            .contains(bob.bareJid() + " " + listNode(LEGACY) + ": device-without-bundle 9");
        assertThat(lines(repaired, "changes")).anyMatch(line -> line.startsWith(alice.bareJid() + " " + NODE));
        assertThat(maxItems()).isEqualTo("2000");
        assertThat(lines(order("progress", "", false, false), "changes")).isEqualTo(lines(repaired, "changes"));
    }

    @Test
    void nobodyButAdminsMayDoIt() {
        assertThat(command(bob, "").xml()).contains("forbidden");
        assertThat(command(bob, "").type()).isEqualTo("error");
    }

    @Test
    void whatIsNoOrderIsNotCarriedOut() {
        assertThat(order("look", "not an@address@", false, false).xml()).contains("<note type=\"error\">");
        assertThat(order("look", server.domain(), false, false).xml()).contains("<note type=\"error\">");
        assertThat(order("burn", "", false, false).xml()).contains("<note type=\"error\">");
    }

    @Test
    void whoIsNotThereHasNothingToRepair() {
        Received reply = order("repair", "nosuch@" + server.domain(), true, true);

        assertThat(lines(reply, "found")).isEmpty();
        assertThat(lines(reply, "changes")).isEmpty();
        assertThat(lines(order("repair", "alice@elsewhere.example", true, true), "changes")).isEmpty();
    }

    private void publishAll(String family, int device) {
        assertSuccess(set(publish(listNode(family), "current", list(family, device), MAX)));
        assertSuccess(set(publish(bundleNode(family, device), itemOf(family, device), bundle(family), MAX)));
    }

    /** As if everything of Alice's had been stored so much earlier. */
    private void makeOlder(Duration age) throws Exception {
        String then = String.format("%015d", Instant.now().minus(age).toEpochMilli());
        for (String column : List.of("ofPubsubItem SET creationDate", "ofPubsubNode SET modificationDate")) {
            try (Connection connection = DbConnectionManager.getConnection(); PreparedStatement update =
                connection.prepareStatement("UPDATE " + column + "=? WHERE serviceID=?")) {
                update.setString(1, then);
                update.setString(2, alice.bareJid());
                assertThat(update.executeUpdate()).isPositive();
            }
        }
    }

    private static List<String> auditEntries() throws Exception {
        List<String> entries = new ArrayList<>();
        try (Connection connection = DbConnectionManager.getConnection(); PreparedStatement query = connection
            .prepareStatement("SELECT username, summary, details FROM ofSecurityAuditLog ORDER BY msgID")) {
            for (var rows = query.executeQuery(); rows.next(); ) {
                entries.add(rows.getString(1) + "|" + rows.getString(2) + "|" + rows.getString(3));
            }
        }
        return entries;
    }

    private Received order(String action, String account, boolean openClosed, boolean removeDead) {
        Received form = command(admin, "");
        assertThat(form.xml()).contains("list-single", "remove-dead");
        String session = form.element().element("command").attributeValue("sessionid");
        String fields = value("action", action) + value("account", account)
            + value("open-closed", openClosed ? "1" : "0") + value("remove-dead", removeDead ? "true" : "false");
        Received reply = admin.request("type='set' to='" + server.domain() + "'",
            "<command xmlns='http://jabber.org/protocol/commands' node='" + KeyRepairCommand.CODE + "' sessionid='" + session
                + "'><x xmlns='jabber:x:data' type='submit'>" + fields + "</x></command>");
        assertThat(reply.element().element("command").attributeValue("status")).isEqualTo("completed");
        return reply;
    }

    private Received command(TestClient client, String content) {
        return client.request("type='set' to='" + server.domain() + "'", "<command xmlns='http://jabber.org/protocol/commands'"
            + " action='execute' node='" + KeyRepairCommand.CODE + "'>" + content + "</command>");
    }

    private static String value(String name, String value) {
        return "<field var='" + name + "'><value>" + value + "</value></field>";
    }

    private static List<String> lines(Received reply, String field) {
        for (Object element : reply.element().element("command").element("x").elements("field")) {
            if (((Element) element).attributeValue("var").equals(field)) {
                List<Element> values = ((Element) element).elements("value");
                return values.stream().map(Element::getText).collect(Collectors.toList());
            }
        }
        throw new AssertionError("No field " + field + " in " + reply.xml());
    }

    private String maxItems() {
        String form = alice.request("type='get'", owner("<configure node='" + NODE + "'/>")).xml().replace('\'', '"');
        return form.replaceAll("(?s).*var=\"pubsub#max_items\"[^>]*>(?:<[^v][^>]*/>)*<value>(\\d+)</value>.*", "$1");
    }

    private Received set(String pubsub) {
        return alice.request("type='set'", pubsub);
    }

    private Received get(String pubsub) {
        return bob.request("type='get' to='" + alice.bareJid() + "'", pubsub);
    }

    private static void assertSuccess(Received reply) {
        assertThat(reply.type()).as(reply.xml()).isEqualTo("result");
    }

    private static List<String> itemIds(Received reply) {
        assertSuccess(reply);
        List<Element> items = reply.element().element("pubsub").element("items").elements();
        return items.stream().map(item -> item.attributeValue("id")).collect(Collectors.toList());
    }
}

package org.igniterealtime.openfire.plugin.omemo.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.dom4j.DocumentException;
import org.dom4j.DocumentHelper;
import org.dom4j.Element;
import org.igniterealtime.openfire.plugin.omemo.embedded.EmbeddedOpenfire;
import org.igniterealtime.openfire.plugin.omemo.embedded.OpenfireExtension;
import org.igniterealtime.openfire.plugin.omemo.embedded.TestClient;
import org.igniterealtime.openfire.plugin.omemo.keys.AccountKeys;
import org.igniterealtime.openfire.plugin.omemo.keys.KeyTimes;
import org.igniterealtime.openfire.plugin.omemo.keys.NodeConfiguration;
import org.igniterealtime.openfire.plugin.omemo.keys.PublishedNode;
import org.igniterealtime.openfire.plugin.omemo.protocol.BareJid;
import org.jivesoftware.database.DbConnectionManager;
import org.jivesoftware.openfire.XMPPServer;
import org.jivesoftware.openfire.pep.PEPServiceManager;
import org.jivesoftware.openfire.pubsub.LeafNode;
import org.jivesoftware.openfire.pubsub.PubSubPersistenceManager;
import org.jivesoftware.openfire.pubsub.PubSubService;
import org.jivesoftware.openfire.roster.Roster;
import org.jivesoftware.openfire.roster.RosterItem;
import org.jivesoftware.util.cache.Cache;
import org.jivesoftware.util.cache.CacheFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.xmpp.packet.JID;

/** The adapter to Openfire's nodes, with a real server and its database, and without the plugin. */
@ExtendWith(OpenfireExtension.class)
class PepNodesTest {

    private static final String DEVICES = "urn:xmpp:omemo:1:devices";
    private static final String BUNDLES = "urn:xmpp:omemo:1:bundles";
    private static final Map<String, String> ONE_ITEM = fields("open", 1);
    private static final Map<String, String> MANY_ITEMS = fields("open", 50);

    private static int accounts;

    private final EmbeddedOpenfire server;
    private final PepNodes nodes = new PepNodes(XMPPServer.getInstance());
    private JID account;
    private BareJid owner;

    PepNodesTest(EmbeddedOpenfire server) {
        this.server = server;
    }

    @BeforeEach
    void anAccount() {
        String name = "pep" + ++accounts;
        server.createUser(name, "secret");
        account = new JID(name, server.domain(), null);
        owner = bareJid(account);
    }

    @Test
    void anAccountThatPublishedNothingHasNoKeysAndGetsNoService() throws Exception {
        assertThat(nodes.read(owner)).isSameAs(AccountKeys.NONE);
        assertThat(nodes.configuration(owner, DEVICES)).isEmpty();
        nodes.retract(owner, DEVICES, List.of("1"));
        nodes.delete(owner, DEVICES);

        assertThat(count("ofPubsubNode")).isZero();
    }

    @Test
    void whoIsNoAccountOfThisServerHasNoKeys() {
        for (String nobody : List.of("nobody@" + server.domain(), "alice@elsewhere.example", server.domain())) {
            BareJid jid = BareJid.of(nobody).orElseThrow();

            assertThat(nodes.read(jid)).isSameAs(AccountKeys.NONE);
            assertThatThrownBy(() -> nodes.configure(jid, DEVICES, ONE_ITEM)).isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void aNodeIsMadeAsItIsWantedAndIsInTheDatabaseAtOnce() throws Exception {
        nodes.configure(owner, BUNDLES, MANY_ITEMS);

        assertThat(nodes.configuration(owner, BUNDLES)).contains(new NodeConfiguration("open", true, 50));
        assertThat(new StoredKeys().configuration(account, BUNDLES)).contains(new NodeConfiguration("open", true, 50));
    }

    @Test
    void aNodeWithoutWishesGetsTheDefaultsOfTheServer() {
        nodes.configure(owner, DEVICES, Map.of());

        assertThat(nodes.configuration(owner, DEVICES)).contains(new NodeConfiguration("presence", false, 1));
    }

    @Test
    void whatIsPublishedIsReadAgainInBothWays() {
        nodes.configure(owner, DEVICES, ONE_ITEM);

        publish(DEVICES, "current", devices(1));

        PublishedNode expected = new PublishedNode(new NodeConfiguration("open", true, 1), true, Map.of("current", devices(1)));
        assertThat(readObjects().node(DEVICES)).contains(expected);
        assertThat(readTables().node(DEVICES)).contains(expected);
    }

    @Test
    void anotherConfigurationLeavesTheItemsWhereTheyAre() {
        nodes.configure(owner, BUNDLES, fields("presence", 1));
        publish(BUNDLES, "1", bundle("one"));

        nodes.configure(owner, BUNDLES, MANY_ITEMS);
        publish(BUNDLES, "2", bundle("two"));

        for (AccountKeys keys : List.of(readObjects(), readTables())) {
            PublishedNode node = keys.node(BUNDLES).orElseThrow();
            assertThat(node.configuration()).isEqualTo(new NodeConfiguration("open", true, 50));
            assertThat(node.items()).containsOnlyKeys("1", "2");
        }
    }

    @Test
    void bothWaysShowWhatOpenfireDelivers() throws Exception {
        nodes.configure(owner, DEVICES, ONE_ITEM);
        nodes.configure(owner, BUNDLES, fields("open", 3));
        nodes.configure(owner, "eu.siacs.conversations.axolotl.bundles:7", fields("presence", 1));
        somethingElse();
        publish(DEVICES, "current", devices(1));
        publish(DEVICES, "another", devices(2));
        for (int id = 1; id <= 5; id++) {
            publish(BUNDLES, Integer.toString(id), bundle("\u00e4 &amp; \"" + id + "\" \ud83d\udd11"));
        }
        publish(BUNDLES, "4", bundle("four, once more"));

        AccountKeys keys = readObjects();

        assertThat(readTables()).isEqualTo(keys);
        assertThat(keys.nodes()).containsOnlyKeys(DEVICES, BUNDLES, "eu.siacs.conversations.axolotl.bundles:7");
        assertThat(keys.node("eu.siacs.conversations.axolotl.bundles:7").orElseThrow().everyoneMayRead()).isFalse();
        assertThat(itemsOf(keys, DEVICES)).containsExactly("another");
        assertThat(itemsOf(keys, BUNDLES)).containsExactly("4", "5", "3");
        assertThat(deliveredByOpenfire("<items node='" + BUNDLES + "'/>")).containsExactly(
            item(keys, "3"), item(keys, "5"), item(keys, "4"));
        assertThat(deliveredByOpenfire("<items node='" + BUNDLES + "' max_items='1'/>")).containsExactly(item(keys, "4"));
    }

    @Test
    void whatOpenfireHasNotWrittenYetIsReadAllTheSame() {
        nodes.configure(owner, DEVICES, ONE_ITEM);
        publish(DEVICES, "current", devices(1));

        leaf(DEVICES).publishItems(account, List.of(element("<item id='current'>" + devices(2) + "</item>")));
        assertThat(new StoredKeys().read(account).node(DEVICES).orElseThrow().items()).containsValue(devices(1));

        assertThat(readTables().node(DEVICES).orElseThrow().items()).containsOnly(Map.entry("current", devices(2)));
    }

    /** Openfire 4.2 tells what waits to be written apart by the names of node and item alone. */
    @Test
    void accountsThatPublishAtOnceDoNotGetIntoEachOthersWay() throws Exception {
        List<BareJid> owners = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            anAccount();
            nodes.configure(owner, DEVICES, ONE_ITEM);
            owners.add(owner);
        }
        List<CompletableFuture<Void>> publishers = owners.stream().map(each -> CompletableFuture.runAsync(() -> {
            for (int round = 1; round <= 25; round++) {
                nodes.publish(new JID(each.toString()), each, DEVICES,
                    List.of(element("<item id='current'>" + devices(1000 * (1 + owners.indexOf(each)) + round) + "</item>")));
            }
        }, command -> new Thread(command).start())).toList();
        for (CompletableFuture<Void> publisher : publishers) {
            publisher.get(60, TimeUnit.SECONDS);
        }
        for (int i = 0; i < owners.size(); i++) {
            assertThat(nodes.read(owners.get(i)).node(DEVICES).orElseThrow().items())
                .containsOnly(Map.entry("current", devices(1000 * (1 + i) + 25)));
        }

        nodes.retract(owners.get(0), DEVICES, List.of("current"));
        nodes.purge(owners.get(1), DEVICES);

        assertThat(nodes.read(owners.get(0)).node(DEVICES).orElseThrow().items()).isEmpty();
        assertThat(nodes.read(owners.get(1)).node(DEVICES).orElseThrow().items()).isEmpty();
        assertThat(nodes.read(owners.get(2)).node(DEVICES).orElseThrow().items()).hasSize(1);
        assertThat(nodes.read(owners.get(3)).node(DEVICES).orElseThrow().items()).hasSize(1);
    }

    @Test
    void aChangeIsStoredWhenTheMethodReturnsEvenIfAnotherThreadIsWritingIt() throws Exception {
        nodes.configure(owner, DEVICES, ONE_ITEM);
        AtomicBoolean done = new AtomicBoolean();
        List<Thread> writers = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            Thread writer = new Thread(() -> {
                while (!done.get()) {
                    PubSubPersistenceManager.flushPendingItems(false);
                }
            });
            writer.start();
            writers.add(writer);
        }
        try {
            for (int round = 1; round <= 200; round++) {
                publish(DEVICES, "current", devices(round));
                assertThat(new StoredKeys().read(account).node(DEVICES).orElseThrow().items())
                    .containsOnly(Map.entry("current", devices(round)));
            }
        } finally {
            done.set(true);
            for (Thread writer : writers) {
                writer.join();
            }
        }
    }

    @Test
    void aChangeThatTheDatabaseRefusesFails() {
        PepNodes impatient = new PepNodes(XMPPServer.getInstance(), Duration.ofMillis(100));
        nodes.configure(owner, DEVICES, ONE_ITEM);
        String tooLong = "x".repeat(300);

        assertThatThrownBy(() -> impatient.publish(account, owner, DEVICES,
            List.of(element("<item id='" + tooLong + "'>" + devices(1) + "</item>"))))
            .isInstanceOf(IllegalStateException.class).hasMessageContaining(DEVICES);
    }

    @Test
    void severalItemsAtOnceAreStoredAsFarAsTheyFit() {
        nodes.configure(owner, BUNDLES, fields("open", 2));

        nodes.publish(account, owner, BUNDLES, List.of(element("<item id='1'>" + bundle("one") + "</item>"),
            element("<item id='2'>" + bundle("two") + "</item>"), element("<item id='3'>" + bundle("three") + "</item>")));

        assertThat(readTables().node(BUNDLES).orElseThrow().items()).hasSize(2);
    }

    @Test
    void anOutcastKeepsEveryoneFromReadingUnasked() {
        nodes.configure(owner, DEVICES, ONE_ITEM);
        nodes.configure(owner, BUNDLES, MANY_ITEMS);

        leaf(DEVICES).addOutcast(new JID("mallory@" + server.domain()));

        for (AccountKeys keys : List.of(readObjects(), readTables())) {
            assertThat(keys.node(DEVICES).orElseThrow().everyoneMayRead()).isFalse();
            assertThat(keys.node(BUNDLES).orElseThrow().everyoneMayRead()).isTrue();
        }
    }

    @Test
    void aForgetfulNodeRemembersItsLastItemWhileItIsInMemory() {
        nodes.configure(owner, DEVICES, Map.of("pubsub#access_model", "open"));

        publish(DEVICES, "current", devices(1));

        assertThat(readObjects().node(DEVICES).orElseThrow().items()).containsOnly(Map.entry("current", devices(1)));
        assertThat(readTables().node(DEVICES).orElseThrow().items()).isEmpty();
    }

    @Test
    void whatIsRetractedAndDeletedIsGone() {
        nodes.configure(owner, BUNDLES, MANY_ITEMS);
        nodes.configure(owner, DEVICES, ONE_ITEM);
        publish(BUNDLES, "1", bundle("one"));
        publish(BUNDLES, "2", bundle("two"));

        nodes.retract(owner, BUNDLES, List.of("1", "3"));
        assertThat(itemsOf(readObjects(), BUNDLES)).containsExactly("2");
        assertThat(itemsOf(readTables(), BUNDLES)).containsExactly("2");

        nodes.delete(owner, BUNDLES);
        assertThat(readObjects().nodes()).containsOnlyKeys(DEVICES);
        assertThat(readTables().nodes()).containsOnlyKeys(DEVICES);
    }

    @Test
    void anItemThatWasOnlyInMemoryIsStoredWithTheNodeThatKeepsItems() {
        nodes.configure(owner, BUNDLES, Map.of());
        publish(BUNDLES, "1", bundle("one"));

        nodes.configure(owner, BUNDLES, MANY_ITEMS);
        publish(BUNDLES, "2", bundle("two"));

        assertThat(readTables().node(BUNDLES).orElseThrow().items())
            .containsExactly(Map.entry("2", bundle("two")), Map.entry("1", bundle("one")));
    }

    @Test
    void whatIsPurgedIsGoneAtOnce() throws Exception {
        nodes.configure(owner, BUNDLES, MANY_ITEMS);
        publish(BUNDLES, "1", bundle("one"));
        publish(BUNDLES, "2", bundle("two"));

        nodes.purge(owner, BUNDLES);

        assertThat(deliveredByOpenfire("<items node='" + BUNDLES + "'/>")).isEmpty();
        assertThat(itemsOf(readObjects(), BUNDLES)).isEmpty();
        assertThat(itemsOf(readTables(), BUNDLES)).isEmpty();
    }

    @Test
    void thereIsNothingToPublishToWithoutANode() {
        assertThatThrownBy(() -> publish(DEVICES, "current", devices(1))).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void contactsAreSubscribedToTheServiceThatAnAccountGetsWithItsFirstNode() throws Exception {
        server.createUser(account.getNode() + "-contact", "secret");
        JID contact = new JID(account.getNode() + "-contact", server.domain(), null);
        Roster roster = XMPPServer.getInstance().getRosterManager().getRoster(account.getNode());
        RosterItem item = roster.createRosterItem(contact, false, true);
        item.setSubStatus(RosterItem.SUB_FROM);
        roster.updateRosterItem(item);

        nodes.configure(owner, DEVICES, ONE_ITEM);

        assertThat(manager().getPEPService(owner.toString()).getRootCollectionNode().getAllSubscriptions())
            .singleElement().satisfies(subscription -> assertThat(subscription.getJID()).isEqualTo(contact));
    }

    @Test
    void subscribersAreToldOfWhatIsPublishedAndOfWhatIsRetracted() {
        nodes.configure(owner, DEVICES, ONE_ITEM);
        String readerName = account.getNode() + "-reader";
        server.createUser(readerName, "secret");
        try (TestClient reader = TestClient.login(server, readerName, "secret")) {
            reader.request("type='set' to='" + owner + "'", "<pubsub xmlns='http://jabber.org/protocol/pubsub'><subscribe"
                + " node='" + DEVICES + "' jid='" + reader.jid() + "'/></pubsub>");

            publish(DEVICES, "current", devices(1));
            nodes.retract(owner, DEVICES, List.of("current"));
            reader.barrier();

            assertThat(reader.messages()).anySatisfy(message -> assertThat(message.xml()).contains(devices(1)))
                .anySatisfy(message -> assertThat(message.xml()).contains("<retract id=\"current\"/>"));
        }
    }

    @Test
    void anAccountWithTooMuchIsNotRead() {
        nodes.configure(owner, BUNDLES, MANY_ITEMS);
        publish(BUNDLES, "1", bundle("x".repeat(500)));
        publish(BUNDLES, "2", bundle("x".repeat(500)));

        assertThat(new StoredKeys(2_000).read(account).nodes()).isNotEmpty();
        assertThatThrownBy(() -> new StoredKeys(1_000).read(account)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void whatIsNoElementInTheDatabaseIsLeftOut() throws Exception {
        nodes.configure(owner, DEVICES, ONE_ITEM);
        publish(DEVICES, "current", devices(1));
        try (Connection connection = DbConnectionManager.getConnection(); PreparedStatement change =
            connection.prepareStatement("UPDATE ofPubsubItem SET payload=? WHERE serviceID=?")) {
            change.setString(1, devices(1).substring(0, 20));
            change.setString(2, owner.toString());
            change.executeUpdate();
        }

        assertThat(readTables().node(DEVICES).orElseThrow().items()).containsOnly(Map.entry("current", ""));
    }

    @Test
    void whatIsNoXmlThoughOpenfireTakesItIsLeftOut() {
        nodes.configure(owner, DEVICES, ONE_ITEM);
        Element item = element("<item id='current'>" + devices(1) + "</item>");
        item.elements().get(0).addText("\u0001");

        nodes.publish(account, owner, DEVICES, List.of(item));

        assertThat(readObjects().node(DEVICES).orElseThrow().items()).containsOnly(Map.entry("current", ""));
        assertThat(readTables().node(DEVICES).orElseThrow().items()).containsOnly(Map.entry("current", ""));
    }

    /** From 4.6 on Openfire leaves behind what was published; 4.2 does not, so that it is put there. */
    @Test
    void whatADeletedAccountLeavesBehindIsNobodysKeys() throws Exception {
        nodes.configure(owner, DEVICES, ONE_ITEM);
        publish(DEVICES, "current", devices(1));
        JID gone = new JID("gone" + accounts, server.domain(), null);
        try (Connection connection = DbConnectionManager.getConnection()) {
            for (String table : List.of("ofPubsubNode", "ofPubsubItem")) {
                try (PreparedStatement rename = connection.prepareStatement(
                    "UPDATE " + table + " SET serviceID=? WHERE serviceID=?")) {
                    rename.setString(1, gone.toBareJID());
                    rename.setString(2, account.toBareJID());
                    assertThat(rename.executeUpdate()).isPositive();
                }
            }
        }

        assertThat(new StoredKeys().read(gone).nodes()).containsKey(DEVICES);
        assertThat(nodes.read(bareJid(gone))).isSameAs(AccountKeys.NONE);
    }

    @Test
    void accountsWithKeysAreListedPageByPage() {
        List<BareJid> expected = new ArrayList<>();
        for (String node : List.of(DEVICES, "eu.siacs.conversations.axolotl.bundles:5", BUNDLES)) {
            anAccount();
            nodes.configure(owner, node, Map.of());
            expected.add(owner);
        }
        anAccount();
        manager().create(account);
        somethingElse();

        List<BareJid> listed = new ArrayList<>();
        List<BareJid> page = nodes.owners(null, 2);
        while (!page.isEmpty()) {
            assertThat(page).hasSizeLessThanOrEqualTo(2);
            listed.addAll(page);
            page = nodes.owners(page.get(page.size() - 1), 2);
        }

        assertThat(listed).containsAll(expected).doesNotContain(owner).doesNotHaveDuplicates();
    }

    /** A node that is not OMEMO's. */
    private void somethingElse() {
        PubSubService service = manager().getPEPService(owner.toString());
        LeafNode node = new LeafNode(service, service.getRootCollectionNode(), "urn:xmpp:bookmarks:1", account);
        node.addOwner(account);
        node.saveToDB();
        node.publishItems(account, List.of(element("<item id='a'><conference xmlns='urn:xmpp:bookmarks:1'/></item>")));
    }

    private void publish(String node, String id, String payload) {
        nodes.publish(account, owner, node, List.of(element("<item id='" + id + "'>" + payload + "</item>")));
    }

    private AccountKeys readObjects() {
        assertThat(manager().getPEPService(owner.toString())).isNotNull();
        return nodes.read(owner);
    }

    private AccountKeys readTables() {
        evict();
        AccountKeys keys = nodes.read(owner);
        assertThat(manager().hasCachedService(account)).isFalse();
        return keys;
    }

    private List<String> deliveredByOpenfire(String items) {
        try (TestClient client = TestClient.login(server, account.getNode(), "secret")) {
            String answer = client.request("type='get' to='" + owner + "'",
                "<pubsub xmlns='http://jabber.org/protocol/pubsub'>" + items + "</pubsub>").xml();
            List<String> found = new ArrayList<>();
            for (int from = answer.indexOf("<item "); from >= 0; from = answer.indexOf("<item ", from + 1)) {
                found.add(answer.substring(from, answer.indexOf("</item>", from) + "</item>".length()));
            }
            return found;
        }
    }

    private static String item(AccountKeys keys, String id) {
        return "<item id=\"" + id + "\">" + keys.node(BUNDLES).orElseThrow().items().get(id) + "</item>";
    }

    @Test
    void tellsWhenANodeWasConfiguredAndWhenItsItemsWerePublished() throws Exception {
        assertThat(nodes.times(owner)).isEqualTo(KeyTimes.UNKNOWN);
        Instant begin = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        nodes.configure(owner, BUNDLES, MANY_ITEMS);
        publish(BUNDLES, "7", bundle("a"));
        KeyTimes first = nodes.times(owner);
        Thread.sleep(20);

        nodes.configure(owner, BUNDLES, fields("presence", 50));
        KeyTimes second = nodes.times(owner);

        assertThat(first.configured().get(BUNDLES)).isBetween(begin, Instant.now());
        assertThat(first.items().get(BUNDLES).get("7")).isBetween(begin, Instant.now());
        assertThat(second.configured().get(BUNDLES)).isAfter(first.configured().get(BUNDLES));
        assertThat(second.items()).isEqualTo(first.items());
    }

    private static Iterable<String> itemsOf(AccountKeys keys, String node) {
        return keys.node(node).orElseThrow().items().keySet();
    }

    private LeafNode leaf(String node) {
        PubSubService service = manager().getPEPService(owner.toString());
        return (LeafNode) service.getNode(node);
    }

    private static PEPServiceManager manager() {
        return XMPPServer.getInstance().getIQPEPHandler().getServiceManager();
    }

    /** As if it had been long since anybody asked for a service. */
    private static void evict() {
        for (Cache<?, ?> cache : CacheFactory.getAllCaches()) {
            if (cache.getName().equals("PEPServiceManager")) {
                cache.clear();
            }
        }
    }

    private int count(String table) throws Exception {
        try (Connection connection = DbConnectionManager.getConnection(); PreparedStatement query =
            connection.prepareStatement("SELECT * FROM " + table + " WHERE serviceID=?")) {
            query.setString(1, owner.toString());
            int rows = 0;
            for (var found = query.executeQuery(); found.next(); ) {
                rows++;
            }
            return rows;
        }
    }

    private static BareJid bareJid(JID jid) {
        return BareJid.of(jid.toBareJID()).orElseThrow();
    }

    private static Map<String, String> fields(String accessModel, int maxItems) {
        return Map.of("pubsub#access_model", accessModel, "pubsub#persist_items", "1", "pubsub#max_items",
            Integer.toString(maxItems));
    }

    private static String devices(int id) {
        return "<devices xmlns=\"urn:xmpp:omemo:1\"><device id=\"" + id + "\"/></devices>";
    }

    private static String bundle(String text) {
        return "<bundle xmlns=\"urn:xmpp:omemo:1\"><ik>" + text + "</ik></bundle>";
    }

    private static Element element(String xml) {
        try {
            return DocumentHelper.parseText(xml).getRootElement();
        } catch (DocumentException e) {
            throw new IllegalArgumentException(xml, e);
        }
    }
}

package org.igniterealtime.openfire.plugin.omemo.server;

import static org.igniterealtime.openfire.plugin.omemo.server.PublishedKeys.bundle;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.dom4j.DocumentHelper;
import org.dom4j.Element;
import org.igniterealtime.openfire.plugin.omemo.database.TestDatabase;
import org.igniterealtime.openfire.plugin.omemo.database.TestDatabases;
import org.igniterealtime.openfire.plugin.omemo.keys.AccountKeys;
import org.igniterealtime.openfire.plugin.omemo.keys.KeyDirectory;
import org.igniterealtime.openfire.plugin.omemo.keys.NodeConfiguration;
import org.igniterealtime.openfire.plugin.omemo.keys.PublishedNode;
import org.igniterealtime.openfire.plugin.omemo.protocol.BareJid;
import org.igniterealtime.openfire.plugin.omemo.protocol.Family;
import org.igniterealtime.openfire.plugin.omemo.stats.Sightings;
import org.igniterealtime.openfire.plugin.omemo.store.DeviceTable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DeviceObserverTest {

    private static final BareJid ALICE = BareJid.of("alice@example.org").orElseThrow();
    private static final long NOW = 1_800_000_000_000L;

    private final Map<String, Map<String, String>> stored = new HashMap<>();
    private final Sightings sightings = new Sightings();
    private final KeyDirectory directory = new KeyDirectory(this::read, 1 << 20);
    private TestDatabase database;
    private boolean dead;
    private BareJid unobserved;
    private DeviceObserver observer;

    @BeforeEach
    void create() throws SQLException, IOException {
        database = TestDatabases.HSQLDB.create();
        observer = new DeviceObserver(directory, new DeviceTable(() -> {
            if (dead) {
                throw new SQLException("no database");
            }
            return database.open();
        }), sightings, account -> account.equals(unobserved));
        observer.observe(true);
        directory.watch(observer);
    }

    @AfterEach
    void close() throws SQLException {
        directory.close();
        database.close();
    }

    private AccountKeys read(BareJid owner) {
        Map<String, PublishedNode> nodes = new HashMap<>();
        if (owner.equals(ALICE)) {
            stored.forEach((node, items) -> nodes.put(node, new PublishedNode(NodeConfiguration.ABSENT, true, items)));
        }
        return AccountKeys.of(nodes);
    }

    private void list(Family family, int... devices) {
        stored.put(family.deviceListNode(), Map.of("current", PublishedKeys.list(family.namespace(), devices)));
        directory.forget(ALICE);
    }

    private void publish(Family family, int device) throws Exception {
        String node = family.bundleNode(device);
        String id = PublishedKeys.itemOf(family.namespace(), device);
        String xml = bundle(family.namespace());
        Map<String, String> items = new HashMap<>(stored.getOrDefault(node, Map.of()));
        items.put(id, xml);
        stored.put(node, items);
        directory.forget(ALICE);
        Element item = DocumentHelper.createElement("item").addAttribute("id", id);
        item.add(DocumentHelper.parseText(xml).getRootElement());
        observer.published(ALICE, Family.ofNode(node).orElseThrow(), List.of(item), NOW);
    }

    private List<String> devices() throws SQLException {
        return database.select("SELECT deviceId FROM ofOmemoDevice WHERE listed=1 ORDER BY deviceId");
    }

    @ParameterizedTest
    @EnumSource
    void whatIsReadIsWrittenWithItsFingerprint(Family family) throws Exception {
        list(family, 1, 2);
        stored.put(family.bundleNode(1), Map.of(PublishedKeys.itemOf(family.namespace(), 1), bundle(family.namespace())));
        directory.forget(ALICE);
        directory.read(ALICE).join();
        observer.write(NOW, false);
        assertThat(devices()).containsExactly("1", "2");
        assertThat(database.select("SELECT fingerprint FROM ofOmemoIdentity")).singleElement().asString().matches("[0-9a-f]{64}");
        assertThat(database.select("SELECT account FROM ofOmemoDevice WHERE lastPublished IS NOT NULL")).isEmpty();
        list(family, 2);
        directory.read(ALICE).join();
        observer.write(NOW, false);
        assertThat(devices()).containsExactly("2");
    }

    /** As clients do it. */
    @Test
    void aBundleThatIsPublishedBeforeItsListIsRememberedWhenTheListIsThere() throws Exception {
        publish(Family.OMEMO_1, 7);
        observer.write(NOW + 1, false);
        assertThat(devices()).isEmpty();
        list(Family.OMEMO_1, 7);
        directory.read(ALICE).join();
        observer.write(NOW + 2, false);
        assertThat(devices()).containsExactly("7");
        assertThat(database.select("SELECT lastPublished FROM ofOmemoDevice")).containsExactly(Long.toString(NOW));
        assertThat(database.select("SELECT firstSeen FROM ofOmemoIdentity")).containsExactly(Long.toString(NOW));
    }

    @Test
    void aDeviceIsSeenOnlyIfItIsListed() throws Exception {
        list(Family.OMEMO_1, 7);
        sightings.note(ALICE.toString(), Family.OMEMO_1, 7, NOW);
        sightings.note(ALICE.toString(), Family.OMEMO_1, 8, NOW);
        sightings.note(ALICE.toString(), Family.OMEMO_2, 7, NOW);
        sightings.note("bob@example.org", Family.OMEMO_2, 7, NOW);
        observer.write(NOW, false);
        assertThat(database.select("SELECT lastSeen FROM ofOmemoDevice")).containsExactly(Long.toString(NOW));
    }

    private List<String> unanswered() throws SQLException {
        return database.select("SELECT unanswered FROM ofOmemoDevice WHERE familyLabel='0.4' AND deviceId=7");
    }

    private void send(int messages, long millis) {
        for (int i = 0; i < messages; i++) {
            sightings.unanswered().sent(ALICE.toString(), Family.OMEMO_1, 7, millis);
        }
    }

    @Test
    void whatIsSentToADeviceIsWrittenAWhileLaterOrAtTheEnd() throws Exception {
        list(Family.OMEMO_1, 7);
        directory.read(ALICE).join();
        send(3, NOW);
        observer.write(NOW + 299_999, false);
        assertThat(unanswered()).containsExactly("0");
        observer.write(NOW + 300_000, false);
        assertThat(unanswered()).containsExactly("3");
        send(2, NOW + 300_001);
        observer.write(NOW + 300_002, true);
        assertThat(unanswered()).containsExactly("5");
    }

    @Test
    void whatWasSentBeforeASignCountsNoMoreHoweverOftenThereIsOne() throws Exception {
        list(Family.OMEMO_1, 7);
        directory.read(ALICE).join();
        for (int round = 1; round <= 3; round++) {
            send(4, NOW);
            observer.write(NOW, true);
            assertThat(unanswered()).containsExactly("4");
            send(9, NOW);
            sightings.note(ALICE.toString(), Family.OMEMO_1, 7, NOW + 2 * round);
            send(2, NOW);
            observer.write(NOW, true);
            assertThat(unanswered()).as("round %s", round).containsExactly("2");
            sightings.note(ALICE.toString(), Family.OMEMO_1, 7, NOW + 2 * round + 1);
            observer.write(NOW, true);
            assertThat(unanswered()).containsExactly("0");
        }
    }

    @Test
    void aPublicationIsASign() throws Exception {
        list(Family.OMEMO_1, 7);
        directory.read(ALICE).join();
        send(4, NOW);
        observer.write(NOW, true);
        send(4, NOW);
        publish(Family.OMEMO_1, 7);
        observer.write(NOW, true);
        assertThat(unanswered()).containsExactly("0");
    }

    @Test
    void countsThatADeadDatabaseDoesNotTakeWait() throws Exception {
        list(Family.OMEMO_1, 7);
        directory.read(ALICE).join();
        observer.write(NOW, false);
        send(4, NOW);
        dead = true;
        assertThatThrownBy(() -> observer.write(NOW, true)).isInstanceOf(IOException.class);
        send(1, NOW);
        dead = false;
        observer.write(NOW, true);
        assertThat(unanswered()).containsExactly("5");
    }

    @Test
    void whatADeadDatabaseDoesNotTakeWaits() throws Exception {
        list(Family.OMEMO_1, 7);
        publish(Family.OMEMO_1, 7);
        sightings.note(ALICE.toString(), Family.OMEMO_1, 7, NOW);
        dead = true;
        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(() -> observer.write(NOW, false)).isInstanceOf(IOException.class);
        }
        dead = false;
        observer.write(NOW, false);
        assertThat(database.select("SELECT lastSeen FROM ofOmemoDevice")).containsExactly(Long.toString(NOW));
        assertThat(database.select("SELECT lastPublished FROM ofOmemoDevice")).containsExactly(Long.toString(NOW));
    }

    @Test
    void whoIsDeletedIsForgotten() throws Exception {
        list(Family.OMEMO_1, 7);
        publish(Family.OMEMO_1, 7);
        observer.write(NOW, false);
        assertThat(devices()).hasSize(1);
        dead = true;
        observer.forget(ALICE);
        assertThatThrownBy(() -> observer.write(NOW, false)).isInstanceOf(IOException.class);
        dead = false;
        observer.write(NOW, false);
        assertThat(database.select("SELECT deviceId FROM ofOmemoDevice")).isEmpty();
        assertThat(database.select("SELECT deviceId FROM ofOmemoIdentity")).isEmpty();
    }

    @Test
    void nothingIsKeptOfAnAccountThatIsNoUsers() throws Exception {
        unobserved = ALICE;
        list(Family.OMEMO_1, 7);
        publish(Family.OMEMO_1, 7);
        sightings.note(ALICE.toString(), Family.OMEMO_1, 7, NOW);
        directory.read(ALICE).join();
        observer.write(NOW, false);
        unobserved = null;
        observer.write(NOW, false);
        assertThat(database.select("SELECT deviceId FROM ofOmemoDevice")).isEmpty();
        assertThat(database.select("SELECT deviceId FROM ofOmemoIdentity")).isEmpty();
    }

    @Test
    void whenNothingIsKeptOfPersonsNothingIs() throws Exception {
        list(Family.OMEMO_1, 7);
        publish(Family.OMEMO_1, 7);
        observer.observe(false);
        publish(Family.OMEMO_1, 7);
        directory.read(ALICE).join();
        observer.write(NOW, false);
        observer.observe(true);
        observer.write(NOW, false);
        assertThat(database.select("SELECT deviceId FROM ofOmemoDevice")).isEmpty();
    }
}

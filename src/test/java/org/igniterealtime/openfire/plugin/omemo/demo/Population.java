package org.igniterealtime.openfire.plugin.omemo.demo;

import static org.igniterealtime.openfire.plugin.omemo.server.PublishedKeys.LEGACY;
import static org.igniterealtime.openfire.plugin.omemo.server.PublishedKeys.OMEMO_1;
import static org.igniterealtime.openfire.plugin.omemo.server.PublishedKeys.OMEMO_2;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.igniterealtime.openfire.plugin.omemo.embedded.EmbeddedOpenfire;
import org.igniterealtime.openfire.plugin.omemo.embedded.TestClient;
import org.igniterealtime.openfire.plugin.omemo.server.Commands;
import org.igniterealtime.openfire.plugin.omemo.server.PublishedKeys;
import org.jivesoftware.database.DbConnectionManager;

/**
 * People and rooms for the console to show, brought about by real clients: who has keys of all families, of the oldest only,
 * broken ones or none; rooms in every mode, and what is kept out of them; a key that changes; bots, and a self-test.
 */
final class Population {

    private static final String PASSWORD = MainJob.PASSWORD;
    private static final long PATIENCE_SECONDS = 60;

    /** Has three devices, one of each family; the key of the last one changes. */
    private static final String WELL_EQUIPPED = "frida";
    private static final String LEGACY_ONLY = "dora";
    private static final String BROKEN = "gerd";
    private static final String WITHOUT_DEVICE = "emil";
    private static final String ELSEWHERE = "hanna@elsewhere.example";
    private static final List<String> PEOPLE = List.of(WELL_EQUIPPED, LEGACY_ONLY, BROKEN, WITHOUT_DEVICE);

    /** A bot that writes to nobody before an admin has decided about the keys. */
    private static final String CAREFUL_BOT = "clerk";

    private final EmbeddedOpenfire server;
    private int messages;

    private Population(EmbeddedOpenfire server) {
        this.server = server;
    }

    /** Returns when the plugin has written down what came of it. */
    static void settle(EmbeddedOpenfire server) throws SQLException, InterruptedException {
        Population population = new Population(server);
        PEOPLE.forEach(name -> server.createUser(name, PASSWORD));
        population.publishAll();
        population.talk();
        population.startBots();
        population.testItself();
        population.awaitWritten();
    }

    private void publishAll() {
        try (TestClient client = login(WELL_EQUIPPED)) {
            publish(client, LEGACY, 0, "", 401);
            publish(client, OMEMO_1, 0, "Laptop", 402);
            publish(client, OMEMO_2, 0, "Phone", 403);
            // A new key for a known device: a client that was installed anew, or somebody else.
            publish(client, OMEMO_2, 1, "Phone", 403);
        }
        try (TestClient client = login(LEGACY_ONLY)) {
            publish(client, LEGACY, 1, "", 501);
        }
        try (TestClient client = login(BROKEN)) {
            String list = list(OMEMO_2, "Tablet, without a bundle", 601);
            client.request("type='set'",
                PublishedKeys.publish(PublishedKeys.listNode(OMEMO_2), "current", list, PublishedKeys.MAX));
        }
    }

    private TestClient login(String name) {
        return TestClient.login(server, name, PASSWORD);
    }

    private static void publish(TestClient client, String family, int bundle, String label, int device) {
        client.request("type='set'", PublishedKeys.publish(PublishedKeys.listNode(family), "current",
            list(family, label, device), PublishedKeys.MAX));
        client.request("type='set'", PublishedKeys.publish(PublishedKeys.bundleNode(family, device),
            PublishedKeys.itemOf(family, device), PublishedKeys.bundle(family, bundle), PublishedKeys.MAX));
    }

    private static String list(String family, String label, int device) {
        String list = PublishedKeys.list(family, device);
        return label.isEmpty() ? list : list.replace("<device ", "<device label='" + label + "' ");
    }

    private void talk() {
        Map<String, String> policies = Map.of("lounge", "warn", "news", "observe", "vault", "enforce; families=0.8+",
            "attic", "off");
        for (var policy : policies.entrySet()) {
            String room = server.room(policy.getKey()).membersOnly().nonAnonymous().persistent().owners(WELL_EQUIPPED)
                .members(LEGACY_ONLY, BROKEN, WITHOUT_DEVICE, ELSEWHERE).create();
            server.setProperty("plugin.omemo.policy.room." + room, policy.getValue());
            for (String name : PEOPLE) {
                try (TestClient client = login(name)) {
                    client.joinRoom(room, name);
                    say(client, room, name.equals(WELL_EQUIPPED) ? MainJob.encrypted(OMEMO_2, 403)
                        : name.equals(LEGACY_ONLY) ? MainJob.encrypted(LEGACY, 501) : "<body>hello</body>");
                    if (name.equals(BROKEN)) {
                        say(client, room, "<encrypted xmlns='" + OMEMO_2 + "'><header sid='0'/></encrypted>");
                        say(client, room, "<body>a picture</body><x xmlns='jabber:x:oob'><url>https://example.org/</url></x>");
                    }
                }
            }
        }
        // Anybody may enter, and nobody sees who: not what XEP-0384 asks for.
        server.setProperty("plugin.omemo.policy.room." + server.room("market").persistent().owners(WELL_EQUIPPED).create(),
            "enforce");
    }

    private void say(TestClient client, String room, String content) {
        client.sendRaw("<message to='" + room + "' type='groupchat' id='p" + ++messages + "'>" + content + "</message>");
        client.barrier();
    }

    /** One bot is invited, and waits for an admin's decision; another one has nothing to do yet. */
    private void startBots() {
        server.setProperty("plugin.omemo.bot." + CAREFUL_BOT, "echo");
        server.setProperty("plugin.omemo.bot.watch", "canary; every=5");
        try (TestClient owner = login(WELL_EQUIPPED)) {
            String room = "lounge@" + server.mucDomain();
            String bot = CAREFUL_BOT + "@omemo-bots." + server.domain();
            MainJob.awaitAnswer(owner, bot);
            owner.joinRoom(room, WELL_EQUIPPED);
            owner.sendRaw("<message to='" + room + "'><x xmlns='http://jabber.org/protocol/muc#user'><invite to='" + bot
                + "'/></x></message>");
            owner.await(stanza -> stanza.isPresence() && stanza.from().equals(room + "/" + CAREFUL_BOT));
        }
    }

    private void testItself() {
        try (TestClient admin = TestClient.login(server, "admin", EmbeddedOpenfire.ADMIN_PASSWORD)) {
            Commands.carryOut(admin, "self-test", Map.of("action", "run"));
        }
    }

    /** The plugin writes every ten seconds; sightings of devices last. */
    private void awaitWritten() throws SQLException, InterruptedException {
        List<String> wanted = List.of("SELECT COUNT(*) FROM ofOmemoIdentity WHERE changedFrom IS NOT NULL",
            "SELECT COUNT(*) FROM ofOmemoDevice WHERE deviceId=501 AND lastSeen IS NOT NULL",
            "SELECT COUNT(*) FROM ofOmemoDevice WHERE deviceId=601", "SELECT COUNT(*) FROM ofOmemoSelfTest",
            "SELECT COUNT(*) FROM ofOmemoViolation WHERE room LIKE 'vault@%'");
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!areThere(wanted)) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("The plugin has not written down what has happened");
            }
            TimeUnit.MILLISECONDS.sleep(100);
        }
    }

    private static boolean areThere(List<String> wanted) throws SQLException {
        try (Connection connection = DbConnectionManager.getConnection(); Statement statement = connection.createStatement()) {
            for (String sql : wanted) {
                try (ResultSet rows = statement.executeQuery(sql)) {
                    rows.next();
                    if (rows.getLong(1) == 0) {
                        return false;
                    }
                }
            }
        }
        return true;
    }
}

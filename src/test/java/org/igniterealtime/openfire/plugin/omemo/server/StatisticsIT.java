package org.igniterealtime.openfire.plugin.omemo.server;

import static org.igniterealtime.openfire.plugin.omemo.server.PublishedKeys.MAX;
import static org.igniterealtime.openfire.plugin.omemo.server.PublishedKeys.OMEMO_1;
import static org.igniterealtime.openfire.plugin.omemo.server.PublishedKeys.bundle;
import static org.igniterealtime.openfire.plugin.omemo.server.PublishedKeys.bundleNode;
import static org.igniterealtime.openfire.plugin.omemo.server.PublishedKeys.list;
import static org.igniterealtime.openfire.plugin.omemo.server.PublishedKeys.listNode;
import static org.igniterealtime.openfire.plugin.omemo.server.PublishedKeys.publish;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.igniterealtime.openfire.plugin.omemo.embedded.EmbeddedOpenfire;
import org.igniterealtime.openfire.plugin.omemo.embedded.OpenfireExtension;
import org.igniterealtime.openfire.plugin.omemo.embedded.TestClient;
import org.jivesoftware.database.DbConnectionManager;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** What is kept of what passes, in the database of a real server with the packed plugin. */
@ExtendWith(OpenfireExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StatisticsIT {

    private static final String ACTIVITY = "plugin.omemo.activity";
    private static final String PLAINTEXT = "<body>LEAK</body>";
    private static final String SEEN = "SELECT lastSeen FROM ofOmemoDevice WHERE deviceId=31 AND lastSeen IS NOT NULL AND account='";

    private final EmbeddedOpenfire server;
    private int tests;
    private int mark;
    private String suffix;
    private String room;
    private TestClient alice;
    private TestClient bob;

    StatisticsIT(EmbeddedOpenfire server) {
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
    void meetInARoom() {
        mark = server.logMark();
        suffix = "-stats" + ++tests;
        server.createUser("alice" + suffix, "secret");
        server.createUser("bob" + suffix, "secret");
        room = server.room("room" + suffix).membersOnly().nonAnonymous().owners("alice" + suffix).members("bob" + suffix).create();
        alice = enter("alice");
        bob = enter("bob");
        server.setProperty("plugin.omemo.policy.room." + room, "enforce");
    }

    private TestClient enter(String name) {
        TestClient client = TestClient.login(server, name + suffix, "secret");
        client.joinRoom(room, name);
        return client;
    }

    @AfterEach
    void leave() {
        alice.close();
        bob.close();
        server.deleteProperty("plugin.omemo.policy.room." + room);
        server.deleteProperty(ACTIVITY);
        server.destroyRoom("room" + suffix);
        assertThat(server.stackTraces(mark)).isEmpty();
    }

    private String account(String name) {
        return name + suffix + "@" + server.domain();
    }

    private void publishDevice(TestClient client, int device) {
        assertThat(client.request("type='set'", publish(bundleNode(OMEMO_1, device), Integer.toString(device), bundle(OMEMO_1), MAX)).type())
            .isEqualTo("result");
        assertThat(client.request("type='set'", publish(listNode(OMEMO_1), "current", list(OMEMO_1, device), MAX)).type())
            .isEqualTo("result");
    }

    private String encrypted(int device) {
        return "<encrypted xmlns='" + OMEMO_1 + "'><header sid='" + device + "'><keys jid='" + account("bob") + "'><key rid='5'>"
            + "A".repeat(200) + "</key></keys></header><payload>AAAAAAAAAAAAAAAAAAAAAA==</payload></encrypted>";
    }

    private void say(TestClient client, String content) {
        client.sendRaw("<message to='" + room + "' type='groupchat' id='m'>" + content + "</message>");
        client.barrier();
    }

    /** A plugin that is replaced writes what it has. */
    private void replaceThePlugin() {
        server.plugins().reload("omemo");
    }

    @Test
    void aViolationAndADeviceAreInTheDatabaseAfterAnInterval() throws Exception {
        publishDevice(alice, 31);
        say(alice, encrypted(31));
        say(bob, PLAINTEXT);
        say(bob, PLAINTEXT);
        String violations = "SELECT amount FROM ofOmemoViolation WHERE outcome='refused' AND finding=101 AND room='" + room
            + "' AND sender='" + account("bob") + "'";
        Instant end = Instant.now().plus(Duration.ofSeconds(25));
        while ((select(violations).isEmpty() || select(SEEN + account("alice") + "'").isEmpty()) && Instant.now().isBefore(end)) {
            Thread.sleep(200);
        }
        assertThat(select(violations)).containsExactly("2");
        assertThat(select(SEEN + account("alice") + "'")).hasSize(1);
        assertThat(select("SELECT fingerprint FROM ofOmemoIdentity WHERE account='" + account("alice") + "'"))
            .singleElement().asString().matches("[0-9a-f]{64}");
        assertThat(select("SELECT amount FROM ofOmemoDay WHERE countName='refused.plaintext'")).isNotEmpty();
        assertThat(select("SELECT amount FROM ofOmemoHour WHERE countName='family.0.4'")).isNotEmpty();
    }

    @Test
    void whatWasSeenIsWrittenWhenThePluginIsReplaced() throws Exception {
        say(bob, PLAINTEXT);
        replaceThePlugin();
        assertThat(select("SELECT amount FROM ofOmemoViolation WHERE sender='" + account("bob") + "'")).containsExactly("1");
    }

    @Test
    void aSelfTestLeavesNothingInTheStatistics() throws Exception {
        String counts = "SELECT SUM(amount) FROM ofOmemoHour";
        say(bob, PLAINTEXT);
        replaceThePlugin();
        List<String> before = select(counts);
        try (TestClient admin = TestClient.login(server, "admin", EmbeddedOpenfire.ADMIN_PASSWORD)) {
            Instant end = Instant.now().plus(Duration.ofSeconds(60));
            while (!Commands.carryOut(admin, "bots", Map.of("action", "show")).line("domain").equals("running")) {
                assertThat(Instant.now()).as("bots live here").isBefore(end);
                Thread.sleep(100);
            }
            Commands.Answer run = Commands.carryOut(admin, "self-test", Map.of("action", "run"));
            while (run.line("state").startsWith("under way")) {
                assertThat(Instant.now()).as("it comes to an end").isBefore(end.plusSeconds(120));
                Thread.sleep(100);
                run = Commands.carryOut(admin, "self-test", Map.of("action", "last"));
            }
            assertThat(run.line("state")).isEqualTo("passed");
        }
        replaceThePlugin();
        assertThat(select(counts)).isEqualTo(before);
        assertThat(select("SELECT room FROM ofOmemoViolation WHERE room LIKE 'omemo-selftest%'")).isEmpty();
        assertThat(select("SELECT account FROM ofOmemoDevice WHERE account LIKE 'omemo-selftest%'")).isEmpty();
        assertThat(select("SELECT account FROM ofOmemoIdentity WHERE account LIKE 'omemo-selftest%'")).isEmpty();
    }

    @Test
    void messagesBetweenUsersAreWatchedOnlyIfThatIsSwitchedOn() throws Exception {
        publishDevice(alice, 31);
        alice.sendRaw("<message type='chat' to='" + account("bob") + "'>" + encrypted(31) + "</message>");
        alice.barrier();
        replaceThePlugin();
        assertThat(select(SEEN + account("alice") + "'")).isEmpty();
        server.setProperty(ACTIVITY, "rooms-and-direct");
        replaceThePlugin();
        alice.sendRaw("<message type='chat' to='" + account("bob") + "'>" + encrypted(31) + "</message>");
        alice.barrier();
        replaceThePlugin();
        assertThat(select(SEEN + account("alice") + "'")).hasSize(1);
    }

    @Test
    void whatIsSentToADeviceCountsUntilItAnswers() throws Exception {
        String unanswered = "SELECT unanswered FROM ofOmemoDevice WHERE deviceId=5 AND account='" + account("bob") + "'";
        publishDevice(bob, 5);
        // Whose keys are not known yet is counted a second later.
        for (int wait = 1; wait <= 30 && (select(unanswered).isEmpty() || select(unanswered).contains("0")); wait += 3) {
            say(alice, encrypted(31));
            Thread.sleep(Duration.ofSeconds(wait).toMillis());
            replaceThePlugin();
        }
        assertThat(select(unanswered)).singleElement().satisfies(count -> assertThat(Integer.parseInt(count)).isPositive());
        say(bob, encrypted(5));
        replaceThePlugin();
        assertThat(select(unanswered)).containsExactly("0");
    }

    @Test
    void nothingAboutPersonsStaysWhenThatIsSwitchedOff() throws Exception {
        publishDevice(alice, 31);
        say(bob, PLAINTEXT);
        server.setProperty(ACTIVITY, "off");
        replaceThePlugin();
        say(bob, PLAINTEXT);
        replaceThePlugin();
        assertThat(select("SELECT account FROM ofOmemoDevice")).isEmpty();
        assertThat(select("SELECT account FROM ofOmemoIdentity")).isEmpty();
        assertThat(select("SELECT sender FROM ofOmemoViolation WHERE sender IS NOT NULL")).isEmpty();
        assertThat(select("SELECT amount FROM ofOmemoViolation WHERE room='" + room + "'")).containsExactly("1");
    }

    private static List<String> select(String sql) throws SQLException {
        try (Connection connection = DbConnectionManager.getConnection(); Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            List<String> found = new ArrayList<>();
            while (rows.next()) {
                found.add(rows.getString(1));
            }
            return found;
        }
    }
}

package org.igniterealtime.openfire.plugin.omemo.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.igniterealtime.openfire.plugin.omemo.server.PublishedKeys.MAX;
import static org.igniterealtime.openfire.plugin.omemo.server.PublishedKeys.OMEMO_1;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import org.igniterealtime.openfire.plugin.omemo.embedded.EmbeddedOpenfire;
import org.igniterealtime.openfire.plugin.omemo.embedded.OpenfireExtension;
import org.igniterealtime.openfire.plugin.omemo.embedded.Received;
import org.igniterealtime.openfire.plugin.omemo.embedded.TestClient;
import org.igniterealtime.openfire.plugin.omemo.server.Commands.Answer;
import org.jivesoftware.openfire.admin.AdminManager;
import org.jivesoftware.openfire.security.SecurityAuditEvent;
import org.jivesoftware.openfire.security.SecurityAuditManager;
import org.jivesoftware.openfire.stats.StatisticsManager;
import org.jivesoftware.util.JiveGlobals;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.xmpp.packet.JID;

/** Operators run the self-test and look after bots, by commands and properties, with the plugin from its jar. */
@ExtendWith(OpenfireExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BotOperationsIT {

    private static final String BOT = "plugin.omemo.bot.";
    private static final String KEY = "plugin.omemo.bots.key";
    private static final List<String> STEPS = List.of("bots", "account", "publish", "fetch", "room", "enter", "message-0-4",
        "message-0-8", "restart", "out-of-order", "inside-content", "plaintext", "wrong-family", "leak", "device-removed",
        "clean-up");
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final EmbeddedOpenfire server;
    private int tests;
    private int mark;
    private TestClient admin;
    private TestClient alice;
    private String room;

    BotOperationsIT(EmbeddedOpenfire server) {
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
        String name = "alice-operations" + ++tests;
        server.createUser(name, "secret");
        admin = TestClient.login(server, "admin", EmbeddedOpenfire.ADMIN_PASSWORD);
        alice = TestClient.login(server, name, "secret");
        room = server.room("operations" + tests).membersOnly().nonAnonymous().owners(name).create();
        alice.joinRoom(room, "alice");
        await(answer -> answer.line("domain").equals("running"));
    }

    @AfterEach
    void removeTheBots() {
        List<String> names = JiveGlobals.getPropertyNames();
        names.stream().filter(name -> name.startsWith(BOT)).toList().forEach(server::deleteProperty);
        await(answer -> answer.line("number").equals("0"));
        admin.close();
        alice.close();
        server.destroyRoom("operations" + tests);
        assertThat(server.stackTraces(mark)).isEmpty();
    }

    @Test
    void theSelfTestIsRunAndEachStepIsShown() {
        assertThat(StatisticsManager.getInstance().getStatistic("omemo_canary_round_trip").sample()).isNaN();

        Answer answer = Commands.carryOut(admin, "self-test", Map.of("action", "run"));

        assertThat(answer.line("state")).isEqualTo("passed");
        assertThat(answer.line("passed")).isEqualTo("16");
        assertThat(answer.lines("steps")).zipSatisfy(STEPS,
            (line, step) -> assertThat(line).matches(step + ": passed, \\d+ ms - [A-Z].+"));
        assertThat(StatisticsManager.getInstance().getStatistic("omemo_selftest_failed").sample()).isZero();
        assertThat(Commands.carryOut(admin, "self-test", Map.of("action", "last"))).isEqualTo(answer);
    }

    @Test
    void theSelfTestIsNotRunWhereNoBotsLive() {
        server.setProperty("plugin.omemo.bots.enabled", "false");
        try {
            await(answer -> answer.line("domain").contains("plugin.omemo.bots.enabled is false"));
            Answer answer = Commands.carryOut(admin, "self-test", Map.of("action", "run"));
            assertThat(answer.note()).contains("plugin.omemo.bots.enabled is false");
        } finally {
            server.deleteProperty("plugin.omemo.bots.enabled");
        }
        await(answer -> answer.line("domain").equals("running"));
    }

    @Test
    void nobodyButAdminsMayDoIt() {
        for (String name : List.of("self-test", "bots")) {
            Received refused = Commands.begin(alice, name);
            assertThat(refused.type()).isEqualTo("error");
            assertThat(refused.xml()).contains("forbidden");
        }
    }

    @Test
    void whoIsNoAdminAnyMoreCannotGoOn() {
        JID account = new JID(alice.bareJid());
        AdminManager.getInstance().addAdminAccount(account);
        Received test = Commands.begin(alice, "self-test");
        Received bots = Commands.begin(alice, "bots");
        AdminManager.getInstance().removeAdminAccount(account);

        assertThat(Commands.fillIn(alice, "self-test", test, Map.of("action", "run")).note()).contains("Only admins");
        Answer refused = Commands.fillIn(alice, "bots", bots, Map.of("action", "show"));
        assertThat(refused.note()).contains("Only admins");
        assertThat(refused.fields()).isEmpty();
    }

    @Test
    void aBotIsMadeChangedPausedAndRemovedByItsProperty() {
        server.setProperty(BOT + "robin", "echo");
        await(answer -> answer.lines("bot-robin").contains("running"));
        invite("robin");
        awaitPresence("robin", "");
        await(answer -> answer.line("bot-robin").contains("room: " + room + ", inside"));

        alice.forget();
        server.setProperty(BOT + "robin", "witness; families=0.8+");
        awaitPresence("robin", "unavailable");
        awaitPresence("robin", "");
        assertThat(await(answer -> answer.line("bot-robin").contains(", inside")).lines("bot-robin").get(0))
            .isEqualTo("witness; families=0.8+");

        alice.forget();
        server.setProperty(BOT + "robin", "witness; paused=yes");
        awaitPresence("robin", "unavailable");
        await(answer -> answer.lines("bot-robin").contains("paused"));

        server.setProperty(BOT + "robin", "parrot");
        await(answer -> answer.line("bot-robin").contains("does not run: its setting cannot be understood"));

        server.deleteProperty(BOT + "robin");
        await(answer -> answer.line("number").equals("0") && answer.lines("bot-robin").isEmpty());
    }

    @Test
    void removingABotLeavesThoseWhoseNamesBeginWithItsName() {
        server.setProperty(BOT + "wren", "echo");
        server.setProperty(BOT + "wren2", "echo");
        await(answer -> answer.lines("bot-wren2").contains("running"));
        invite("wren2");
        awaitPresence("wren2", "");
        String device = deviceOf("wren2");

        server.deleteProperty(BOT + "wren");

        await(answer -> answer.line("number").equals("1") && answer.lines("bot-wren2").contains("running"));
        assertThat(server.property(BOT + "wren2")).isEqualTo("echo");
        assertThat(deviceOf("wren2")).isEqualTo(device);
        assertThat(alice.received(stanza -> stanza.isPresence() && stanza.type().equals("unavailable"))).isEmpty();
    }

    @Test
    void botsAndTheirKeysOutliveTheDeletionOfAPropertyAboveThem() {
        server.setProperty(BOT + "wren", "echo");
        server.setProperty("plugin.omemo.bots.enabled", "true");
        await(answer -> answer.lines("bot-wren").contains("running"));
        String key = server.property(KEY);
        String device = deviceOf("wren");

        for (String above : List.of("plugin.omemo.bot", "plugin.omemo.bots", "plugin.omemo", "plugin")) {
            server.deleteProperty(above);
            assertThat(server.property(KEY)).as(above).isEqualTo(key);
            assertThat(JiveGlobals.isPropertyEncrypted(KEY)).isTrue();
            assertThat(server.property(BOT + "wren")).isEqualTo("echo");
            assertThat(server.property("plugin.omemo.bots.enabled")).isEqualTo("true");
        }
        server.plugins().reload("omemo");

        await(answer -> answer.lines("bot-wren").contains("running"));
        assertThat(deviceOf("wren")).isEqualTo(device);
        server.deleteProperty("plugin.omemo.bots.enabled");
    }

    @Test
    void anAdminDecidesAboutAKey() throws Exception {
        alice.request("type='set'", PublishedKeys.publish(PublishedKeys.listNode(OMEMO_1), "current",
            PublishedKeys.list(OMEMO_1, 31), MAX));
        alice.request("type='set'", PublishedKeys.publish(PublishedKeys.bundleNode(OMEMO_1, 31), "31",
            PublishedKeys.bundle(OMEMO_1), MAX));
        server.setProperty(BOT + "robin", "echo");
        await(answer -> answer.lines("bot-robin").contains("running"));
        invite("robin");
        String waiting = await(answer -> answer.line("bot-robin").contains("waits for a decision"))
            .lines("bot-robin").stream().filter(line -> line.startsWith("waits for a decision: ")).findFirst().orElseThrow();
        String account = alice.bareJid();
        assertThat(waiting).startsWith("waits for a decision: " + account + "/31 ");
        String fingerprint = waiting.substring(waiting.indexOf("/31 ") + 4);

        assertThat(decide("trust", "nobody", account, fingerprint).note()).contains("no such bot");
        assertThat(decide("trust", "robin", "@", fingerprint).note()).contains("address");
        assertThat(decide("trust", "robin", account, "12345678").note()).contains("fingerprint");
        assertThat(decide("trust", "robin", account, "x".repeat(64)).note()).contains("fingerprint");
        assertThat(Commands.carryOut(admin, "bots", Map.of("action", "show")).line("bot-robin")).contains(waiting);

        alice.forget();
        decide("trust", "robin", account, fingerprint.toUpperCase(Locale.ROOT).replace(" ", ":"));
        SecurityAuditEvent trace = SecurityAuditManager.getInstance().getEvents(null, null, 1, null, null).get(0);
        assertThat(trace.getSummary()).isEqualTo("OMEMO: decided about a key for a bot");
        assertThat(trace.getDetails()).isEqualTo("robin: " + account + " " + fingerprint + " TRUSTED");

        // It could not introduce itself as long as it trusted nobody.
        alice.awaitMessage(message -> message.from().equals(room + "/robin") && message.xml().contains("rid=\"31\""));
        assertThat(await(answer -> true).line("bot-robin")).doesNotContain("waits for a decision");
    }

    private Answer decide(String action, String bot, String account, String fingerprint) {
        return Commands.carryOut(admin, "bots",
            Map.of("action", action, "bot", bot, "account", account, "fingerprint", fingerprint));
    }

    private void invite(String bot) {
        alice.sendRaw("<message to='" + room + "'><x xmlns='http://jabber.org/protocol/muc#user'><invite to='" + jid(bot)
            + "'/></x></message>");
    }

    private String jid(String bot) {
        return bot + "@omemo-bots." + server.domain();
    }

    private String deviceOf(String bot) {
        Received list = alice.request("type='get' to='" + jid(bot) + "'",
            PublishedKeys.items(PublishedKeys.listNode(OMEMO_1), ""));
        assertThat(list.xml()).contains("<device id=");
        return list.xml().replaceAll("(?s).*<device id=\"(\\d+)\".*", "$1");
    }

    private void awaitPresence(String bot, String type) {
        alice.await(stanza -> stanza.isPresence() && stanza.from().equals(room + "/" + bot) && stanza.type().equals(type));
    }

    /** Asks how the bots are until it is as expected. */
    private Answer await(Predicate<Answer> expected) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        for (;;) {
            Answer answer = Commands.carryOut(admin, "bots", Map.of("action", "show"));
            if (expected.test(answer)) {
                return answer;
            }
            assertThat(System.nanoTime()).as("waiting in vain, for now it is " + answer).isLessThan(end);
            try {
                Thread.sleep(50);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}

package org.igniterealtime.openfire.plugin.omemo.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.igniterealtime.openfire.plugin.omemo.server.PublishedKeys.MAX;
import static org.igniterealtime.openfire.plugin.omemo.server.PublishedKeys.OMEMO_1;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import org.igniterealtime.openfire.plugin.omemo.embedded.ConsoleClient;
import org.igniterealtime.openfire.plugin.omemo.embedded.EmbeddedOpenfire;
import org.igniterealtime.openfire.plugin.omemo.embedded.OpenfireExtension;
import org.igniterealtime.openfire.plugin.omemo.embedded.TestClient;
import org.igniterealtime.openfire.plugin.omemo.server.PublishedKeys;
import org.jivesoftware.openfire.security.SecurityAuditEvent;
import org.jivesoftware.openfire.security.SecurityAuditManager;
import org.jivesoftware.util.JiveGlobals;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The page of the self-test and the bots, in the console of a real server. */
@ExtendWith(OpenfireExtension.class)
class SelfTestPageIT {

    private static final String PAGE = "/plugins/omemo/omemo-selftest.jsp";
    private static final String PROGRESS = "/plugins/omemo/self-test-progress";
    private static final String BOT = "plugin.omemo.bot.";
    private static final String ENABLED = "plugin.omemo.bots.enabled";
    private static final String EVENTING = "xmpp.pep.enabled";
    private static final String SCRIPT = "<script>alert(1)</script>";
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final EmbeddedOpenfire server;
    private final ConsoleClient admin;

    SelfTestPageIT(EmbeddedOpenfire server) {
        this.server = server;
        admin = new ConsoleClient(server);
    }

    @BeforeEach
    void logIn() {
        server.plugins().ensureInstalled(Path.of(System.getProperty("plugin.jar")));
        admin.login();
        await(page -> page.contains("value=\"run\" class=\"main\">"));
    }

    @AfterEach
    void forgetWhatWasSet() {
        JiveGlobals.setLocale(Locale.ENGLISH);
        List<String> names = JiveGlobals.getPropertyNames();
        names.stream().filter(name -> name.startsWith(BOT) || name.equals(ENABLED) || name.equals(EVENTING))
            .toList().forEach(server::deleteProperty);
    }

    @Test
    void theSelfTestIsRunAndFollowedAndItsReportStays() throws Exception {
        assertThat(send("run")).isEqualTo("The self-test has begun.");
        JsonNode progress = progress();
        assertThat(progress.get("steps")).hasSize(16);
        String page = await(text -> !text.contains("data-progress"));

        assertThat(page).contains("16 steps passed, 0 failed, 0 not tested").doesNotContain("http-equiv=\"refresh\"")
            .contains("The account publishes its device lists and bundles").contains(">passed</span>");
        progress = progress();
        assertThat(progress.get("running").asBoolean()).isFalse();
        assertThat(progress.get("done").asInt()).isEqualTo(16);
        assertThat(progress.get("steps")).allSatisfy(step -> {
            assertThat(step.get("verdict").asText()).isEqualTo("passed");
            assertThat(step.get("duration").asText()).endsWith(" ms");
        });
        assertThat(audit().getSummary()).isEqualTo("OMEMO: ran the self-test");
        assertThat(audit().getUsername()).isEqualTo("admin");
    }

    @Test
    void whileItGoesOnThePageIsLoadedAnewByItselfAlsoWithoutAScript() {
        send("run");
        String page = admin.get(PAGE).body();

        assertThat(page).contains("data-progress=\"self-test-progress\"")
            .contains("<noscript><meta http-equiv=\"refresh\" content=\"2\"></noscript>").contains("value=\"run\" class=\"main\" disabled>");
        await(text -> !text.contains("data-progress"));
    }

    @Test
    void whatFailsIsShownWithWhatWasSeenAndWhatToDoAndEarlierReportsCanBeLookedAt() {
        send("run");
        await(text -> !text.contains("data-progress"));
        server.setProperty(EVENTING, "false");
        send("run");
        String failed = await(text -> !text.contains("data-progress"));

        assertThat(failed).contains("<strong class=\"verdict failed\">failed</strong>", "13 steps passed, 1 failed, 2 not tested")
            .contains("What to do:</strong> Personal eventing must be on");
        String earlier = failed.substring(failed.indexOf("id=\"history\"")).replaceAll("(?s).*?run=\\d+.*?run=(\\d+).*", "$1");
        assertThat(admin.get(PAGE + "?run=" + earlier).body()).contains("16 steps passed, 0 failed");
    }

    @Test
    void whatTheScriptAsksForIsNotForEverybody() {
        HttpResponse<String> stranger = new ConsoleClient(server).get(PROGRESS);
        assertThat(stranger.statusCode()).isEqualTo(302);
        assertThat(stranger.body()).doesNotContain("steps");

        HttpResponse<String> answer = admin.get(PROGRESS);
        assertThat(answer.headers().firstValue("Content-Type").orElseThrow()).startsWith("application/json");
        assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
        assertThat(admin.post(PROGRESS, Map.of()).statusCode()).isEqualTo(405);
        assertThat(admin.get("/plugins/omemo/script/omemo-selftest.js").headers().firstValue("Content-Type").orElseThrow())
            .contains("javascript");
    }

    @Test
    void whereNoBotsLiveNothingIsRunAndItIsSaidWhy() {
        server.setProperty(ENABLED, "false");
        server.setProperty(BOT + "robin", "echo");
        String page = await(text -> text.contains("plugin.omemo.bots.enabled is false"));

        assertThat(page).contains("class=\"main\" disabled>").contains("does not live here");
        assertThat(post("run").body()).contains("Nothing was changed");
    }

    @Test
    void aBotIsPausedAndStarted() {
        server.setProperty(BOT + "robin", "canary; families=0.8+; every=7");
        await(page -> page.contains("<span class=\"verdict running\">running</span>"));

        assertThat(send("pause", "bot", "robin")).contains("keeps its keys: robin");
        assertThat(server.property(BOT + "robin")).isEqualTo("canary; families=0.8+; trust=decide; every=7; paused=yes");
        await(page -> page.contains("<span class=\"verdict paused\">paused</span>"));
        assertThat(audit().getDetails()).endsWith("paused=yes");

        send("start", "bot", "robin");
        assertThat(server.property(BOT + "robin")).endsWith("paused=no");
        await(page -> page.contains("<span class=\"verdict running\">running</span>"));
    }

    @Test
    void whatIsNoBotOrNoKeyChangesNothing() {
        server.setProperty(BOT + "broken", SCRIPT);
        for (String[] fields : new String[][] {{"pause", "bot", ""}, {"pause", "bot", "nobody"}, {"pause", "bot", "broken"},
            {"trust", "bot", "nobody", "account", "a@b", "fingerprint", "0".repeat(64)},
            {"trust", "bot", "nobody", "account", "@", "fingerprint", "0".repeat(64)},
            {"distrust", "bot", "nobody", "account", "a@b", "fingerprint", "0"}, {"something"}}) {
            HttpResponse<String> answer = post(fields[0], List.of(fields).subList(1, fields.length).toArray(String[]::new));
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.body()).contains("Nothing was changed");
        }
        assertThat(server.property(BOT + "broken")).isEqualTo(SCRIPT);
    }

    @Test
    void whatIsStoredIsEscaped() {
        server.setProperty(BOT + "x\"'" + SCRIPT, SCRIPT);

        for (String query : List.of("", "?bot=%22%3E%3Cscript%3E", "?run=%22%3E%3Cscript%3E", "?page=%3Cscript%3E")) {
            assertThat(admin.get(PAGE + query).body()).contains("&lt;script&gt;").doesNotContain(SCRIPT);
        }
    }

    @Test
    void anAdminDecidesAboutAKeyThatABotHasMet() {
        server.createUser("alice-page", "secret");
        server.setProperty(BOT + "robin", "echo");
        try (TestClient alice = TestClient.login(server, "alice-page", "secret")) {
            alice.request("type='set'", PublishedKeys.publish(PublishedKeys.listNode(OMEMO_1), "current",
                PublishedKeys.list(OMEMO_1, 31), MAX));
            alice.request("type='set'", PublishedKeys.publish(PublishedKeys.bundleNode(OMEMO_1, 31), "31",
                PublishedKeys.bundle(OMEMO_1), MAX));
            String room = server.room("page").membersOnly().nonAnonymous().owners("alice-page").create();
            alice.joinRoom(room, "alice");
            await(page -> page.contains("<span class=\"verdict running\">running</span>"));
            alice.sendRaw("<message to='" + room + "'><x xmlns='http://jabber.org/protocol/muc#user'><invite to='robin@omemo-bots."
                + server.domain() + "'/></x></message>");
            String page = await(text -> text.contains("id=\"waiting\""));
            assertThat(page).contains("<bdi>" + alice.bareJid() + "</bdi>", "Device 31");
            assertThat(admin.get(PAGE + "?bot=robin").body()).contains("<bdi>" + room + "</bdi> (inside)");
            String fingerprint = page.replaceAll("(?s).*<code class=\"fingerprint\">([0-9a-f ]{71})</code>.*", "$1");

            assertThat(send("trust", "bot", "robin", "account", alice.bareJid(), "fingerprint", fingerprint))
                .isEqualTo("The bot robin trusts the key of " + alice.bareJid() + " from now on.");

            await(text -> !text.contains("id=\"waiting\""));
            assertThat(audit().getDetails()).isEqualTo("robin: " + alice.bareJid() + " " + fingerprint + " TRUSTED");
        } finally {
            server.destroyRoom("page");
        }
    }

    @Test
    void speaksGermanToAGerman() {
        server.setProperty(BOT + "robin", "echo");
        send("run");
        await(text -> !text.contains("data-progress"));
        JiveGlobals.setLocale(Locale.GERMAN);

        assertThat(admin.get(PAGE + "?bot=robin").body())
            .contains("<h1>OMEMO: Selbsttest und Bots</h1>", "Schritte bestanden", "Dauer").doesNotContain("???");
    }

    private JsonNode progress() throws Exception {
        return new ObjectMapper().readTree(admin.get(PROGRESS).body());
    }

    /** Asks for the page until it is as expected. */
    private String await(Predicate<String> expected) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        for (;;) {
            String page = admin.get(PAGE).body();
            if (expected.test(page)) {
                return page;
            }
            assertThat(System.nanoTime()).as("waiting in vain, for now it is " + page).isLessThan(end);
            try {
                Thread.sleep(100);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private String send(String action, String... fields) {
        HttpResponse<String> response = post(action, fields);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(302);
        assertThat(response.headers().firstValue("Location").orElseThrow()).endsWith("/omemo-selftest.jsp");
        return admin.get(PAGE).body().replaceAll("(?s).*?<p class=\"notice[^>]*>(.*?)</p>.*", "$1");
    }

    private HttpResponse<String> post(String action, String... fields) {
        Map<String, String> form = new HashMap<>();
        for (int i = 0; i < fields.length; i += 2) {
            form.put(fields[i], fields[i + 1]);
        }
        admin.get(PAGE);
        form.put("csrf", admin.cookie("csrf"));
        form.put("action", action);
        return admin.post(PAGE, form);
    }

    private static SecurityAuditEvent audit() {
        try {
            return SecurityAuditManager.getInstance().getEvents(null, null, 1, null, null).get(0);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}

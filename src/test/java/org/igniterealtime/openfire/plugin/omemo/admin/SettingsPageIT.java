package org.igniterealtime.openfire.plugin.omemo.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.igniterealtime.openfire.plugin.omemo.embedded.ConsoleClient;
import org.igniterealtime.openfire.plugin.omemo.embedded.EmbeddedOpenfire;
import org.igniterealtime.openfire.plugin.omemo.embedded.OpenfireExtension;
import org.jivesoftware.database.DbConnectionManager;
import org.jivesoftware.openfire.security.AuditWriteOnlyException;
import org.jivesoftware.openfire.security.SecurityAuditEvent;
import org.jivesoftware.openfire.security.SecurityAuditManager;
import org.jivesoftware.util.JiveGlobals;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The page of settings, in the console of a real server. */
@ExtendWith(OpenfireExtension.class)
class SettingsPageIT {

    private static final String PAGE = "/plugins/omemo/omemo-settings.jsp";
    private static final String POLICY = "plugin.omemo.policy.";
    private static final String BOT = "plugin.omemo.bot.";
    private static final String SCRIPT = "<script>alert(1)</script>";
    private static final String SCRIPT_ENCODED = "%22%3E%3Cscript%3Ealert(1)%3C/script%3E";

    private final EmbeddedOpenfire server;
    private final ConsoleClient admin;

    SettingsPageIT(EmbeddedOpenfire server) {
        this.server = server;
        admin = new ConsoleClient(server);
    }

    @BeforeEach
    void logIn() {
        server.plugins().ensureInstalled(Path.of(System.getProperty("plugin.jar")));
        admin.login();
    }

    @AfterEach
    void forgetWhatWasSet() {
        JiveGlobals.setLocale(Locale.ENGLISH);
        List<String> names = JiveGlobals.getPropertyNames();
        names.stream().filter(name -> name.startsWith(POLICY) || name.startsWith(BOT)
                || name.matches("plugin\\.omemo\\.((keys|selftest|statistics|violations|activity).*|bots\\.(name|enabled))"))
            .forEach(server::deleteProperty);
    }

    @Test
    void isInTheFrameWithATabOfItsOwn() {
        HttpResponse<String> page = admin.get(PAGE);

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body()).contains("<h1>OMEMO: Settings</h1>")
            .contains("<a href=\"/plugins/omemo/omemo-overview.jsp\" class=\"currentlink\">OMEMO</a>")
            .contains("<a href=\"/plugins/omemo/omemo-settings.jsp\" class=\"currentlink\">Settings</a>");
        assertThat(page.headers().firstValue("Cache-Control")).contains("no-store");
        assertThat(admin.get("/plugins/omemo/style/omemo.css").headers().firstValue("Content-Type").orElseThrow())
            .startsWith("text/css");
    }

    @Test
    void aPolicyIsSetChangedAndDeleted() {
        String room = "secret@" + server.mucDomain();

        assertThat(send("set-policy", "kind", "room", "target", "Secret@" + server.mucDomain(), "mode", "enforce"))
            .isEqualTo("The policy was saved, and is in force: Secret@" + server.mucDomain());
        assertThat(server.property(POLICY + "room." + room)).isEqualTo("enforce");
        assertThat(admin.get(PAGE).body()).contains(room).doesNotContain("The policy was saved");

        assertThat(admin.get(PAGE + "?property=" + POLICY + "room." + room).body()).contains("<option value=\"enforce\" selected>");
        Map<String, String> changed = rules("property", POLICY + "room." + room, "mode", "observe");
        changed.keySet().removeAll(List.of("family-legacy", "family-0.8+"));
        send("set-policy", changed);
        assertThat(server.property(POLICY + "room." + room)).isEqualTo("observe; families=0.4");

        send("delete-policy", "property", POLICY + "room." + room);
        assertThat(server.property(POLICY + "room." + room)).isNull();
        assertThat(audit()).extracting(SecurityAuditEvent::getSummary)
            .startsWith("OMEMO: deleted a policy", "OMEMO: set a policy", "OMEMO: set a policy");
        assertThat(audit().get(1).getDetails())
            .isEqualTo(POLICY + "room." + room + ": enforce -> observe; families=0.4");
        assertThat(audit().get(1).getUsername()).isEqualTo("admin");
    }

    @Test
    void policiesOfPatternsServicesAndTheRestAreSet() {
        assertThat(send("set-policy", "kind", "pattern", "target", "10", "pattern", "a-*@" + server.mucDomain(),
            "mode", "warn")).endsWith("in force: a-*@" + server.mucDomain());
        send("set-policy", "kind", "service", "target", server.mucDomain(), "mode", "observe",
            "exempt", "jid:bot@example.org, affiliation:owner");
        send("set-policy", "kind", "default", "target", "", "mode", "off");

        assertThat(server.property(POLICY + "pattern.10")).isEqualTo("a-*@" + server.mucDomain() + " warn");
        assertThat(server.property(POLICY + "service." + server.mucDomain())).isEqualTo("observe; exempt=jid:bot@example.org,affiliation:owner");
        assertThat(server.property(POLICY + "default")).isEqualTo("off");
    }

    @Test
    void whatIsWrongIsSaidBesideTheFieldAndNothingIsLostThatWasTyped() {
        String page = refused("set-policy", "kind", "pattern", "target", "1x", "pattern", "two words",
            "mode", "enforced", "max-keys", "0", "exempt", "somebody");

        assertThat(page).contains("Please give a number from 0 to 999999", "value=\"1x\"")
            .contains("Please give a pattern without spaces", "value=\"two words\"")
            .contains("Please choose one.", "0 is not a number from 1 to 100,000")
            .contains("Cannot be read: somebody names nobody to exempt", "value=\"somebody\"")
            .contains("Nothing was changed");
        assertThat(server.property(POLICY + "pattern.1x")).isNull();
    }

    @Test
    void allRulesTogetherHaveToFitIntoAProperty() {
        String exempt = String.join(",", Collections.nCopies(24, "domain:" + "x".repeat(60) + ".example.org"));
        assertThat(send("set-policy", "kind", "pattern", "target", "9", "pattern", "p".repeat(20), "mode", "off", "exempt", exempt))
            .contains("saved");

        assertThat(refused("set-policy", "property", POLICY + "pattern.9", "pattern", "p".repeat(400), "mode", "off", "exempt", exempt))
            .contains("All rules together are too long: at most 2,000 characters.");
    }

    @Test
    void whatHoldsForAllOtherRoomsIsToldEvenWhereNothingIsSet() {
        assertThat(admin.get(PAGE).body()).contains("<code>off</code>", "Nothing is set for them.");

        send("set-policy", "property", POLICY + "default", "mode", "observe");

        assertThat(server.property(POLICY + "default")).isEqualTo("observe");
        assertThat(admin.get(PAGE).body()).contains("<code>observe</code>").doesNotContain("Nothing is set for them.");
        send("delete-policy", "property", POLICY + "default");
        refused("delete-policy", "property", POLICY + "default");
    }

    @Test
    void ofAPolicyThatCannotBeReadThePageTellsWhatIsInForceInstead() {
        String room = POLICY + "room.a@" + server.mucDomain();
        server.setProperty(room, "warn; subject=admins");
        server.setProperty(room, "wran");
        server.setProperty(POLICY + "room.b@" + server.mucDomain(), "wran");
        server.setProperty(POLICY + "default", "of");
        server.setProperty(POLICY + "nonsense", "off");

        String page = admin.get(PAGE).body();

        assertThat(row(page, "a@" + server.mucDomain())).contains("wran is no value of mode", "In force instead:",
            "<code>warn; subject=admins</code>", "is told so once an hour");
        assertThat(row(page, "b@" + server.mucDomain())).contains("In force instead:", "<code>enforce; unlisted=refuse</code>");
        assertThat(row(page, POLICY + "nonsense")).contains("it has no effect", "It has no effect.").doesNotContain(">Change<");
        assertThat(row(page, "")).contains("of is no value of mode", "It has no effect.");
        assertThat(admin.get(PAGE + "?property=" + room).body()).as("to be mended from what is in force")
            .contains("<option value=\"warn\" selected>", "<option value=\"admins\" selected>");
        send("set-policy", "property", room, "mode", "warn", "subject", "admins");
        assertThat(row(admin.get(PAGE).body(), "a@" + server.mucDomain())).doesNotContain("In force instead:");
    }

    @Test
    void aPolicyThatIsThereIsNotOverwrittenByAddingOne() {
        server.setProperty(POLICY + "default", "warn");

        assertThat(refused("set-policy", "kind", "default", "mode", "off")).contains("change that one");
        assertThat(server.property(POLICY + "default")).isEqualTo("warn");
    }

    @Test
    void nothingButPoliciesAndBotsCanBeDeleted() {
        server.setProperty("somebody.elses", "precious");

        refused("delete-policy", "property", "somebody.elses");
        refused("delete-bot", "bot", "");
        refused("something-else");

        assertThat(server.property("somebody.elses")).isEqualTo("precious");
        server.deleteProperty("somebody.elses");
    }

    @Test
    void theSettingsOfASectionAreSavedTogetherOrNotAtAll() {
        assertThat(refused("save", "section", "states", "inactive-days", "20", "silence-days", "0", "one-side-days", "x", "stale-messages", "53"))
            .contains("Please give a whole number from 1 to 10,000", "value=\"x\"", "value=\"20\"",
                "In force: 180, as usual; the property plugin.omemo.keys.silence-days is not set.");
        assertThat(refused("save", "section", "home", "bots-name", "b_c", "bots-enabled", "true", "self-test-hours", "24"))
            .contains("value=\"b_c\"", "hyphens");
        assertThat(refused("save", "section", "kept", "activity", "some", "statistics-days", "1", "violation-days", "10001"))
            .contains("Please choose one.", "value=\"10001\"");
        assertThat(refused("save", "section", "nothing")).contains("Nothing was changed");
        assertThat(refused("save", "validation", "strict")).contains("Nothing was changed");
        for (String property : List.of("keys.inactive-days", "selftest.hours", "statistics.days", "keys.validation")) {
            assertThat(server.property("plugin.omemo." + property)).isNull();
        }
    }

    @Test
    void eachSectionIsSavedAloneAndInForceAtOnce() {
        assertThat(send("save", "section", "keys", "validation", "strict", "common-rooms", "true"))
            .isEqualTo("The settings were saved, and are in force.");
        assertThat(audit().get(0).getSummary()).isEqualTo("OMEMO: changed settings");
        assertThat(audit().get(0).getDetails()).isEqualTo("plugin.omemo.keys.validation: lenient -> strict\n"
            + "plugin.omemo.keys.common-rooms: false -> true");
        send("save", "section", "states", "inactive-days", "10", "silence-days", "90", "one-side-days", "7", "stale-messages", "60");
        send("save", "section", "home", "bots-name", "omemo-bots", "bots-enabled", "true", "self-test-hours", "24");
        send("save", "section", "kept", "activity", "rooms-and-direct", "statistics-days", "30", "violation-days", "1");

        assertThat(server.property("plugin.omemo.keys.validation")).isEqualTo("strict");
        assertThat(server.property("plugin.omemo.keys.common-rooms")).isEqualTo("true");
        assertThat(server.property("plugin.omemo.keys.inactive-days")).isEqualTo("10");
        assertThat(server.property("plugin.omemo.keys.stale-messages")).isEqualTo("60");
        assertThat(server.property("plugin.omemo.keys.silence-days")).isEqualTo("90");
        assertThat(server.property("plugin.omemo.keys.one-side-days")).as("as it was").isNull();
        assertThat(server.property("plugin.omemo.selftest.hours")).isEqualTo("24");
        assertThat(server.property("plugin.omemo.activity")).isEqualTo("rooms-and-direct");
        assertThat(server.property("plugin.omemo.statistics.days")).isEqualTo("30");
        assertThat(server.property("plugin.omemo.violations.days")).isEqualTo("1");
        assertThat(admin.get(PAGE).body()).contains("In force: are refused, as the property plugin.omemo.keys.validation says.",
            "In force: yes, as the property plugin.omemo.keys.common-rooms says.",
            "In force: 7, as usual; the property plugin.omemo.keys.one-side-days is not set.");

        send("save", "section", "keys", "validation", "strict");
        assertThat(server.property("plugin.omemo.keys.common-rooms")).as("a box that is not checked").isEqualTo("false");
    }

    @Test
    void whenADeviceIsInactiveOrDeadIsSet() throws Exception {
        NoticedDevices.add("quiet@" + server.domain(), "0.4", 77, "Quiet", "7".repeat(64));
        try (Connection connection = DbConnectionManager.getConnection(); Statement statement = connection.createStatement()) {
            statement.executeUpdate("UPDATE ofOmemoDevice SET lastPublished=" + Instant.now().minus(Duration.ofDays(5)).toEpochMilli()
                + " WHERE deviceId=77");
            assertThat(quiet()).contains("verdict active");

            send("save", "section", "states", "inactive-days", "4", "silence-days", "180", "one-side-days", "7", "stale-messages", "53");
            assertThat(quiet()).contains("verdict inactive");

            send("save", "section", "states", "inactive-days", "4", "silence-days", "5", "one-side-days", "7", "stale-messages", "53");
            assertThat(quiet()).contains("verdict dead");
        } finally {
            NoticedDevices.forget("quiet@" + server.domain());
        }
    }

    private String quiet() {
        return admin.get("/plugins/omemo/omemo-devices.jsp?account=quiet@" + server.domain()).body();
    }

    @Test
    void nonsenseThatWasSetByHandIsShownWithWhatIsInForceInstead() {
        server.setProperty("plugin.omemo.activity", "evrything");
        server.setProperty("plugin.omemo.statistics.days", "forever");
        server.setProperty("plugin.omemo.violations.days", "99999999999999999999");
        server.setProperty("plugin.omemo.keys.validation", "Strict");
        server.setProperty("plugin.omemo.keys.common-rooms", "yes");
        server.setProperty("plugin.omemo.keys.inactive-days", "-3");
        server.setProperty("plugin.omemo.bots.name", "b_c");

        String page = admin.get(PAGE).body();

        assertThat(page).contains("The property plugin.omemo.activity says evrything, which is no possible value. In force instead: nothing.",
            "plugin.omemo.statistics.days says forever, which is no possible value. In force instead: 365.",
            "99999999999999999999, which is no possible value. In force instead: 10,000.",
            "says Strict, which is no possible value. In force instead: are refused.",
            "says yes, which is no possible value. In force instead: no.", "says -3, which is no possible value. In force instead: 1.",
            "The property plugin.omemo.bots.name says b_c, which is no name: there are no bots until it is mended.", "value=\"b_c\"");
        send("save", "section", "kept", "activity", "off", "statistics-days", "365", "violation-days", "10000");
        assertThat(server.property("plugin.omemo.activity")).isEqualTo("off");
        assertThat(server.property("plugin.omemo.statistics.days")).isEqualTo("365");
        assertThat(audit().get(0).getDetails()).contains("plugin.omemo.activity: evrything -> off");
        assertThat(admin.get(PAGE).body()).doesNotContain("evrything", "forever");
    }

    @Test
    void savingWhatHoldsAlreadyLeavesNoTrace() {
        int before = audit().size();

        assertThat(send("save", "section", "keys", "validation", "lenient")).contains("already");
        assertThat(send("save", "section", "states", "inactive-days", "30", "silence-days", "180", "one-side-days", "7", "stale-messages", "53"))
            .contains("already");
        assertThat(send("save", "section", "home", "bots-name", "omemo-bots", "bots-enabled", "true", "self-test-hours", "0"))
            .contains("already");
        assertThat(send("save", "section", "kept", "activity", "rooms", "statistics-days", "365", "violation-days", "90"))
            .contains("already");

        assertThat(audit()).hasSize(before);
        assertThat(server.property("plugin.omemo.activity")).isNull();
    }

    @Test
    void aBotIsSetChangedAndDeleted() {
        send("set-bot", new HashMap<>(Map.of("name", "crier", "bot-kind", "canary", "family-0.4", "on", "every", "7", "paused", "on")));
        assertThat(server.property(BOT + "crier")).isEqualTo("canary; families=0.4; trust=decide; every=7; paused=yes");

        send("set-bot", new HashMap<>(Map.of("bot", "crier", "bot-kind", "echo", "family-0.8+", "on", "blind", "on", "every", "5",
            "paused", "on")));
        assertThat(server.property(BOT + "crier")).isEqualTo("echo; families=0.8+; trust=blind; every=5; paused=yes");

        send("delete-bot", "bot", "crier");
        assertThat(server.property(BOT + "crier")).isNull();
        assertThat(audit()).extracting(SecurityAuditEvent::getSummary)
            .startsWith("OMEMO: deleted a bot", "OMEMO: set a bot", "OMEMO: set a bot");
        assertThat(audit().get(0).getDetails()).isEqualTo(BOT + "crier: echo; families=0.8+; trust=blind; every=5; paused=yes");
    }

    @Test
    void whatIsWrongWithABotIsSaid() {
        HttpResponse<String> answer = post("set-bot", new HashMap<>(Map.of("name", "No Name", "bot-kind", "echo", "every", "0")));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).contains("value=\"No Name\"", "dots, hyphens and underscores", "choose one at least", "number from 1 to 1,440");
    }

    @Test
    void nothingIsSmuggledIntoABotWithItsMinutes() {
        HttpResponse<String> answer = post("set-bot", new HashMap<>(
            Map.of("name", "crier", "bot-kind", "canary", "family-0.4", "on", "every", "7; trust=blind", "paused", "on")));

        assertThat(answer.body()).contains("value=\"7; trust=blind\"", "number from 1 to 1,440");
        assertThat(server.property(BOT + "crier")).isNull();
    }

    @Test
    void whatIsStoredIsEscaped() {
        server.setProperty(POLICY + "room." + SCRIPT, SCRIPT);
        server.setProperty(POLICY + "pattern.5", SCRIPT + " \"'" + SCRIPT);
        server.setProperty(BOT + "x\"'" + SCRIPT, SCRIPT);
        server.setProperty("plugin.omemo.keys.silence-days", "\"" + SCRIPT);

        for (String query : List.of("", "?property=" + POLICY + "pattern.5", "?property=" + SCRIPT_ENCODED,
            "?bot=" + SCRIPT_ENCODED, "?page=" + SCRIPT_ENCODED)) {
            assertThat(admin.get(PAGE + query).body()).contains("&lt;script&gt;").doesNotContain(SCRIPT);
        }
    }

    @Test
    void whatIsTypedIsEscaped() {
        for (String action : List.of("set-policy", "set-bot", "save")) {
            Map<String, String> form = new HashMap<>();
            for (String field : List.of("property", "kind", "target", "pattern", "mode", "subject", "max-keys", "exempt", "bot", "name",
                "bot-kind", "every", "activity", "statistics-days", "violation-days")) {
                form.put(field, "\">" + SCRIPT);
            }
            form.put("section", "kept");
            form.put("action", action);
            admin.get(PAGE);
            form.put("csrf", admin.cookie("csrf"));

            assertThat(admin.post(PAGE, form).body()).contains("&lt;script&gt;").doesNotContain(SCRIPT);
        }
        send("set-policy", "kind", "pattern", "target", "7", "pattern", SCRIPT, "mode", "off");
        assertThat(admin.get(PAGE).body()).contains("&lt;script&gt;").doesNotContain(SCRIPT);
    }

    @Test
    void speaksGermanToAGerman() {
        JiveGlobals.setLocale(Locale.GERMAN);
        server.setProperty(POLICY + "default", "of");
        server.setProperty(POLICY + "nonsense", "of");
        server.setProperty(BOT + "broken", "?");
        server.setProperty("plugin.omemo.keys.validation", "?");
        server.setProperty("plugin.omemo.keys.silence-days", "90");

        assertThat(admin.get(PAGE).body()).contains("<h1>OMEMO: Einstellungen</h1>", "Richtlinien", "Räume nach Muster")
            .contains("Nicht lesbar: of ist kein Wert von mode", "Sie ist ohne Wirkung.", "Was behalten wird",
                "In Kraft: 90, wie die Eigenschaft plugin.omemo.keys.silence-days es sagt.", "Stattdessen in Kraft: werden abgewiesen.")
            .doesNotContain("???");
        assertThat(refused("set-policy", "kind", "room", "target", "ü", "mode", ""))
            .contains("Das ist nicht die Adresse eines Raums", "value=\"ü\"").doesNotContain("???");
    }

    @Test
    void manyPoliciesArePaged() {
        for (int i = 0; i < 120; i++) {
            server.setProperty(POLICY + "pattern." + i, "room" + i + "@* observe");
        }

        assertThat(admin.get(PAGE).body()).contains("Page 1 of 3, 121 in all", "room0@*").doesNotContain("room50@*");
        assertThat(admin.get(PAGE + "?page=2").body()).contains("room50@*", "room99@*").doesNotContain("room100@*");
        assertThat(admin.get(PAGE + "?page=99999").body()).contains("Page 3 of 3", "room119@*");
    }

    /** Sends a form as the page holds it, and returns what the page says about it afterwards. */
    private String send(String action, String... fields) {
        return sent(post(action, fields));
    }

    private String send(String action, Map<String, String> form) {
        return sent(post(action, form));
    }

    private String sent(HttpResponse<String> response) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(302);
        assertThat(response.headers().firstValue("Location").orElseThrow()).endsWith("/omemo-settings.jsp");
        return admin.get(PAGE).body().replaceAll("(?s).*role=\"status\">(.*?)</p>.*", "$1");
    }

    /** The row of a table that is about this. */
    private static String row(String page, String subject) {
        return Arrays.stream(page.split("<tr>")).filter(row -> row.contains("<bdi>" + subject + "</bdi>")).findFirst().orElseThrow()
            .split("</tr>")[0];
    }

    private String refused(String action, String... fields) {
        HttpResponse<String> response = post(action, fields);
        assertThat(response.statusCode()).isEqualTo(200);
        return response.body();
    }

    private HttpResponse<String> post(String action, String... fields) {
        return post(action, rules(fields));
    }

    /** A form with all rules of a policy as they are usual, but for the fields given. */
    private static Map<String, String> rules(String... fields) {
        Map<String, String> form = new HashMap<>(Map.of("body", "replace", "history", "keep", "unlisted", "remove", "subject", "nobody",
            "reactions", "pass", "reason", "remove", "private", "covered", "status", "remove", "max-keys", "2000"));
        for (String check : List.of("sender-device", "recipients", "recipient-devices", "counterfeit", "coverage")) {
            form.put(check, "observe");
        }
        form.putAll(Map.of("family-legacy", "on", "family-0.4", "on", "family-0.8+", "on"));
        for (int i = 0; i < fields.length; i += 2) {
            form.put(fields[i], fields[i + 1]);
        }
        return form;
    }

    private HttpResponse<String> post(String action, Map<String, String> form) {
        admin.get(PAGE);
        form.put("csrf", admin.cookie("csrf"));
        form.put("action", action);
        return admin.post(PAGE, form);
    }

    private static List<SecurityAuditEvent> audit() {
        try {
            return SecurityAuditManager.getInstance().getEvents(null, null, 100, null, null);
        } catch (AuditWriteOnlyException e) {
            throw new IllegalStateException(e);
        }
    }
}

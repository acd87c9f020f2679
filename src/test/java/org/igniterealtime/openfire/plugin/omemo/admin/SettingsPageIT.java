package org.igniterealtime.openfire.plugin.omemo.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.igniterealtime.openfire.plugin.omemo.embedded.ConsoleClient;
import org.igniterealtime.openfire.plugin.omemo.embedded.EmbeddedOpenfire;
import org.igniterealtime.openfire.plugin.omemo.embedded.OpenfireExtension;
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
                || name.matches("plugin\\.omemo\\.(keys|selftest)\\..*|plugin\\.omemo\\.bots\\.(name|enabled)"))
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

        assertThat(send("set-policy", "kind", "room", "subject", "Secret@" + server.mucDomain(), "policy", "enforce"))
            .isEqualTo("The policy was saved, and is in force: Secret@" + server.mucDomain());
        assertThat(server.property(POLICY + "room." + room)).isEqualTo("enforce");
        assertThat(admin.get(PAGE).body()).contains(room).doesNotContain("The policy was saved");

        send("set-policy", "property", POLICY + "room." + room, "policy", "observe; families=0.4");
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
        assertThat(send("set-policy", "kind", "pattern", "subject", "10", "pattern", "a-*@" + server.mucDomain(),
            "policy", "warn")).endsWith("in force: a-*@" + server.mucDomain());
        send("set-policy", "kind", "service", "subject", server.mucDomain(), "policy", "observe");
        send("set-policy", "kind", "default", "subject", "", "policy", "off");

        assertThat(server.property(POLICY + "pattern.10")).isEqualTo("a-*@" + server.mucDomain() + " warn");
        assertThat(server.property(POLICY + "service." + server.mucDomain())).isEqualTo("observe");
        assertThat(server.property(POLICY + "default")).isEqualTo("off");
    }

    @Test
    void whatIsWrongIsSaidBesideTheFieldAndNothingIsLostThatWasTyped() {
        String page = refused("set-policy", "kind", "pattern", "subject", "1x", "pattern", "two words",
            "policy", "enforce; families=0.5");

        assertThat(page).contains("Please give a number from 0 to 999999", "value=\"1x\"")
            .contains("Please give a pattern without spaces", "value=\"two words\"")
            .contains("Cannot be read: 0.5 is no family of OMEMO", "value=\"enforce; families=0.5\"")
            .contains("Nothing was changed");
        assertThat(server.property(POLICY + "pattern.1x")).isNull();
    }

    @Test
    void aPolicyThatIsThereIsNotOverwrittenByAddingOne() {
        server.setProperty(POLICY + "default", "warn");

        assertThat(refused("set-policy", "kind", "default", "policy", "off")).contains("change that one");
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
    void plainSettingsAreSavedTogetherOrNotAtAll() {
        assertThat(refused("save", "validation", "strict", "silence-days", "0", "one-side-days", "8", "bots-name", "b_c",
            "self-test-hours", "24")).contains("Please give a whole number from 1 to 10,000", "value=\"b_c\"", "hyphens");
        assertThat(server.property("plugin.omemo.keys.validation")).isNull();

        assertThat(send("save", "validation", "strict", "common-rooms", "true", "silence-days", "90",
            "one-side-days", "7", "bots-name", "omemo-bots", "bots-enabled", "true", "self-test-hours", "24"))
            .isEqualTo("The settings were saved, and are in force.");
        assertThat(server.property("plugin.omemo.keys.validation")).isEqualTo("strict");
        assertThat(server.property("plugin.omemo.keys.common-rooms")).isEqualTo("true");
        assertThat(server.property("plugin.omemo.keys.silence-days")).isEqualTo("90");
        assertThat(server.property("plugin.omemo.keys.one-side-days")).as("as it was").isNull();
        assertThat(server.property("plugin.omemo.selftest.hours")).isEqualTo("24");
        assertThat(audit().get(0).getDetails()).contains("plugin.omemo.keys.validation: lenient -> strict");
    }

    @Test
    void savingWhatHoldsAlreadyLeavesNoTrace() {
        int before = audit().size();

        assertThat(send("save", "validation", "lenient", "silence-days", "180", "one-side-days", "7", "bots-name",
            "omemo-bots", "bots-enabled", "true", "self-test-hours", "0")).contains("already");

        assertThat(audit()).hasSize(before);
    }

    @Test
    void aBotIsSetChangedAndDeleted() {
        send("set-bot", "name", "crier", "bot-kind", "canary", "family-0.4", "on", "every", "7", "paused", "on");
        assertThat(server.property(BOT + "crier")).isEqualTo("canary; families=0.4; trust=decide; every=7; paused=yes");

        send("set-bot", "bot", "crier", "bot-kind", "echo", "family-0.8+", "on", "blind", "on", "every", "5",
            "paused", "on");
        assertThat(server.property(BOT + "crier")).isEqualTo("echo; families=0.8+; trust=blind; every=5; paused=yes");

        send("delete-bot", "bot", "crier");
        assertThat(server.property(BOT + "crier")).isNull();
    }

    @Test
    void whatIsWrongWithABotIsSaid() {
        assertThat(refused("set-bot", "name", "No Name", "bot-kind", "echo", "every", "0"))
            .contains("value=\"No Name\"", "dots, hyphens and underscores", "choose one at least", "number from 1 to 1,440");
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
            for (String field : List.of("property", "kind", "subject", "pattern", "policy", "bot", "name", "bot-kind", "every",
                "validation", "silence-days", "one-side-days", "bots-name", "self-test-hours")) {
                form.put(field, "\">" + SCRIPT);
            }
            form.put("action", action);
            admin.get(PAGE);
            form.put("csrf", admin.cookie("csrf"));

            assertThat(admin.post(PAGE, form).body()).contains("&lt;script&gt;").doesNotContain(SCRIPT);
        }
        send("set-policy", "kind", "pattern", "subject", "7", "pattern", SCRIPT, "policy", "off");
        assertThat(admin.get(PAGE).body()).contains("&lt;script&gt;").doesNotContain(SCRIPT);
    }

    @Test
    void speaksGermanToAGerman() {
        JiveGlobals.setLocale(Locale.GERMAN);
        server.setProperty(POLICY + "default", "of");
        server.setProperty(POLICY + "nonsense", "of");
        server.setProperty(BOT + "broken", "?");

        assertThat(admin.get(PAGE).body()).contains("<h1>OMEMO: Einstellungen</h1>", "Richtlinien", "Räume nach Muster")
            .contains("Nicht lesbar: of ist kein Wert von mode").doesNotContain("???");
        assertThat(refused("set-policy", "kind", "room", "subject", "ü", "policy", ""))
            .contains("Das ist nicht die Adresse eines Raums", "value=\"ü\"").doesNotContain("???");
    }

    @Test
    void manyPoliciesArePaged() {
        for (int i = 0; i < 120; i++) {
            server.setProperty(POLICY + "pattern." + i, "room" + i + "@* observe");
        }

        assertThat(admin.get(PAGE).body()).contains("Page 1 of 3, 120 in all", "room0@*").doesNotContain("room50@*");
        assertThat(admin.get(PAGE + "?page=2").body()).contains("room50@*", "room99@*").doesNotContain("room100@*");
        assertThat(admin.get(PAGE + "?page=99999").body()).contains("Page 3 of 3", "room119@*");
    }

    /** Sends a form as the page holds it, and returns what the page says about it afterwards. */
    private String send(String action, String... fields) {
        HttpResponse<String> response = post(action, fields);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(302);
        assertThat(response.headers().firstValue("Location").orElseThrow()).endsWith("/omemo-settings.jsp");
        return admin.get(PAGE).body().replaceAll("(?s).*role=\"status\">(.*?)</p>.*", "$1");
    }

    private String refused(String action, String... fields) {
        HttpResponse<String> response = post(action, fields);
        assertThat(response.statusCode()).isEqualTo(200);
        return response.body();
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

    private static List<SecurityAuditEvent> audit() {
        try {
            return SecurityAuditManager.getInstance().getEvents(null, null, 100, null, null);
        } catch (AuditWriteOnlyException e) {
            throw new IllegalStateException(e);
        }
    }
}

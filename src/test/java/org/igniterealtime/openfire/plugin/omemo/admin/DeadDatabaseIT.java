package org.igniterealtime.openfire.plugin.omemo.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.igniterealtime.openfire.plugin.omemo.embedded.ConsoleClient;
import org.igniterealtime.openfire.plugin.omemo.embedded.EmbeddedOpenfire;
import org.igniterealtime.openfire.plugin.omemo.embedded.HomeDatabase;
import org.igniterealtime.openfire.plugin.omemo.embedded.OpenfireExtension;
import org.igniterealtime.openfire.plugin.omemo.embedded.TestClient;
import org.jivesoftware.util.JiveGlobals;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The pages while the server's database is dead, or does not answer, and when it is back. */
@ExtendWith(OpenfireExtension.class)
class DeadDatabaseIT {

    private static final String POLICY = "plugin.omemo.policy.room.board@";
    private static final String MISSING = "Missing on this page:";
    private static final String RETRY_DELAY = "database.retryDelay";
    private static final List<String> PAGES = List.of("omemo-overview.jsp", "omemo-violations.jsp", "omemo-devices.jsp",
        "omemo-user.jsp?account=admin@openfire.example", "omemo-rooms.jsp", "omemo-rooms.jsp?sort=violation",
        "omemo-room.jsp?room=board@conference.openfire.example", "omemo-selftest.jsp");

    private final EmbeddedOpenfire server;
    private final ConsoleClient admin;

    DeadDatabaseIT(EmbeddedOpenfire server) {
        this.server = server;
        admin = new ConsoleClient(server);
    }

    @BeforeEach
    void logIn() {
        server.plugins().ensureInstalled(Path.of(System.getProperty("plugin.jar")));
        server.setProperty(POLICY + server.mucDomain(), "enforce");
        // Openfire tries eleven times to connect; a quarter of a second between them would only make the test long.
        JiveGlobals.setXMLProperty(RETRY_DELAY, "20");
        admin.login();
        // Openfire remembers who may use the console.
        PAGES.forEach(this::get);
    }

    @AfterEach
    void revive() {
        HomeDatabase.be(HomeDatabase.State.ALIVE);
        JiveGlobals.setLocale(Locale.ENGLISH);
        JiveGlobals.deleteXMLProperty(RETRY_DELAY);
        server.deleteProperty(POLICY + server.mucDomain());
    }

    @ParameterizedTest
    @EnumSource(value = HomeDatabase.State.class, names = {"DEAD", "SILENT"})
    void everyPageSaysWhatIsMissingAndIsBackWithTheDatabase(HomeDatabase.State state) {
        HomeDatabase.be(state);
        for (String page : PAGES) {
            // Each waits for a silent database: some are enough.
            if (state == HomeDatabase.State.DEAD || page.contains("?")) {
                long begin = System.nanoTime();
                assertThat(get(page)).as(page).contains(MISSING, state == HomeDatabase.State.DEAD
                    ? "The server could not read that: " : "The database gave no answer").doesNotContain("<b>is dead");
                assertThat(Duration.ofNanos(System.nanoTime() - begin)).as(page).isLessThan(Duration.ofSeconds(30));
            }
        }
        HomeDatabase.be(HomeDatabase.State.ALIVE);
        for (String page : PAGES) {
            assertThat(get(page)).as(page).doesNotContain(MISSING);
        }
    }

    @Test
    void theRestOfThePagesIsThereAllTheSame() {
        String board = server.room("board").membersOnly().nonAnonymous().owners("dead-alice").create();
        server.createUser("dead-alice", "secret");
        try (TestClient alice = TestClient.login(server, "dead-alice", "secret")) {
            alice.joinRoom(board, "alice");
            HomeDatabase.be(HomeDatabase.State.DEAD);
            assertThat(get("omemo-rooms.jsp")).contains(board, "Enforce", "<small>unknown</small>");
            alice.sendRaw("<message to='" + board + "' type='groupchat' id='m'><body>LEAK</body></message>");
            alice.barrier();
            assertThat(get("omemo-rooms.jsp")).contains("omemo-violations.jsp?room=board").doesNotContain("<small>unknown</small>");
        } finally {
            HomeDatabase.be(HomeDatabase.State.ALIVE);
            server.destroyRoom("board");
        }
        HomeDatabase.be(HomeDatabase.State.DEAD);
        assertThat(get("omemo-room.jsp?room=board@" + server.mucDomain())).contains("name=\"mode\"");
        assertThat(get("omemo-overview.jsp")).doesNotContain("id=\"messages\"", "id=\"modes\"", "Nothing</span>");
        assertThat(admin.get("/plugins/omemo/violations-live").statusCode()).isEqualTo(503);
        assertThat(admin.get("/plugins/omemo/violations-export?format=csv").statusCode()).isEqualTo(503);
    }

    @Test
    void whatIsAskedForWhileItIsDeadIsToldToHaveFailed() throws Exception {
        String account = "admin@" + server.domain();
        NoticedDevices.add(account, "0.8+", 7, "phone", "1".repeat(64), "2".repeat(64));
        try {
            String alarm = get("omemo-user.jsp?account=" + account).split("name=\"alarm\"")[1].split("value=\"")[1].split("\"")[0];
            Map<String, String> form = Map.of("csrf", admin.cookie("csrf"), "account", account, "action", "acknowledge", "alarm", alarm);
            HomeDatabase.be(HomeDatabase.State.DEAD);
            HttpResponse<String> answer = admin.post("/plugins/omemo/omemo-user.jsp", form);
            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(answer.body()).contains("Nothing was changed: the database");
            HomeDatabase.be(HomeDatabase.State.ALIVE);
            assertThat(get("omemo-user.jsp?account=" + account)).contains(alarm);
        } finally {
            HomeDatabase.be(HomeDatabase.State.ALIVE);
            NoticedDevices.forget(account);
        }
    }

    @Test
    void aSettingThatCannotBeStoredDoesNotHold() {
        get("omemo-settings.jsp");
        Map<String, String> form = Map.of("csrf", admin.cookie("csrf"), "action", "save", "section", "kept", "activity", "off",
            "statistics-days", "7", "violation-days", "7");
        HomeDatabase.be(HomeDatabase.State.DEAD);

        HttpResponse<String> answer = admin.post("/plugins/omemo/omemo-settings.jsp", form);

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.body()).contains("Nothing was changed: the database").doesNotContain("???");
        assertThat(server.property("plugin.omemo.violations.days")).isNull();
    }

    @Test
    void theNoticeFitsIntoEveryWindow() {
        try (ConsoleWindow window = new ConsoleWindow(server)) {
            HomeDatabase.be(HomeDatabase.State.DEAD);
            window.picture("/plugins/omemo/omemo-overview.jsp", "overview-dead");
        }
    }

    @Test
    void germansAreToldInGerman() {
        JiveGlobals.setLocale(Locale.GERMAN);
        HomeDatabase.be(HomeDatabase.State.DEAD);

        assertThat(get("omemo-overview.jsp")).contains("Auf dieser Seite fehlen:", "Der Server konnte das nicht lesen")
            .doesNotContain("???");
    }

    private String get(String page) {
        HttpResponse<String> answer = admin.get("/plugins/omemo/" + page);
        assertThat(answer.statusCode()).as(page).isEqualTo(200);
        return answer.body();
    }
}

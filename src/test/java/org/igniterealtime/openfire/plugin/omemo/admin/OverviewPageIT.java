package org.igniterealtime.openfire.plugin.omemo.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Field;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.TimeZone;
import java.util.regex.Pattern;
import org.igniterealtime.openfire.plugin.omemo.embedded.ConsoleClient;
import org.igniterealtime.openfire.plugin.omemo.embedded.EmbeddedOpenfire;
import org.igniterealtime.openfire.plugin.omemo.embedded.OpenfireExtension;
import org.jivesoftware.openfire.XMPPServer;
import org.jivesoftware.util.JiveGlobals;
import org.jivesoftware.util.cache.CacheFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The overview, in the console of a real server and in a browser. */
@ExtendWith(OpenfireExtension.class)
class OverviewPageIT {

    private static final String PAGE = "/plugins/omemo/omemo-overview.jsp";
    private static final String SCRIPT = "<script>alert(1)</script>";
    private static final String POLICY = "plugin.omemo.policy.room.x@conference.example.org";
    private static final String BOT = "plugin.omemo.bot.broken";
    private static final int HOUR = 3_600_000;

    private final EmbeddedOpenfire server;
    private final ConsoleClient admin;
    private final NotedViolations noted = new NotedViolations();
    private final long now = System.currentTimeMillis();

    OverviewPageIT(EmbeddedOpenfire server) {
        this.server = server;
        admin = new ConsoleClient(server);
    }

    @BeforeEach
    void logIn() throws Exception {
        server.plugins().ensureInstalled(Path.of(System.getProperty("plugin.jar")));
        NotedViolations.clear();
        admin.login();
    }

    @AfterEach
    void forget() throws Exception {
        JiveGlobals.setLocale(Locale.ENGLISH);
        server.deleteProperty(POLICY);
        server.deleteProperty(BOT);
        NotedViolations.clear();
    }

    @Test
    void hoursInWhichNothingHappenedAreThereWithZero() throws Exception {
        NotedViolations.count(now - 2 * HOUR, "passed.encrypted", 1_200);
        NotedViolations.count(now - 2 * HOUR, "refused.plaintext", 7);
        NotedViolations.count(now - 2 * HOUR, "family.legacy", 900);
        String page = get("?by=hour");

        assertThat(Pattern.compile("<tr data-time").matcher(page).results()).hasSize(2 * 48);
        assertThat(page).contains("<td class=\"number\" data-value=\"1200\">1,200</td>", "data-value=\"7\">7<",
            "data-value=\"75\">75\u00A0%<", "data-value=\"0\">0<");
        assertThat(Pattern.compile("<tr data-time").matcher(get("")).results()).as("days").hasSize(2 * 30);
        assertThat(Pattern.compile("<tr data-time").matcher(get("?by=month")).results()).hasSize(2 * 12);
    }

    @Test
    void whatNeedsAttentionIsToldWithALink() throws Exception {
        assertThat(get("")).doesNotContain("Policies that cannot be read", "Bots that do not work", "enforcing would refuse");
        server.setProperty(POLICY, "of");
        server.setProperty(BOT, SCRIPT);
        noted.note(SCRIPT, "bob@example.org", 101, "observed", 3, now - HOUR);
        noted.note("old@conference.example.org", "bob@example.org", 101, "observed", 3, now - 8L * 24 * HOUR);
        noted.note("safe@conference.example.org", "bob@example.org", 101, "refused", 3, now);
        noted.write();

        assertThat(get("")).contains("Policies that cannot be read: 1", "Bots that do not work: 1 (broken)",
                "omemo-violations.jsp?room=%3Cscript%3E", "In the room &lt;script&gt;", "omemo-settings.jsp#policies")
            .doesNotContain(SCRIPT, "old@", "safe@");
    }

    @Test
    void roomsAreCountedByModeAndTheNumbersLeadToThem() {
        for (String name : List.of("one", "two", "three")) {
            server.room(name).create();
        }
        try {
            server.setProperty("plugin.omemo.policy.room.one@" + server.mucDomain(), "warn");
            server.setProperty("plugin.omemo.policy.service." + server.mucDomain(), "observe");

            assertThat(get("")).contains("<a href=\"omemo-rooms.jsp?mode=warn\">1</a>", "<a href=\"omemo-rooms.jsp?mode=observe\">2</a>",
                "<a href=\"omemo-rooms.jsp?mode=off\">0</a>", "<a href=\"omemo-rooms.jsp?mode=enforce\">0</a>");
            assertThat(admin.get("/plugins/omemo/omemo-rooms.jsp?mode=observe").body()).contains("2 of 3 rooms");
        } finally {
            server.deleteProperty("plugin.omemo.policy.room.one@" + server.mucDomain());
            server.deleteProperty("plugin.omemo.policy.service." + server.mucDomain());
            List.of("one", "two", "three").forEach(server::destroyRoom);
        }
    }

    @Test
    void hoursAreThoseOfTheConsolesTimeZoneAndDaysOfUtc() throws Exception {
        TimeZone before = JiveGlobals.getTimeZone();
        JiveGlobals.setTimeZone(TimeZone.getTimeZone("Asia/Kolkata"));
        try {
            NotedViolations.count(now, "passed.encrypted", 1_200);
            String label = DateTimeFormatter.ofLocalizedDateTime(FormatStyle.SHORT).withLocale(Locale.ENGLISH)
                .withZone(ZoneId.of("Asia/Kolkata")).format(Instant.ofEpochMilli(now).truncatedTo(ChronoUnit.HOURS));
            assertThat(label).contains(":30");
            assertThat(get("?by=hour")).contains(label + "</th><td class=\"number\" data-value=\"1200\">",
                "Hours are those of the time zone of the console, Asia/Kolkata.");
            assertThat(get("?by=day")).contains("Days are those of UTC");
            assertThat(get("?by=month")).contains("Months are those of UTC");
        } finally {
            JiveGlobals.setTimeZone(before);
        }
    }

    @Test
    void inAClusterThePageSaysWhatIsOfThisNodeAlone() throws Exception {
        String node = "as this node knows them";
        assertThat(get("")).doesNotContain(node);
        Field started = CacheFactory.class.getDeclaredField("clusteringStarted");
        started.setAccessible(true);
        started.set(null, true);
        try {
            String name = XMPPServer.getInstance().getServerInfo().getHostname();
            for (String page : List.of("overview", "rooms", "selftest")) {
                assertThat(admin.get("/plugins/omemo/omemo-" + page + ".jsp").body()).as(page).contains(node + ": " + name);
            }
            assertThat(admin.get("/plugins/omemo/omemo-settings.jsp").body()).doesNotContain(node);
        } finally {
            started.set(null, false);
        }
    }

    @Test
    void theChartsAreDrawnAndThePageFitsIntoEveryWindow() throws Exception {
        for (int i = 0; i < 48; i++) {
            NotedViolations.count(now - (long) i * HOUR, "passed.encrypted", 400 + 40 * (i % 7) - 4 * i);
            NotedViolations.count(now - (long) i * HOUR, "passed.plaintext", 30 + 4L * i);
            NotedViolations.count(now - (long) i * HOUR, "refused.plaintext", 25 + i % 5);
            NotedViolations.count(now - (long) i * HOUR, "family.legacy", 120 + 2L * i);
            NotedViolations.count(now - (long) i * HOUR, "family.0.8+", 100);
        }
        noted.note(SCRIPT + "r".repeat(180), "bob@example.org", 101, "observed", 3, now - HOUR);
        noted.note("\u05e9\u05dc\u05d5\u05dd@conference.example.org", "bob@example.org", 101, "warned", 3, now - HOUR);
        noted.write();
        try (ConsoleWindow window = new ConsoleWindow(server)) {
            window.picture(PAGE + "?by=hour", "overview");
            window.open(PAGE + "?by=hour");
            assertThat(window.browser().run("document.querySelectorAll('.chart canvas').length")).isEqualTo("2");
            assertThat(window.browser().run("document.querySelectorAll('details[open]').length")).isEqualTo("0");
            NotedViolations.clear();
            window.picture(PAGE, "overview-none");
            assertThat(window.browser().complaints()).isEmpty();
        }
    }

    private String get(String query) {
        HttpResponse<String> answer = admin.get(PAGE + query);
        assertThat(answer.statusCode()).isEqualTo(200);
        return answer.body();
    }
}

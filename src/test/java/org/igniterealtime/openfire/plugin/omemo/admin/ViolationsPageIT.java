package org.igniterealtime.openfire.plugin.omemo.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.igniterealtime.openfire.plugin.omemo.embedded.ConsoleClient;
import org.igniterealtime.openfire.plugin.omemo.embedded.EmbeddedOpenfire;
import org.igniterealtime.openfire.plugin.omemo.embedded.OpenfireExtension;
import org.jivesoftware.util.JiveGlobals;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The page of violations, what it polls and what it exports, in the console of a real server. */
@ExtendWith(OpenfireExtension.class)
class ViolationsPageIT {

    private static final String PAGE = "/plugins/omemo/omemo-violations.jsp";
    private static final String LIVE = "/plugins/omemo/violations-live";
    private static final String EXPORT = "/plugins/omemo/violations-export";
    private static final String SCRIPT = "<script>alert(1)</script>";
    private static final String HEBREW = "\u05e9\u05dc\u05d5\u05dd@conference.example.org";
    private static final String CSV_HEAD = "room,sender,finding,code,action,amount,first,last\r\n";
    private static final int PLAINTEXT = 101;

    private final EmbeddedOpenfire server;
    private final ConsoleClient admin;
    private final NotedViolations noted = new NotedViolations();
    private final long now = System.currentTimeMillis();

    ViolationsPageIT(EmbeddedOpenfire server) {
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
        NotedViolations.clear();
    }

    @Test
    void withoutViolationsThePageSaysSoAndFilesAreEmpty() throws Exception {
        assertThat(get(PAGE)).contains("There are no such violations.").contains("<table class=\"list\" hidden>");
        assertThat(get(LIVE)).isEqualTo("[]");
        assertThat(get(EXPORT + "?format=csv")).isEqualTo(CSV_HEAD);
        assertThat(json(get(EXPORT + "?format=json")).get("violations")).isEmpty();
    }

    @Test
    void aViolationIsShownWithItsFindingInWordsAndInTheConsolesLanguage() throws Exception {
        noted.note("a@conference.example.org", "bob@example.org", PLAINTEXT, "refused", 1_234, now);
        noted.note("a@conference.example.org", "bob@example.org", 777, "observed", 1, now);
        noted.write();

        assertThat(rows(get(PAGE))).anySatisfy(row -> assertThat(row).contains("a@conference.example.org",
                "bob@example.org", "It carried readable text.", "plaintext-body", "101", "Refused", ">1,234<"))
            .anySatisfy(row -> assertThat(row).as("a finding of a later version").contains("777", "Delivered"));
        JiveGlobals.setLocale(Locale.GERMAN);
        assertThat(get(PAGE)).contains("Sie enthielt lesbaren Text.", "Abgewiesen");
    }

    @Test
    void whatSendersChooseIsEscapedEverywhere() throws Exception {
        noted.note(SCRIPT, "\"><b>" + "x".repeat(200), PLAINTEXT, "refused", 1, now);
        noted.note(HEBREW, "\u202egro.elpmaxe@bob", PLAINTEXT, "warned", 1, now);
        noted.write();

        assertThat(get(PAGE)).doesNotContain(SCRIPT, "\"><b>").contains("&lt;script&gt;alert(1)", "x".repeat(200))
            .contains("<bdi class=\"room\">" + HEBREW + "</bdi>");
        assertThat(get(LIVE)).doesNotContain("<").satisfies(text -> assertThat(json(text).findValuesAsText("room"))
            .containsExactlyInAnyOrder(SCRIPT, HEBREW));
        String typed = "?room=" + encode("\"><script>") + "&from=" + encode("'\"><b>");
        assertThat(get(PAGE + typed)).doesNotContain("\"><script>", "'\"><b>")
            .contains("Please give an address", "Please give a date and a time").doesNotContain("data-live=\"");
        assertThat(admin.get(LIVE + typed).statusCode()).isEqualTo(400);
        assertThat(admin.get(EXPORT + typed + "&format=csv").statusCode()).isEqualTo(400);
    }

    @Test
    void everyFilterIsAppliedToPageLiveAndExport() throws Exception {
        noted.note("a@c.example.org", "bob@example.org", PLAINTEXT, "refused", 1, now);
        noted.note("b@c.example.org", "eve@example.org", 206, "observed", 1, now - 2 * 86_400_000L);
        noted.write();

        for (String filter : List.of("room=A@c.example.org", "sender=BOB@example.org", "finding=plaintext-body", "action=refused",
            "from=" + local(now - 3_600_000))) {
            assertThat(rows(get(PAGE + "?" + filter))).as(filter).singleElement().asString().contains("bob@example.org");
            assertThat(json(get(LIVE + "?" + filter)).findValuesAsText("sender")).as(filter).containsExactly("bob@example.org");
            assertThat(get(EXPORT + "?format=csv&" + filter)).as(filter).contains("bob@").doesNotContain("eve@");
        }
        assertThat(rows(get(PAGE + "?until=" + local(now - 3_600_000)))).singleElement().asString().contains("eve@example.org");
    }

    @Test
    void aCellThatCouldBeAFormulaIsNone() throws Exception {
        List<String> dangerous = List.of("=cmd|' /C calc'!A0", "+1", "-1", "@SUM(1)", "\t=1", "\r=1");
        for (String sender : dangerous) {
            noted.note("a,\"b\"@c.example.org", sender, PLAINTEXT, "refused", 1, now);
        }
        noted.write();
        HttpResponse<String> file = admin.get(EXPORT + "?format=csv");

        for (String sender : dangerous) {
            assertThat(file.body()).contains(",\"'" + sender + "\",101,\"plaintext-body\",\"refused\",1,");
        }
        assertThat(file.body()).startsWith(CSV_HEAD + "\"a,\"\"b\"\"@c.example.org\",\"'");
        assertThat(file.headers().firstValue("Content-Type").orElseThrow()).isEqualToIgnoringCase("text/csv; charset=utf-8");
        assertThat(file.headers().firstValue("Content-Disposition")).contains("attachment; filename=\"omemo-violations.csv\"");
        assertThat(file.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
        assertThat(file.headers().firstValue("Cache-Control")).contains("no-store");
    }

    @Test
    void ofTenThousandEveryPageIsReachedAndAFileHoldsNoMore() throws Exception {
        int hour = 3_600_000;
        for (int i = 0; i < 10_050; i++) {
            noted.note("room" + i % 7 + "@c.example.org", "user" + i + "@example.org", PLAINTEXT, "refused", 1,
                now - 100L - (i < 5_000 ? 0 : 2 * hour) - i);
            if (i == 5_000) {
                noted.write();
            }
        }
        noted.write();
        Set<String> seen = new HashSet<>();
        String next = PAGE;
        int pages = 0;
        while (next != null && pages < 5) {
            String page = get(next);
            assertThat(rows(page)).hasSize(50).allSatisfy(row -> assertThat(seen.add(row)).isTrue());
            assertThat(page.contains("data-live=\"")).as("only the first page is live").isEqualTo(pages == 0);
            Matcher on = Pattern.compile("href=\"(omemo-violations\\.jsp\\?[^\"]*after=[^\"]*)\"").matcher(page);
            next = on.find() ? "/plugins/omemo/" + on.group(1).replace("&amp;", "&") : null;
            pages++;
        }
        assertThat(pages).isEqualTo(5);
        assertThat(rows(get(PAGE + "?after=nonsense"))).as("what leads nowhere leads to the first page").hasSize(50);

        HttpResponse<String> csv = admin.get(EXPORT + "?format=csv");
        assertThat(csv.body().lines()).hasSize(10_001).doesNotHaveDuplicates();
        assertThat(csv.headers().firstValue("Content-Disposition").orElseThrow()).contains("-last-10000.csv");
        JsonNode file = json(get(EXPORT + "?format=json"));
        assertThat(file.get("complete").asBoolean()).isFalse();
        assertThat(file.get("violations")).hasSize(10_000);
    }

    @Test
    void nobodyReadsWithoutALoginOrChangesAnything() {
        ConsoleClient nobody = new ConsoleClient(server);
        for (String path : List.of(LIVE, EXPORT + "?format=csv", EXPORT + "?format=json")) {
            HttpResponse<String> answer = nobody.get(path);
            assertThat(answer.statusCode()).as(path).isEqualTo(302);
            assertThat(answer.headers().firstValue("Location").orElseThrow()).contains("/login.jsp");
            assertThat(admin.send("POST", path).statusCode()).isEqualTo(405);
        }
        assertThat(admin.get(EXPORT + "?format=xml").statusCode()).isEqualTo(400);
        assertThat(admin.get(EXPORT + "?format=csv&" + "x=1&".repeat(1_001)).statusCode()).isEqualTo(400);
        assertThat(admin.get(LIVE + "?" + "x=1&".repeat(1_001)).statusCode()).isEqualTo(400);
    }

    private String get(String path) {
        HttpResponse<String> answer = admin.get(path);
        assertThat(answer.statusCode()).as(path).isEqualTo(200);
        assertThat(answer.headers().firstValue("Cache-Control")).as(path).contains("no-store");
        return answer.body();
    }

    /** Those that are shown, without the one for the script. */
    private static List<String> rows(String page) {
        String body = page.substring(page.indexOf("<tbody>", page.indexOf("id=\"violations\"")), page.indexOf("<template>"));
        return Pattern.compile("(?s)<tr>.*?</tr>").matcher(body).results().map(match -> match.group()).toList();
    }

    private static JsonNode json(String text) {
        try {
            return new ObjectMapper().readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static String local(long millis) {
        return encode(Instant.ofEpochMilli(millis).atZone(JiveGlobals.getTimeZone().toZoneId()).toLocalDateTime()
            .withNano(0).toString());
    }
}

package org.igniterealtime.openfire.plugin.omemo.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.igniterealtime.openfire.plugin.omemo.embedded.ConsoleClient;
import org.igniterealtime.openfire.plugin.omemo.embedded.EmbeddedOpenfire;
import org.igniterealtime.openfire.plugin.omemo.embedded.OpenfireExtension;
import org.igniterealtime.openfire.plugin.omemo.embedded.RoomBuilder;
import org.jivesoftware.openfire.XMPPServer;
import org.jivesoftware.openfire.muc.MultiUserChatService;
import org.jivesoftware.openfire.security.AuditWriteOnlyException;
import org.jivesoftware.openfire.security.SecurityAuditEvent;
import org.jivesoftware.openfire.security.SecurityAuditManager;
import org.jivesoftware.util.JiveGlobals;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.xmpp.packet.JID;

/** The page of rooms, in the console of a real server. */
@ExtendWith(OpenfireExtension.class)
class RoomsPageIT {

    private static final String PAGE = "/plugins/omemo/omemo-rooms.jsp";
    private static final String POLICY = "plugin.omemo.policy.";
    private static final String SCRIPT = "<script>alert(1)</script>";

    private final EmbeddedOpenfire server;
    private final ConsoleClient admin;
    private final List<String> rooms = new ArrayList<>();

    RoomsPageIT(EmbeddedOpenfire server) {
        this.server = server;
        admin = new ConsoleClient(server);
    }

    @BeforeEach
    void logIn() {
        server.plugins().ensureInstalled(Path.of(System.getProperty("plugin.jar")));
        admin.login();
    }

    @AfterEach
    void forgetRoomsAndPolicies() {
        JiveGlobals.setLocale(Locale.ENGLISH);
        rooms.forEach(server::destroyRoom);
        List<String> names = JiveGlobals.getPropertyNames();
        names.stream().filter(name -> name.startsWith(POLICY)).forEach(server::deleteProperty);
    }

    @Test
    void saysSoWhenThereAreNoRooms() {
        assertThat(admin.get(PAGE).body()).contains("0 of 0 rooms", "There are no rooms.").doesNotContain("<table class=\"list\"");
    }

    @Test
    void tellsModeAndOriginFamiliesPeopleAndFindings() {
        room("fit").membersOnly().nonAnonymous().members("a", "b@remote.example").create();
        room("open").create();
        room("board-1").create();
        server.setProperty(POLICY + "room." + address("fit"), "enforce; families=0.4,0.8+");
        server.setProperty(POLICY + "pattern.1", "board-*@* warn");
        server.setProperty(POLICY + "service." + server.mucDomain(), "observe");

        String page = admin.get(PAGE).body();
        assertThat(row(page, "fit")).contains("Enforce", "of its own", ">0.4<", ">0.8+<", ">3<", "1 of other servers")
            .doesNotContain(">legacy<", "hides addresses", "open to everybody");
        assertThat(row(page, "open")).contains("Observe", "from its service", ">legacy<", "hides addresses", "open to everybody");
        assertThat(row(page, "board-1")).contains("Warn", "from a pattern:", "board-*@*");
    }

    @Test
    void tellsWhoCouldNotSpeakAsSoonAsItIsKnown() throws InterruptedException {
        room("silent").members("nobody1", "nobody2").create();
        server.setProperty(POLICY + "default", "observe");

        String row = row(admin.get(PAGE).body(), "silent");
        for (int i = 0; i < 100 && row.contains("being looked at"); i++) {
            Thread.sleep(50);
            row = row(admin.get(PAGE).body(), "silent");
        }
        assertThat(row).contains("3 of 3 could not speak");
    }

    @Test
    void aRoomWithAPolicyIsListedBeforeItExists() {
        server.setProperty(POLICY + "room." + address("to-be"), "enforce");

        assertThat(row(admin.get(PAGE).body(), "to-be")).contains("Enforce", "There is no such room now.");
    }

    @Test
    void isFilteredAndSorted() {
        room("alpha").create();
        room("beta").create();
        room("gamma").create();
        server.setProperty(POLICY + "room." + address("gamma"), "enforce");
        server.setProperty(POLICY + "room." + address("beta"), "warn");

        assertThat(admin.get(PAGE + "?text=ALPH").body()).contains("1 of 3 rooms", address("alpha")).doesNotContain(address("beta"));
        assertThat(admin.get(PAGE + "?mode=warn").body()).contains("1 of 3 rooms", address("beta")).doesNotContain(address("alpha"));
        assertThat(admin.get(PAGE + "?mode=nonsense&sort=nonsense").body()).contains("3 of 3 rooms");
        assertThat(admin.get(PAGE + "?text=zzz").body()).contains("No room is like that.");
        assertThat(admin.get(PAGE).body()).containsSubsequence(">" + address("alpha"), ">" + address("beta"), ">" + address("gamma"));
        assertThat(admin.get(PAGE + "?sort=mode").body())
            .containsSubsequence(">" + address("gamma"), ">" + address("beta"), ">" + address("alpha"));
    }

    @Test
    void theLastViolationOfARoomIsShownAndLeadsToThoseOfTheRoom() throws Exception {
        for (String name : List.of("alpha", "beta", "gamma")) {
            room(name).create();
        }
        NotedViolations violations = new NotedViolations();
        long now = System.currentTimeMillis();
        violations.note(address("alpha"), "bob@example.org", 101, "observed", 1, now - 7_200_000);
        violations.note(address("beta"), "bob@example.org", 101, "observed", 1, now - 3_600_000);
        violations.write();
        try {
            String page = admin.get(PAGE).body();
            assertThat(row(page, "alpha")).contains("href=\"omemo-violations.jsp?room=alpha%40" + server.mucDomain() + "\"");
            assertThat(row(page, "gamma")).contains("<small>none</small>").doesNotContain("omemo-violations.jsp");
            assertThat(admin.get("/plugins/omemo/omemo-violations.jsp?room=alpha%40" + server.mucDomain()).body())
                .contains("class=\"room\">" + address("alpha")).doesNotContain("class=\"room\">" + address("beta"));
            page = admin.get(PAGE + "?sort=violation").body();
            assertThat(page).containsSubsequence(">" + address("beta"), ">" + address("alpha"), ">" + address("gamma"))
                .contains("<option value=\"violation\" selected>");
            assertThat(admin.get(PAGE + "?sort=violation&text=a&mode=off").body())
                .containsSubsequence(">" + address("beta"), ">" + address("alpha"), ">" + address("gamma"));
        } finally {
            NotedViolations.clear();
        }
    }

    @Test
    void theModeOfManyRoomsIsSetAndTheirRulesStay() {
        for (String name : List.of("one", "two", "three")) {
            room(name).create();
        }
        server.setProperty(POLICY + "room." + address("one"), "observe; families=0.4; subject=admins");
        server.setProperty(POLICY + "default", "observe; reason=keep");

        HttpResponse<String> answer = send("change", "enforce", "text", "o & <", "room", address("one"), "room", address("two"));

        assertThat(answer.statusCode()).isEqualTo(302);
        assertThat(URI.create(answer.headers().firstValue("Location").orElseThrow()).getRawQuery()).startsWith("text=o+%26+%3C&mode=");
        assertThat(admin.get(PAGE).body()).contains("The mode was set, and is in force. Rooms: 2");
        assertThat(server.property(POLICY + "room." + address("one"))).isEqualTo("enforce; families=0.4; subject=admins");
        assertThat(server.property(POLICY + "room." + address("two"))).isEqualTo("enforce; reason=keep");
        assertThat(server.property(POLICY + "room." + address("three"))).isNull();
        assertThat(audit().getSummary()).isEqualTo("OMEMO: set the mode of 2 rooms to enforce");
        assertThat(audit().getDetails()).contains(POLICY + "room." + address("two") + ": nothing -> enforce; reason=keep");
    }

    @Test
    void everySpellingOfARoomsPolicyIsChanged() {
        server.setProperty(POLICY + "room.Secret@" + server.mucDomain(), "enforce");
        server.setProperty(POLICY + "room." + address("secret"), "enforce");

        send("change", "off", "room", address("secret"));

        assertThat(row(admin.get(PAGE).body(), "secret")).contains("Off").doesNotContain(">Enforce<");
    }

    @Test
    void nothingIsChangedUnlessAllIsRight() {
        room("one").create();
        String tooLong = "r".repeat(200);
        room(tooLong).create();

        assertThat(refused("change", "enforce")).contains("Please check one room at least.");
        assertThat(refused("change", "<b>", "room", address("one"))).contains("Please choose one.").doesNotContain("<b>");
        assertThat(refused("change", "warn", "room", address("one"), "room", "x@elsewhere.example")).contains("no room of this server");
        assertThat(refused("change", "warn", "room", address("one"), "room", SCRIPT)).contains("&lt;script&gt;").doesNotContain(SCRIPT);
        assertThat(refused("change", "warn", "room", address("one"), "room", address(tooLong)))
            .contains("too long for a policy of its own", " checked", "value=\"warn\" selected");
        assertThat(server.property(POLICY + "room." + address("one"))).isNull();
    }

    @Test
    void whatARoomIsCalledAndWhatIsAskedForIsEscaped() throws Exception {
        room("evil").create();
        service().getChatRoom("evil").setNaturalLanguageName("\"'>" + SCRIPT);
        room("\u05e9\u05dc\u05d5\u05dd").create();
        server.setProperty(POLICY + "pattern.3", "*" + SCRIPT + "* off");
        server.setProperty(POLICY + "pattern.4", "evil*\">" + SCRIPT + "* off");
        server.setProperty(POLICY + "pattern.5", "evil* off");

        assertThat(admin.get(PAGE).body()).contains("&lt;script&gt;", "<bdi>" + address("\u05e9\u05dc\u05d5\u05dd") + "</bdi>")
            .doesNotContain(SCRIPT);
        for (String name : List.of("text", "mode", "sort", "page")) {
            assertThat(admin.get(PAGE + "?" + name + "=" + encoded("\">" + SCRIPT)).body()).doesNotContain(SCRIPT);
        }
    }

    /** Openfire 4.2 takes minutes to make 10,000 rooms; {@link RoomQueryTest} asks for so many. */
    @Test
    void manyRoomsArePaged() throws Exception {
        for (int i = 0; i < 320; i++) {
            rooms.add("r" + i);
            service().getChatRoom("r" + i, new JID("admin@" + server.domain()));
        }
        server.setProperty(POLICY + "pattern.1", "r1*@* warn");

        String page = admin.get(PAGE).body();
        assertThat(page).contains("320 of 320 rooms", "Page 1 of 7", ">" + address("r0"));
        assertThat(page.split("type=\"checkbox\"")).hasSize(51);
        assertThat(admin.get(PAGE + "?page=7").body()).contains("Page 7 of 7", ">" + address("r99"));
        assertThat(admin.get(PAGE + "?page=99999").body()).contains("Page 7 of 7");
        assertThat(admin.get(PAGE + "?mode=warn&text=r&page=2").body()).contains("111 of 320 rooms", "Page 2 of 3",
            "href=\"?text=r&amp;mode=warn&amp;sort=room&amp;page=3\"");
    }

    @Test
    void speaksGermanToAGerman() {
        JiveGlobals.setLocale(Locale.GERMAN);
        room("offen").create();

        assertThat(admin.get(PAGE).body()).contains("<h1>OMEMO: Räume</h1>", "1 von 1 Räumen", "offen für alle")
            .doesNotContain("???");
    }

    private RoomBuilder room(String name) {
        rooms.add(name);
        return server.room(name);
    }

    private String address(String room) {
        return room + "@" + server.mucDomain();
    }

    private static MultiUserChatService service() {
        return XMPPServer.getInstance().getMultiUserChatManager().getMultiUserChatService("conference");
    }

    /** The row of a room. */
    private String row(String page, String room) {
        for (String row : page.split("<tr>")) {
            if (row.contains("<bdi>" + address(room) + "</bdi>")) {
                return row.split("</tr>")[0];
            }
        }
        throw new AssertionError("No row for " + room + " in " + page);
    }

    private String refused(String... fields) {
        HttpResponse<String> answer = send(fields);
        assertThat(answer.statusCode()).isEqualTo(200);
        return answer.body();
    }

    /** Sends the form; a field may be given more than once. */
    private HttpResponse<String> send(String... fields) {
        admin.get(PAGE);
        StringBuilder query = new StringBuilder("?");
        for (int i = 0; i < fields.length; i += 2) {
            query.append(fields[i]).append('=').append(encoded(fields[i + 1])).append('&');
        }
        return admin.post(PAGE + query, Map.of("csrf", admin.cookie("csrf"), "action", "set-mode"));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static SecurityAuditEvent audit() {
        try {
            return SecurityAuditManager.getInstance().getEvents(null, null, 1, null, null).get(0);
        } catch (AuditWriteOnlyException e) {
            throw new IllegalStateException(e);
        }
    }
}

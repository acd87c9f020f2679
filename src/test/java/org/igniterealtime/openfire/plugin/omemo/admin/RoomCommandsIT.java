package org.igniterealtime.openfire.plugin.omemo.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.igniterealtime.openfire.plugin.omemo.server.PublishedKeys.LEGACY;
import static org.igniterealtime.openfire.plugin.omemo.server.PublishedKeys.MAX;
import static org.igniterealtime.openfire.plugin.omemo.server.PublishedKeys.OMEMO_1;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.igniterealtime.openfire.plugin.omemo.embedded.ConsoleClient;
import org.igniterealtime.openfire.plugin.omemo.embedded.EmbeddedOpenfire;
import org.igniterealtime.openfire.plugin.omemo.embedded.OpenfireExtension;
import org.igniterealtime.openfire.plugin.omemo.embedded.Received;
import org.igniterealtime.openfire.plugin.omemo.embedded.RoomBuilder;
import org.igniterealtime.openfire.plugin.omemo.embedded.TestClient;
import org.igniterealtime.openfire.plugin.omemo.server.Commands;
import org.igniterealtime.openfire.plugin.omemo.server.Commands.Answer;
import org.igniterealtime.openfire.plugin.omemo.server.PublishedKeys;
import org.jivesoftware.openfire.admin.AdminManager;
import org.jivesoftware.openfire.security.AuditWriteOnlyException;
import org.jivesoftware.openfire.security.SecurityAuditEvent;
import org.jivesoftware.openfire.security.SecurityAuditManager;
import org.jivesoftware.util.JiveGlobals;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.xmpp.packet.JID;

/** An admin looks after rooms by ad-hoc commands, from a client. */
@ExtendWith(OpenfireExtension.class)
class RoomCommandsIT {

    private static final String POLICY = "plugin.omemo.policy.";
    private static int tests;

    private final EmbeddedOpenfire server;
    private final List<String> rooms = new ArrayList<>();
    private TestClient admin;
    private TestClient alice;
    private int mark;

    RoomCommandsIT(EmbeddedOpenfire server) {
        this.server = server;
    }

    @BeforeEach
    void logIn() {
        mark = server.logMark();
        server.plugins().ensureInstalled(Path.of(System.getProperty("plugin.jar")));
        admin = TestClient.login(server, "admin", EmbeddedOpenfire.ADMIN_PASSWORD);
        alice = user("alice");
    }

    private TestClient user(String name) {
        String account = name + "-commands" + ++tests;
        server.createUser(account, "secret");
        return TestClient.login(server, account, "secret");
    }

    @AfterEach
    void forgetWhatWasMade() {
        JiveGlobals.setLocale(Locale.ENGLISH);
        admin.close();
        alice.close();
        rooms.forEach(server::destroyRoom);
        List<String> names = JiveGlobals.getPropertyNames();
        names.stream().filter(name -> name.startsWith(POLICY)).forEach(server::deleteProperty);
        assertThat(server.stackTraces(mark)).isEmpty();
    }

    @Test
    void theModesOfRoomsAreShownWithWhereTheyComeFrom() {
        room("own").create();
        room("matched").create();
        server.setProperty(POLICY + "room." + address("own"), "enforce; families=0.4; subject=admins");
        server.setProperty(POLICY + "pattern.1", "match*@" + server.mucDomain() + " warn");
        server.setProperty(POLICY + "default", "observe; families=legacy,0.8+");

        Answer answer = mode("show", List.of(address("own"), "Matched@" + server.mucDomain(), address("absent")));

        assertThat(answer.lines(address("own"))).containsExactly(
            "Mode: enforce - What is not encrypted goes back to its sender with an error that says why.", "Families: 0.4",
            "Its policy: of its own", "In one line: enforce; families=0.4; subject=admins");
        assertThat(answer.lines(address("matched"))).contains("Families: legacy, 0.4, 0.8+",
            "Its policy: from a pattern: match*@" + server.mucDomain(), "In one line: warn");
        assertThat(answer.lines(address("absent"))).contains("Families: legacy, 0.8+", "Its policy: as all other rooms",
            "There is no such room now.");
        assertThat(answer.line("FORM_TYPE")).isEmpty();
    }

    @Test
    void theModeOfSeveralRoomsIsSetAndGivenUpWithATraceOfIt() {
        room("one").create();
        room("other").create();
        server.setProperty(POLICY + "service." + server.mucDomain(), "observe; subject=admins");
        int before = audit().size();

        Answer set = command("mode", Map.of("action", List.of("set"), "rooms", List.of(address("one"), address("other")),
            "mode", List.of("enforce"), "families", List.of("0.8+", "0.4")));

        String policy = "enforce; families=0.4,0.8+; subject=admins";
        assertThat(set.lines(address("one"))).contains("Its policy: of its own", "In one line: " + policy);
        assertThat(server.property(POLICY + "room." + address("one"))).isEqualTo(policy);
        assertThat(server.property(POLICY + "room." + address("other"))).isEqualTo(policy);
        assertThat(audit()).hasSize(before + 1);
        assertThat(audit().get(0).getSummary()).isEqualTo("OMEMO: set the mode of 2 rooms to enforce");
        assertThat(audit().get(0).getUsername()).isEqualTo("admin@" + server.domain());
        assertThat(audit().get(0).getDetails()).contains(POLICY + "room." + address("one") + ": nothing -> " + policy);

        command("mode", Map.of("action", List.of("set"), "rooms", List.of(address("one")), "mode", List.of("warn")));
        assertThat(server.property(POLICY + "room." + address("one"))).as("with the families that it had")
            .isEqualTo("warn; families=0.4,0.8+; subject=admins");

        Answer reset = mode("reset", List.of(address("one"), address("other")));
        assertThat(reset.lines(address("one"))).contains("Its policy: from its service", "In one line: observe; subject=admins");
        assertThat(server.property(POLICY + "room." + address("other"))).isNull();
        assertThat(audit().get(0).getSummary()).isEqualTo("OMEMO: deleted the policies of 2 rooms");

        mode("reset", List.of(address("one")));
        assertThat(audit()).as("nothing was changed").hasSize(before + 3);
    }

    @Test
    void whatIsWrongChangesNothingAtAll() {
        room("right").create();
        String right = address("right");
        String many = "r".repeat(100) + "@" + server.mucDomain();
        int before = audit().size();

        assertThat(mode("set", List.of(right)).note()).contains("choose a mode");
        assertThat(mode("set", List.of()).note()).contains("address of a room");
        assertThat(mode("show", List.of(" ")).note()).contains("address of a room");
        assertThat(mode("paint", List.of(right)).note()).contains("say what to do");
        for (String wrong : List.of("right@elsewhere.example", server.mucDomain(), right + "/nick", "@", "<b>@x")) {
            assertThat(set("enforce", right, wrong).note()).as(wrong).contains("no room of this server: " + wrong);
            assertThat(mode("reset", List.of(right, wrong)).note()).contains("no room of this server");
        }
        assertThat(set("Enforce", right).note()).contains("choose a mode");
        assertThat(set("enforce", right, many).note()).contains("too long", "use a pattern", many);
        assertThat(command("mode", Map.of("action", List.of("set"), "rooms", List.of(right), "mode", List.of("enforce"),
            "families", List.of("0.4", "0.5"))).note()).contains("no such family: 0.5");
        assertThat(mode("show", IntStream.rangeClosed(0, RoomModeCommand.MOST_ROOMS).mapToObj(i -> i + right).toList()).note())
            .contains("at most 20 rooms");

        assertThat(server.property(POLICY + "room." + right)).isNull();
        assertThat(audit()).hasSize(before);
    }

    @Test
    void readinessIsToldAsThePageTellsIt() throws Exception {
        publish(alice, OMEMO_1);
        try (TestClient old = user("old"); TestClient bare = user("bare")) {
            publish(old, LEGACY);
            room("mixed").membersOnly().owners(name(alice)).members(name(old), name(bare), "someone@remote.example").create();
            server.setProperty(POLICY + "room." + address("mixed"), "observe; families=0.4");

            Answer answer = settled("mixed");

            assertThat(answer.line("room")).isEqualTo(address("mixed"));
            assertThat(answer.line("mode")).isEqualTo("observe");
            assertThat(answer.line("families")).isEqualTo("0.4");
            assertThat(answer.lines("by-family")).containsExactly("legacy: 1", "0.4: 1", "0.8+: 0");
            assertThat(answer.lines("members")).containsExactly(
                bare.bareJid() + ": no: no device has published keys",
                old.bareJid() + ": no: only in families that the room does not take (legacy)",
                "someone@remote.example: unknown: of another server, which alone knows its keys",
                alice.bareJid() + ": yes (0.4)");
            assertThat(answer.lines("findings")).hasSize(1).first().asString().contains("hides the addresses");
            assertThat(new ConsoleClient(server).login().get("/plugins/omemo/omemo-room.jsp?room="
                + URLEncoder.encode(address("mixed"), StandardCharsets.UTF_8)).body())
                .contains("%s people: %s could speak, %s could not, %s are of other servers and unknown, %s are still".formatted(
                    answer.line("people"), answer.line("able"), answer.line("unable"), answer.line("remote"), answer.line("pending")))
                .contains("4 people: 1 could speak, 2 could not, 1 are");
        }
    }

    @Test
    void ofMembersThereAreNoMoreThanClientsCanShow() {
        room("crowd").members(IntStream.range(0, 300).mapToObj(i -> "p" + i).toArray(String[]::new)).create();

        Answer answer = settled("crowd");

        assertThat(answer.line("unable")).as("with its owner").isEqualTo("301");
        assertThat(answer.lines("members")).hasSize(RoomReadinessCommand.MOST_MEMBERS + 1).last().isEqualTo("+ 101");
    }

    @Test
    void ofARoomThatIsNotThereNoReadinessIsTold() {
        assertThat(readiness("absent@" + server.mucDomain()).note()).isEqualTo("There is no such room now.");
        for (String wrong : List.of("", "@", "x@elsewhere.example", server.mucDomain())) {
            assertThat(readiness(wrong).note()).as(wrong).isEqualTo("This is no room of this server.");
        }
    }

    @Test
    void nobodyButAdminsMayDoIt() {
        room("guarded").owners(name(alice)).create();
        JID account = new JID(alice.bareJid());
        for (String name : List.of("mode", "readiness")) {
            Received refused = Commands.begin(alice, name);
            assertThat(refused.type()).isEqualTo("error");
            assertThat(refused.xml()).contains("forbidden");

            AdminManager.getInstance().addAdminAccount(account);
            Received begun = Commands.begin(alice, name);
            AdminManager.getInstance().removeAdminAccount(account);
            Answer late = Commands.fillIn(alice, name, begun, Map.of("action", "set", "rooms", address("guarded"), "mode",
                "enforce", "room", address("guarded")));
            assertThat(late.note()).isEqualTo("Only admins may do this.");
            assertThat(late.fields()).isEmpty();
        }
        assertThat(server.property(POLICY + "room." + address("guarded"))).isNull();
    }

    @Test
    void stepsOutOfOrderDoNothing() {
        room("steps").create();
        String form = "<x xmlns='jabber:x:data' type='submit'><field var='action'><value>set</value></field><field var='rooms'><value>"
            + address("steps") + "</value></field><field var='mode'><value>enforce</value></field></x>";

        assertThat(step("mode", "sessionid='nonsense'", form).type()).as("without a beginning").isEqualTo("error");
        for (String action : List.of("next", "prev")) {
            assertThat(step("mode", session("mode") + " action='" + action + "'", form).type()).as(action).isEqualTo("error");
        }
        String cancelled = session("mode");
        step("mode", cancelled + " action='cancel'", "");
        assertThat(step("mode", cancelled, form).type()).as("after the end").isEqualTo("error");
        assertThat(step("mode", session("mode"), "").xml()).as("without a form").contains("Please say what to do.");
        assertThat(step("readiness", session("readiness"), "").xml()).contains("This is no room of this server.");
        assertThat(server.property(POLICY + "room." + address("steps"))).isNull();

        String once = session("mode");
        assertThat(step("mode", once, form).type()).isEqualTo("result");
        assertThat(server.property(POLICY + "room." + address("steps"))).isEqualTo("enforce");
        assertThat(step("mode", once, form.replace("enforce", "off")).type()).as("a second time").isEqualTo("error");
        assertThat(server.property(POLICY + "room." + address("steps"))).isEqualTo("enforce");
    }

    @Test
    void theFormsAskForWhatIsNeededAndSpeakGermanToo() {
        assertThat(Commands.begin(admin, "mode").xml()).contains("OMEMO: mode of rooms", "var=\"action\"", "type=\"jid-multi\"",
            "<value>enforce</value>", "<value>0.8+</value>");
        assertThat(Commands.begin(admin, "readiness").xml()).contains("OMEMO: readiness of a room", "type=\"jid-single\"")
            .doesNotContain("var=\"action\"");
        room("offen").create();
        JiveGlobals.setLocale(Locale.GERMAN);

        assertThat(Commands.begin(admin, "mode").xml()).contains("Betriebsart setzen");
        assertThat(mode("show", List.of(address("offen"))).lines(address("offen"))).contains("Familien: legacy, 0.4, 0.8+")
            .noneMatch(line -> line.contains("???"));
        assertThat(settled("offen").fields().toString()).contains("Jeder darf den Raum betreten").doesNotContain("???");
    }

    @Test
    void theyComeAndGoWithThePlugin() {
        assertThat(offered()).contains("#mode", "#readiness");
        server.plugins().unload("omemo");
        try {
            assertThat(offered()).doesNotContain("#mode", "#readiness");
            assertThat(Commands.begin(admin, "mode").xml()).contains("item-not-found");
        } finally {
            server.plugins().install(Path.of(System.getProperty("plugin.jar")));
        }
        assertThat(offered()).contains("#mode", "#readiness");
    }

    private String offered() {
        return admin.request("type='get' to='" + server.domain() + "'",
            "<query xmlns='http://jabber.org/protocol/disco#items' node='http://jabber.org/protocol/commands'/>").xml();
    }

    private String session(String name) {
        return "sessionid='" + Commands.begin(admin, name).element().element("command").attributeValue("sessionid") + "'";
    }

    private Received step(String name, String attributes, String form) {
        return admin.request("type='set' to='" + server.domain() + "'", "<command xmlns='http://jabber.org/protocol/commands' "
            + "node='urn:igniterealtime:openfire:omemo:0#" + name + "' " + attributes + ">" + form + "</command>");
    }

    private Answer mode(String action, List<String> addresses) {
        return command("mode", Map.of("action", List.of(action), "rooms", addresses));
    }

    private Answer set(String mode, String... addresses) {
        return command("mode", Map.of("action", List.of("set"), "rooms", List.of(addresses), "mode", List.of(mode)));
    }

    private Answer readiness(String room) {
        return command("readiness", Map.of("room", List.of(room)));
    }

    private Answer command(String name, Map<String, List<String>> fields) {
        return Commands.carryOutWithLists(admin, name, fields);
    }

    /** When nobody is being looked at any more. */
    private Answer settled(String room) {
        Answer answer = readiness(address(room));
        for (int i = 0; i < 400 && !answer.line("pending").equals("0"); i++) {
            try {
                Thread.sleep(25);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            answer = readiness(address(room));
        }
        return answer;
    }

    private void publish(TestClient client, String family) {
        client.request("type='set'", PublishedKeys.publish(PublishedKeys.listNode(family), "current", PublishedKeys.list(family, 7), MAX));
        client.request("type='set'", PublishedKeys.publish(PublishedKeys.bundleNode(family, 7), PublishedKeys.itemOf(family, 7),
            PublishedKeys.bundle(family), MAX));
    }

    private static String name(TestClient client) {
        return client.bareJid().substring(0, client.bareJid().indexOf('@'));
    }

    private RoomBuilder room(String name) {
        rooms.add(name);
        return server.room(name);
    }

    private String address(String room) {
        return room + "@" + server.mucDomain();
    }

    private static List<SecurityAuditEvent> audit() {
        try {
            return SecurityAuditManager.getInstance().getEvents(null, null, 1_000, null, null);
        } catch (AuditWriteOnlyException e) {
            throw new IllegalStateException(e);
        }
    }
}

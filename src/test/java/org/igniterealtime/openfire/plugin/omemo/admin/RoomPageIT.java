package org.igniterealtime.openfire.plugin.omemo.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.igniterealtime.openfire.plugin.omemo.server.PublishedKeys.LEGACY;
import static org.igniterealtime.openfire.plugin.omemo.server.PublishedKeys.MAX;
import static org.igniterealtime.openfire.plugin.omemo.server.PublishedKeys.OMEMO_1;

import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.igniterealtime.openfire.plugin.omemo.embedded.ConsoleClient;
import org.igniterealtime.openfire.plugin.omemo.embedded.EmbeddedOpenfire;
import org.igniterealtime.openfire.plugin.omemo.embedded.OpenfireExtension;
import org.igniterealtime.openfire.plugin.omemo.embedded.RoomBuilder;
import org.igniterealtime.openfire.plugin.omemo.embedded.TestClient;
import org.igniterealtime.openfire.plugin.omemo.server.PublishedKeys;
import org.jivesoftware.openfire.XMPPServer;
import org.jivesoftware.openfire.group.Group;
import org.jivesoftware.openfire.group.GroupManager;
import org.jivesoftware.openfire.muc.MUCRoom;
import org.jivesoftware.openfire.security.AuditWriteOnlyException;
import org.jivesoftware.openfire.security.SecurityAuditEvent;
import org.jivesoftware.openfire.security.SecurityAuditManager;
import org.jivesoftware.openfire.user.UserManager;
import org.jivesoftware.util.JiveGlobals;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.xmpp.packet.JID;

/** The page of one room, in the console of a real server. */
@ExtendWith(OpenfireExtension.class)
class RoomPageIT {

    private static final String PAGE = "/plugins/omemo/omemo-room.jsp";
    private static final String POLICY = "plugin.omemo.policy.";
    private static final String SCRIPT = "<script>alert(1)</script>";

    private final EmbeddedOpenfire server;
    private final ConsoleClient admin;
    private final List<String> rooms = new ArrayList<>();
    private final List<String> users = new ArrayList<>();

    RoomPageIT(EmbeddedOpenfire server) {
        this.server = server;
        admin = new ConsoleClient(server);
    }

    @BeforeEach
    void logIn() {
        server.plugins().ensureInstalled(Path.of(System.getProperty("plugin.jar")));
        admin.login();
    }

    @AfterEach
    void forgetWhatWasMade() throws Exception {
        JiveGlobals.setLocale(Locale.ENGLISH);
        rooms.forEach(server::destroyRoom);
        for (String user : users) {
            UserManager.getInstance().deleteUser(UserManager.getInstance().getUser(user));
        }
        List<String> names = JiveGlobals.getPropertyNames();
        names.stream().filter(name -> name.startsWith(POLICY)).forEach(server::deleteProperty);
    }

    @Test
    void asksForARoomWhereThereIsNone() {
        assertThat(admin.get(PAGE).body()).contains("Give the address of a room").doesNotContain("<fieldset>");
        assertThat(admin.get(PAGE + "?room=" + encoded("\">" + SCRIPT)).body()).contains("no room of this server", "&lt;script&gt;")
            .doesNotContain(SCRIPT);
        assertThat(admin.get(PAGE + "?room=x@elsewhere.example").body()).contains("no room of this server");
        assertThat(page("not-there")).contains("There is no such room now.", "nobody belongs to it", "<fieldset>");
    }

    @Test
    void tellsWhoCouldSpeakAndWhyTheOthersCouldNot() throws Exception {
        publish("able", OMEMO_1, true);
        publish("old", LEGACY, true);
        publish("broken", OMEMO_1, false);
        room("mixed").owners("able").members("old", "broken", "bare", "someone@remote.example").create();
        server.setProperty(POLICY + "room." + address("mixed"), "observe; families=0.4");

        String page = settled("mixed");

        assertThat(page).contains("5 people: 1 could speak, 3 could not, 1 are of other servers and unknown, 0 are still");
        assertThat(row(page, "able@" + server.domain())).contains(">yes<", ">0.4<");
        assertThat(row(page, "old@" + server.domain())).contains("only in families that the room does not take", ">legacy<");
        assertThat(row(page, "broken@" + server.domain())).contains("none has keys in order");
        assertThat(row(page, "bare@" + server.domain())).contains("no device has published keys");
        assertThat(row(page, "someone@remote.example")).contains("unknown: of another server");
        assertThat(page).containsSubsequence("<bdi>bare@", "<bdi>broken@", "<bdi>old@", "<bdi>someone@", "<bdi>able@");
    }

    @Test
    void groupsAreToldUserByUser() throws Exception {
        Group group = GroupManager.getInstance().createGroup("team");
        try {
            group.getMembers().add(new JID("grouped@" + server.domain()));
            room("grouped").create();
            MUCRoom room = XMPPServer.getInstance().getMultiUserChatManager().getMultiUserChatService("conference")
                .getChatRoom("grouped");
            room.addMember(group.getJID(), null, room.getRole());

            assertThat(settled("grouped")).contains("<bdi>grouped@" + server.domain() + "</bdi>", "2 people");
        } finally {
            GroupManager.getInstance().deleteGroup(group);
        }
    }

    @Test
    void keysThatArePublishedLaterAreSeen() throws Exception {
        users.add("late");
        server.createUser("late", "late");
        room("later").owners("late").create();
        assertThat(settled("later")).contains("1 people: 0 could speak, 1 could not");

        publishAs("late", OMEMO_1, true);

        assertThat(settled("later")).contains("1 people: 1 could speak, 0 could not");
    }

    @Test
    void aPreviewTellsWhatWouldChangeAndChangesNothing() throws Exception {
        publish("old", LEGACY, true);
        room("preview").owners("old").create();
        settled("preview");

        HttpResponse<String> answer = send("preview", "preview", "mode", "enforce", "family-0.4", "on", "subject", "admins");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).contains("This is a preview", "Mode: off would become enforce",
                "Families: legacy, 0.4, 0.8+ would become 0.4", "Subject: nobody would become admins",
                "With these families, 1 of 1 people could not speak.", "<option value=\"admins\" selected>")
            .doesNotContain("Nothing was changed", "Reactions: ");
        assertThat(server.property(POLICY + "room." + address("preview"))).isNull();
        assertThat(page("preview")).doesNotContain("This is a preview");
    }

    @Test
    void aPolicyIsSetAndGivenUp() {
        room("set").create();
        server.setProperty(POLICY + "default", "warn");

        HttpResponse<String> answer = send("set-policy", "set", "mode", "enforce", "family-0.4", "on", "family-0.8+", "on",
            "body", "refuse", "max-keys", "50", "exempt", "jid:bot@example.org, affiliation:owner");

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(302);
        String policy = "enforce; families=0.4,0.8+; body=refuse; max-keys=50; exempt=jid:bot@example.org,affiliation:owner";
        assertThat(server.property(POLICY + "room." + address("set"))).isEqualTo(policy);
        assertThat(audit().getDetails()).isEqualTo(POLICY + "room." + address("set") + ": nothing -> " + policy);
        assertThat(page("set")).contains("The policy was saved, and is in force", "value=\"jid:bot@example.org, affiliation:owner\"",
            "Give up its own policy", "that applies to it: warn");

        assertThat(send("delete-policy", "set").statusCode()).isEqualTo(302);
        assertThat(server.property(POLICY + "room." + address("set"))).isNull();
        assertThat(page("set")).contains("no policy of its own any more", "as all other rooms").doesNotContain("Give up its own policy");
        assertThat(audit().getSummary()).isEqualTo("OMEMO: deleted a policy");
    }

    @Test
    void whatIsWrongIsSaidBesideTheFieldAndNothingIsLostThatWasTyped() {
        room("wrong").create();
        for (String action : List.of("set-policy", "preview")) {
            HttpResponse<String> answer = send(action, "wrong", "mode", "enforce", "reason", "x", "max-keys", "0; exempt=domain:x",
                "exempt", "jid:\">" + SCRIPT);

            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.body()).contains("Nothing was changed", "Please choose one at least.", "Please choose one.",
                "value=\"0; exempt=domain:x\"", "names nobody to exempt", "&lt;script&gt;").doesNotContain(SCRIPT);
        }
        assertThat(send("set-policy", "wrong", "mode", "off", "family-0.4", "on", "exempt", ("domain:" + "x".repeat(60) + ",")
            .repeat(40) + "domain:y").body()).contains("All rules together are too long");
        assertThat(send("set-policy", "wrong", "mode", "enforce", "family-0.4", "on", "max-keys", "50; exempt=domain:x").body())
            .as("a rule in another's field").contains("Nothing was changed", "value=\"50; exempt=domain:x\"");
        assertThat(server.property(POLICY + "room." + address("wrong"))).isNull();
    }

    @Test
    void tellsWhatToDoAboutTheRoomsSettings() {
        room("open").create();
        room("fit").membersOnly().nonAnonymous().create();

        assertThat(page("open")).contains("hides the addresses of its occupants", "Anybody may enter the room");
        assertThat(page("fit")).contains("as OMEMO asks for").doesNotContain("hides the addresses", "Anybody may enter");
    }

    @Test
    void fiveThousandPeopleDoNotKeepAnybodyWaiting() {
        String[] people = new String[5_100];
        for (int i = 0; i < people.length; i++) {
            people[i] = "p" + i;
        }
        room("crowd").members(people).create();

        String page = page("crowd");
        assertThat(page).contains("5,000 people: ", "are still being looked at", "Page 1 of 100", "The room has more people");
        assertThat(settled("crowd")).contains("5,000 could not");
        assertThat(admin.get(PAGE + "?room=" + encoded(address("crowd")) + "&page=2").body()).contains("Page 2 of 100");
    }

    @Test
    void tellsWhomTheLastMessagesLeaveOut() throws Exception {
        room("talk").members("silent", "someone@remote.example").create();
        assertThat(page("talk")).contains("The mode is off, so nothing is looked at in this room.");
        server.setProperty(POLICY + "room." + address("talk"), "observe");
        assertThat(page("talk")).contains("No encrypted message has come in since.", "As seen by this node of the server since");

        try (EncryptedTalk talk = new EncryptedTalk(server, address("talk"))) {
            talk.enter("alice", Map.of(1, "", 2, "")).enter("bob", Map.of(11, SCRIPT, 12, "\u05d8\u05dc\u05e4\u05d5\u05df"));
            settled("talk");
            talk.say("alice", 1, "bob 11");
            awaitPage("talk", "class=\"list coverage\"");
            talk.say("bob", 12, "bob 11", "alice 1 2");

            String page = awaitPage("talk", "id=\"message-2\"");
            assertThat(page).contains("4 devices, 2 of them left out by one message at least.", "device 12 (0.4)", "device 1 (0.4)",
                "&lt;script&gt;", "<bdi>\u05d8\u05dc\u05e4\u05d5\u05df</bdi>").doesNotContain(SCRIPT)
                .containsSubsequence("id=\"message-1\"><bdi>bob@", "id=\"message-2\"><bdi>alice@");
            assertThat(cells(page, "alice", 1)).containsExactly("reached", "sent it");
            assertThat(cells(page, "alice", 2)).containsExactly("reached", "left out");
            assertThat(cells(page, "bob", 11)).containsExactly("reached", "reached");
            assertThat(cells(page, "bob", 12)).containsExactly("sent it", "left out");
            assertThat(page.substring(page.indexOf("list coverage"))).as("who is left out comes first")
                .containsSubsequence("<bdi>alice@" + server.domain() + "</bdi></th>\n<th scope=\"row\" class=\"wide\">2",
                    "class=\"wide\">12", "class=\"wide\">1<", "class=\"wide\">11");

            talk.say("alice", 1, "bob 11 12", "alice 2");
            assertThat(cells(awaitPage("talk", "id=\"message-1\"><bdi>alice@"), "bob", 12)).containsExactly("reached", "sent it");

            talk.enter("carol", Map.of(21, ""));
            settled("talk");
            assertThat(cells(page("talk"), "carol", 21)).as("who came later was not meant").containsExactly("not meant", "not meant");

            server.setProperty("plugin.omemo.activity", "off");
            assertThat(page("talk")).contains("nothing is kept about persons").doesNotContain("list coverage");
        } finally {
            server.deleteProperty("plugin.omemo.activity");
        }
    }

    @Test
    void theDevicesOfFiveHundredMembersArePaged() throws Exception {
        String[] members = new String[500];
        Arrays.setAll(members, number -> "m" + number);
        room("large").members(members).create();
        server.setProperty(POLICY + "room." + address("large"), "observe");
        Map<Integer, String> devices = new HashMap<>();
        for (int id = 101; id <= 160; id++) {
            devices.put(id, "");
        }
        try (EncryptedTalk talk = new EncryptedTalk(server, address("large"))) {
            talk.enter("alice", Map.of(1, "")).enter("bob", devices);
            settled("large");
            talk.say("alice", 1, "bob 160");

            String page = awaitPage("large", "class=\"list coverage\"");
            assertThat(page).contains("61 devices, 59 of them left out", "devices=2#coverage");
            assertThat(cells(page, "bob", 101)).containsExactly("left out");
            String second = admin.get(PAGE + "?room=" + encoded(address("large")) + "&devices=2").body();
            assertThat(cells(second, "bob", 160)).containsExactly("reached");
            assertThat(second.substring(second.indexOf("list coverage"))).contains("class=\"wide\">159<").doesNotContain("class=\"wide\">150<");
        }
    }

    @Test
    void speaksGermanToAGerman() {
        JiveGlobals.setLocale(Locale.GERMAN);
        room("offen").create();

        assertThat(page("offen")).contains("<h1>OMEMO: Raum</h1>", "Jeder darf den Raum betreten").doesNotContain("???");
        assertThat(send("preview", "offen", "mode", "enforce", "family-0.4", "on").body())
            .contains("Betriebsart: aus off würde enforce").doesNotContain("???");
    }

    private void publish(String user, String family, boolean inOrder) throws Exception {
        users.add(user);
        server.createUser(user, user);
        publishAs(user, family, inOrder);
    }

    private void publishAs(String user, String family, boolean inOrder) throws Exception {
        try (TestClient client = TestClient.login(server, user, user)) {
            client.request("type='set'", PublishedKeys.publish(PublishedKeys.listNode(family), "current", PublishedKeys.list(family, 7), MAX));
            if (inOrder) {
                client.request("type='set'", PublishedKeys.publish(PublishedKeys.bundleNode(family, 7), PublishedKeys.itemOf(family, 7),
                    PublishedKeys.bundle(family), MAX));
            }
        }
    }

    private RoomBuilder room(String name) {
        rooms.add(name);
        return server.room(name);
    }

    private String address(String room) {
        return room + "@" + server.mucDomain();
    }

    private String page(String room) {
        return admin.get(PAGE + "?room=" + encoded(address(room))).body();
    }

    /** The page when there is something on it, which is noted in the background. */
    private String awaitPage(String room, String text) throws InterruptedException {
        String page = page(room);
        for (int i = 0; i < 1_200 && !page.contains(text); i++) {
            Thread.sleep(25);
            page = page(room);
        }
        assertThat(page).contains(text);
        return page;
    }

    private List<String> cells(String page, String user, int device) {
        for (String row : page.substring(page.indexOf("list coverage")).split("<tr>")) {
            if (row.contains("<bdi>" + user + "@" + server.domain() + "</bdi>") && row.contains("class=\"wide\">" + device + "<")) {
                return Pattern.compile("<span class=\"verdict [a-z-]+\">([^<]*)</span>").matcher(row).results()
                    .map(cell -> cell.group(1)).toList();
            }
        }
        throw new AssertionError("No device " + device + " of " + user + " in " + page);
    }

    /** The page when nobody is being looked at any more. */
    private String settled(String room) {
        String page = page(room);
        for (int i = 0; i < 400 && !page.contains(" 0 are still being looked at"); i++) {
            try {
                Thread.sleep(25);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            page = page(room);
        }
        return page;
    }

    private static String row(String page, String account) {
        for (String row : page.split("<tr>")) {
            if (row.contains("<bdi>" + account + "</bdi>")) {
                return row.split("</tr>")[0];
            }
        }
        throw new AssertionError("No row for " + account + " in " + page);
    }

    /** Sends the form as the page holds it, but for the fields given. */
    private HttpResponse<String> send(String action, String room, String... fields) {
        admin.get(PAGE);
        Map<String, String> form = new HashMap<>(Map.of("body", "replace", "history", "keep", "unlisted", "remove", "subject",
            "nobody", "reactions", "pass", "reason", "remove", "private", "covered", "status", "remove", "max-keys", "2000"));
        for (String check : List.of("sender-device", "recipients", "recipient-devices", "counterfeit", "coverage")) {
            form.put(check, "observe");
        }
        for (int i = 0; i < fields.length; i += 2) {
            form.put(fields[i], fields[i + 1]);
        }
        form.putAll(Map.of("csrf", admin.cookie("csrf"), "action", action, "room", address(room)));
        return admin.post(PAGE, form);
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

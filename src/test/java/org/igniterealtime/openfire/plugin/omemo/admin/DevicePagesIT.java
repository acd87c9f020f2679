package org.igniterealtime.openfire.plugin.omemo.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.igniterealtime.openfire.plugin.omemo.server.PublishedKeys.LEGACY;
import static org.igniterealtime.openfire.plugin.omemo.server.PublishedKeys.MAX;
import static org.igniterealtime.openfire.plugin.omemo.server.PublishedKeys.OMEMO_2;
import static org.igniterealtime.openfire.plugin.omemo.server.PublishedKeys.bundle;
import static org.igniterealtime.openfire.plugin.omemo.server.PublishedKeys.bundleNode;
import static org.igniterealtime.openfire.plugin.omemo.server.PublishedKeys.configure;
import static org.igniterealtime.openfire.plugin.omemo.server.PublishedKeys.field;
import static org.igniterealtime.openfire.plugin.omemo.server.PublishedKeys.itemOf;
import static org.igniterealtime.openfire.plugin.omemo.server.PublishedKeys.items;
import static org.igniterealtime.openfire.plugin.omemo.server.PublishedKeys.list;
import static org.igniterealtime.openfire.plugin.omemo.server.PublishedKeys.listNode;
import static org.igniterealtime.openfire.plugin.omemo.server.PublishedKeys.publish;

import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.igniterealtime.openfire.plugin.omemo.embedded.ConsoleClient;
import org.igniterealtime.openfire.plugin.omemo.embedded.EmbeddedOpenfire;
import org.igniterealtime.openfire.plugin.omemo.embedded.OpenfireExtension;
import org.igniterealtime.openfire.plugin.omemo.embedded.TestClient;
import org.jivesoftware.openfire.security.SecurityAuditEvent;
import org.jivesoftware.openfire.security.SecurityAuditManager;
import org.jivesoftware.util.JiveGlobals;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The pages of devices and of one user, in the console of a real server. */
@ExtendWith(OpenfireExtension.class)
class DevicePagesIT {

    private static final String DEVICES = "/plugins/omemo/omemo-devices.jsp";
    private static final String USER = "/plugins/omemo/omemo-user.jsp";
    private static final String SCRIPT = "<script>alert(1)</script>";
    private static int tests;

    private final EmbeddedOpenfire server;
    private final ConsoleClient admin;
    private TestClient alice;

    DevicePagesIT(EmbeddedOpenfire server) {
        this.server = server;
        admin = new ConsoleClient(server);
    }

    @BeforeEach
    void logIn() {
        server.plugins().ensureInstalled(Path.of(System.getProperty("plugin.jar")));
        admin.login();
        String name = "alice-devices" + ++tests;
        server.createUser(name, "secret");
        alice = TestClient.login(server, name, "secret");
    }

    @AfterEach
    void logOut() throws Exception {
        JiveGlobals.setLocale(Locale.ENGLISH);
        alice.close();
        NoticedDevices.forget(alice.bareJid());
    }

    @Test
    void theDevicesOfAUserAreShownAsTheyAreNow() {
        publishAll(LEGACY, 7);
        publishAll(OMEMO_2, 8);
        set(publish(listNode(OMEMO_2), "current", list(OMEMO_2, 8, 9), MAX));

        String page = user("");

        assertThat(page).contains("<h2 class=\"wide\"><bdi>" + alice.bareJid() + "</bdi></h2>", "signature valid", "30 prekeys left")
            .contains("devices that nobody can write to", "<code>" + bundleNode(LEGACY, 7) + "</code>")
            .containsPattern("<code class=\"fingerprint\">([0-9a-f]{8} ){7}[0-9a-f]{8}</code>")
            .contains("<h1>OMEMO: User</h1>");
    }

    @Test
    void aDeviceIsRemovedAfterALookAtWhatThatChanges() {
        for (String family : List.of(LEGACY, OMEMO_2)) {
            String label = family.equals(LEGACY) ? "legacy" : "0.8+";
            publishAll(family, 7);
            publishAll(family, 8);
            set(publish(listNode(family), "current", list(family, 7, 8), MAX));

            String offer = user("&look=remove&device=7&family=" + encode(label));
            assertThat(offer).contains("Remove device 7 (" + label + ")", listNode(family) + ": publish the list without 7");
            assertThat(get(items(listNode(family), ""))).as("a look changes nothing").contains("<device id=\"7\"");

            assertThat(send("remove", "device", "7", "family", label))
                .isEqualTo("Device 7 of " + alice.bareJid() + " was removed.");
            assertThat(get(items(listNode(family), ""))).contains("<device id=\"8\"").doesNotContain("<device id=\"7\"");
            assertThat(get(items(bundleNode(family, 7), "<item id='" + itemOf(family, 7) + "'/>"))).doesNotContain("prekeys");
            assertThat(get(items(bundleNode(family, 8), ""))).contains("prekeys");
            assertThat(audit().getSummary()).isEqualTo("OMEMO: removed device 7 of " + alice.bareJid());
            assertThat(audit().getUsername()).isEqualTo("admin");
            assertThat(audit().getDetails()).contains(listNode(family) + ": publish the list without 7");

            assertThat(user("&look=remove&device=7&family=" + encode(label))).contains("Nothing would be changed.");
            assertThat(send("remove", "device", "7", "family", label)).isEqualTo("There was nothing to be changed.");
        }
    }

    @Test
    void theLastDeviceLeavesNoEmptyListBehind() {
        publishAll(OMEMO_2, 7);

        send("remove", "device", "7", "family", "0.8+");

        assertThat(get(items(listNode(OMEMO_2), ""))).doesNotContain("<devices");
    }

    @Test
    void anAccountIsRepairedAfterALookAtWhatThatChanges() {
        publishAll(OMEMO_2, 7);
        set(configure(bundleNode(OMEMO_2, 7), field("access_model", "whitelist") + field("persist_items", "1")
            + field("max_items", "1")));

        assertThat(user("")).contains("nodes that not everybody may read", "Not everybody may read it.");
        assertThat(user("&look=repair")).contains("pubsub#max_items=2000").doesNotContain("pubsub#access_model=open");
        assertThat(user("&look=repair&open-closed=on")).contains("pubsub#access_model=open",
            "name=\"open-closed\" value=\"on\"");
        assertThat(user("")).as("a look changes nothing").contains("nodes that not everybody may read");

        assertThat(send("repair", "open-closed", "on")).isEqualTo("The keys of " + alice.bareJid() + " were repaired, in 1 steps.");
        assertThat(user("")).contains("Everything that is published is in order.");
        assertThat(audit().getDetails()).contains("pubsub#access_model=open");
        assertThat(send("repair")).isEqualTo("There was nothing to be changed.");
    }

    @Test
    void whatIsNoOrderChangesNothing() {
        publishAll(OMEMO_2, 7);
        for (String[] fields : new String[][] {{"remove", "device", "0", "family", "0.8+"}, {"remove", "device", "7", "family", "x"},
            {"remove", "device", "99999999999", "family", "0.8+"}, {"burn"}, {"repair", "account", "@"},
            {"repair", "account", server.domain()}}) {
            HttpResponse<String> answer = post(fields[0], List.of(fields).subList(1, fields.length).toArray(String[]::new));
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.body()).contains("Nothing was changed");
        }
        assertThat(get(items(listNode(OMEMO_2), ""))).contains("<device id=\"7\"");
        assertThat(admin.get(USER + "?account=nobody@" + server.domain()).body()).contains("The account has published no device.");
        assertThat(admin.get(USER + "?account=%40").body()).contains("This is not the address of an account");
    }

    @Test
    void devicesAreFoundByTheBeginningOfAnAddressByIdAndByLabel() throws Exception {
        NoticedDevices.add(alice.bareJid(), "0.4", 1001, "Phone of Alice", "1".repeat(64));
        NoticedDevices.add(alice.bareJid(), "0.4", 1002, "Tablet", "2".repeat(64));

        String local = alice.bareJid().substring(0, alice.bareJid().indexOf('@') + 1);
        assertThat(devices("?account=" + encode(local.toUpperCase(Locale.ROOT)))).contains("1001", "1002");
        assertThat(devices("?device=1001")).contains("Phone of Alice", "11111111 11111111").doesNotContain("Tablet");
        assertThat(devices("?label=ABLET&account=" + encode(local))).contains("Tablet").doesNotContain("Phone of Alice");
        assertThat(devices("?account=" + encode(local) + "&state=dead")).contains("No device was found.");
        assertThat(devices("?account=" + encode(local) + "&family=legacy")).contains("No device was found.");
        assertThat(devices("?account=alice%25")).as("no wildcards").contains("No device was found.");
        assertThat(devices("?device=1x")).contains("A device id is a number", "value=\"1x\"");
        assertThat(devices("?label=" + "x".repeat(300))).contains("Please use at most 255 characters");
        assertThat(devices("?after=nonsense")).contains("<table class=\"list\">");
    }

    @Test
    void manyDevicesArePaged() throws Exception {
        for (int id = 2001; id <= 2120; id++) {
            NoticedDevices.add(alice.bareJid(), "0.4", id, null);
        }

        String first = devices("?account=" + encode(alice.bareJid()));
        assertThat(first).contains("2001", "2050").doesNotContain("2051").doesNotContain("To the beginning");
        String second = admin.get(next(first)).body();
        assertThat(second).contains("2051", "2100", "To the beginning").doesNotContain("2101");
        String last = admin.get(next(second)).body();
        assertThat(last).contains("2101", "2120").doesNotContain("&after=");
        assertThat(user("&page=3")).contains("2101").doesNotContain(">2100");
    }

    @Test
    void devicesThatDoNotAnswerAreStale() throws Exception {
        NoticedDevices.add(alice.bareJid(), "0.4", 1001, "Phone of Alice", "1".repeat(64));
        NoticedDevices.sent(alice.bareJid(), 52);
        String stale = "?account=" + encode(alice.bareJid()) + "&state=stale";
        assertThat(devices(stale)).contains("No device was found.", "<option value=\"stale\" selected>");
        assertThat(user("")).contains("52 messages sent to it since", "verdict active");

        NoticedDevices.sent(alice.bareJid(), 1_053);
        assertThat(devices(stale)).contains("Phone of Alice", "<span class=\"verdict stale\">stale</span>", "1,053 messages sent");
        assertThat(user("")).contains("<span class=\"verdict stale\">stale</span>");
        assertThat(admin.get("/plugins/omemo/omemo-overview.jsp").body()).contains(">stale<");

        server.setProperty("plugin.omemo.keys.stale-messages", "1054");
        try {
            assertThat(devices(stale)).contains("No device was found.");
        } finally {
            server.deleteProperty("plugin.omemo.keys.stale-messages");
        }
    }

    private static String next(String page) {
        return "/plugins/omemo/" + page.replaceAll("(?s).*<a href=\"(omemo-devices\\.jsp\\?[^\"]*after=[^\"]*)\".*", "$1").replace("&amp;", "&");
    }

    @Test
    void anIdentityKeyThatChangesIsAnAlarm() throws Exception {
        NoticedDevices.add(alice.bareJid(), "0.4", 1001, "Phone", "1".repeat(64));
        assertThat(user("")).contains("Every identity key").doesNotContain("class=\"alarm\"");

        NoticedDevices.forget(alice.bareJid());
        NoticedDevices.add(alice.bareJid(), "0.4", 1001, "Phone", "1".repeat(64), "2".repeat(64));

        assertThat(user("")).contains("class=\"alarm\"", "Before: <code>11111111 ", "Now: <code>22222222 ",
            "Took the place of another key");
        assertThat(devices("")).contains("Identity keys have changed", "account=" + encode(alice.bareJid()));
    }

    @Test
    void anAlarmEndsWhenItIsAcknowledgedAndWhoDidThatStays() throws Exception {
        NoticedDevices.add(alice.bareJid(), "0.4", 1001, SCRIPT, "1".repeat(64), "2".repeat(64));
        NoticedDevices.add(alice.bareJid(), "0.8+", 1002, "Phone", "3".repeat(64), "4".repeat(64));
        String page = user("");
        List<String> alarms = Pattern.compile("name=\"alarm\"[^>]* value=\"([^\"]+)\"").matcher(page).results()
            .map(match -> match.group(1)).sorted().toList();
        assertThat(alarms).hasSize(2);
        assertThat(page).contains("Not acknowledged yet").doesNotContain("Acknowledged by");
        assertThat(overview()).contains("Identity keys of " + alice.bareJid() + " have changed, and nobody has acknowledged that: 2",
            "omemo-user.jsp?account=" + encode(alice.bareJid()) + "#alarms");

        assertThat(send("acknowledge", "alarm", alarms.get(0))).isEqualTo("Alarms that were acknowledged: 1");
        assertThat(audit().getUsername()).isEqualTo("admin");
        assertThat(audit().getSummary()).isEqualTo("OMEMO: acknowledged changed identity keys of " + alice.bareJid());
        assertThat(audit().getDetails()).isEqualTo("device 1001 (0.4) " + "2".repeat(64));
        assertThat(user("")).contains("Acknowledged by admin: ", "Took the place of another key", alarms.get(1))
            .doesNotContain(alarms.get(0));
        assertThat(overview()).contains("acknowledged that: 1");
        assertThat(send("acknowledge", "alarm", alarms.get(0))).isEqualTo("There was nothing to be changed.");

        send("acknowledge", "alarm", alarms.get(1));
        assertThat(user("")).doesNotContain("class=\"alarm\"", "Not acknowledged yet");
        assertThat(devices("")).doesNotContain("class=\"alarm\"");
        assertThat(overview()).doesNotContain("Identity keys of");
        for (String named : List.of("", "x", alarms.get(0) + "0".repeat(20), alarms.get(0).replace("1001", "9999999999"))) {
            assertThat(post("acknowledge", "alarm", named).body()).as(named).contains("Nothing was changed");
        }
    }

    private String overview() {
        return admin.get("/plugins/omemo/omemo-overview.jsp").body();
    }

    @Test
    void whatOthersHaveWrittenIsEscaped() throws Exception {
        set(publish(listNode(OMEMO_2), "current", "<devices xmlns='" + OMEMO_2 + "'><device id='5' label='"
            + SCRIPT.replace("<", "&lt;").replace(">", "&gt;") + "&quot;'/></devices>", MAX));
        NoticedDevices.add("\"'" + SCRIPT + "@evil.example", "0.4", 1003, SCRIPT, "3".repeat(64));

        assertThat(user("")).contains("&lt;script&gt;").doesNotContain(SCRIPT);
        assertThat(devices("?device=1003")).contains("&lt;script&gt;").doesNotContain(SCRIPT);
        String typed = "%22%3E" + encode(SCRIPT);
        assertThat(devices("?account=" + typed + "&device=" + typed + "&label=" + typed + "&family=" + typed + "&state=" + typed
            + "&after=" + typed)).contains("&lt;script&gt;").doesNotContain(SCRIPT);
        assertThat(admin.get(USER + "?account=" + typed + "&look=" + typed + "&family=" + typed).body())
            .contains("&lt;script&gt;").doesNotContain(SCRIPT);
        NoticedDevices.forget("\"'" + SCRIPT + "@evil.example");
    }

    @Test
    void speaksGermanToAGerman() throws Exception {
        publishAll(OMEMO_2, 7);
        NoticedDevices.add(alice.bareJid(), "0.4", 1001, "Phone", "1".repeat(64), "2".repeat(64));
        JiveGlobals.setLocale(Locale.GERMAN);

        assertThat(user("&look=repair")).contains("<h1>OMEMO: Benutzer</h1>", "Signatur gültig").doesNotContain("???");
        assertThat(user("&look=remove&device=7&family=0.8%2B")).contains("Gerät 7 (0.8+) entfernen").doesNotContain("???");
        assertThat(devices("?device=7")).contains("<h1>OMEMO: Geräte</h1>").doesNotContain("???");
    }

    private void publishAll(String family, int device) {
        set(publish(listNode(family), "current", list(family, device), MAX));
        set(publish(bundleNode(family, device), itemOf(family, device), bundle(family), MAX));
    }

    private void set(String pubsub) {
        assertThat(alice.request("type='set'", pubsub).type()).isEqualTo("result");
    }

    private String get(String pubsub) {
        return alice.request("type='get'", pubsub).xml();
    }

    private String user(String query) {
        return admin.get(USER + "?account=" + encode(alice.bareJid()) + query).body();
    }

    private String devices(String query) {
        return admin.get(DEVICES + query).body();
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private String send(String action, String... fields) {
        HttpResponse<String> response = post(action, fields);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(302);
        return user("").replaceAll("(?s).*?<p class=\"notice[^>]*>(.*?)</p>.*", "$1");
    }

    private HttpResponse<String> post(String action, String... fields) {
        Map<String, String> form = new HashMap<>();
        form.put("account", alice.bareJid());
        for (int i = 0; i < fields.length; i += 2) {
            form.put(fields[i], fields[i + 1]);
        }
        admin.get(USER);
        form.put("csrf", admin.cookie("csrf"));
        form.put("action", action);
        return admin.post(USER, form);
    }

    private static SecurityAuditEvent audit() {
        try {
            return SecurityAuditManager.getInstance().getEvents(null, null, 1, null, null).get(0);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}

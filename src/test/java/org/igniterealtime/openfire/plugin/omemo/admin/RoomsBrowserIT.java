package org.igniterealtime.openfire.plugin.omemo.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.igniterealtime.openfire.plugin.omemo.embedded.Browser;
import org.igniterealtime.openfire.plugin.omemo.embedded.EmbeddedOpenfire;
import org.igniterealtime.openfire.plugin.omemo.embedded.OpenfireExtension;
import org.igniterealtime.openfire.plugin.omemo.embedded.RoomBuilder;
import org.jivesoftware.openfire.XMPPServer;
import org.jivesoftware.util.JiveGlobals;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The pages of rooms as an admin sees them. Pictures of them are left in {@code target/screenshots}. */
@ExtendWith(OpenfireExtension.class)
class RoomsBrowserIT {

    private static final Path SCREENSHOTS = Path.of("target", "screenshots");
    private static final String POLICY = "plugin.omemo.policy.";
    private static final String SCRIPT = "<script>alert(1)</script>";
    private static Browser browser;

    private final EmbeddedOpenfire server;
    private final List<String> rooms = new ArrayList<>();

    RoomsBrowserIT(EmbeddedOpenfire server) {
        this.server = server;
    }

    @BeforeAll
    static void startTheBrowser() {
        assumeTrue(Browser.installed().isPresent(),
            "No Chromium is installed, so the pages are not looked at in a browser; -Dchromium=<path> names one");
        browser = Browser.start();
    }

    @AfterAll
    static void stopTheBrowser() {
        if (browser != null) {
            browser.close();
        }
    }

    @BeforeEach
    void logIn() {
        server.plugins().ensureInstalled(Path.of(System.getProperty("plugin.jar")));
        browser.window(1280, 900, false);
        open("/login.jsp?url=/plugins/omemo/omemo-rooms.jsp");
        browser.type("[name=username]", "admin");
        browser.type("[name=password]", EmbeddedOpenfire.ADMIN_PASSWORD);
        browser.follow("button");
    }

    @AfterEach
    void forgetWhatWasSet() {
        JiveGlobals.setLocale(Locale.ENGLISH);
        rooms.forEach(server::destroyRoom);
        List<String> names = JiveGlobals.getPropertyNames();
        names.stream().filter(name -> name.startsWith(POLICY))
            .forEach(server::deleteProperty);
    }

    @Test
    void anAdminReadsWhoCouldSpeakSeesTheEffectAndEnforces() {
        room("secret").members("nobody").create();
        open("/plugins/omemo/omemo-rooms.jsp");
        browser.follow("#name-0");
        assertThat(browser.text()).contains("secret@" + server.mucDomain(), "hides the addresses");

        browser.choose("#mode", "enforce");
        browser.follow("[value=preview]");
        assertThat(browser.text()).contains("This is a preview", "Mode: off would become enforce");
        assertThat(browser.run("document.querySelector('#mode').value")).isEqualTo("enforce");
        browser.follow("[value=set-policy]");
        assertThat(browser.text()).contains("The policy was saved, and is in force");
        assertThat(server.property(POLICY + "room.secret@" + server.mucDomain())).isEqualTo("enforce");

        open("/plugins/omemo/omemo-rooms.jsp");
        browser.run("document.querySelector('#room-0').click()");
        browser.choose("#change", "warn");
        browser.follow("[value=set-mode]");
        assertThat(server.property(POLICY + "room.secret@" + server.mucDomain())).isEqualTo("warn");
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void theRoomsFitIntoEveryWindowInLightAndDark() throws Exception {
        room("board").membersOnly().nonAnonymous().members("alice", "bob", "carol@elsewhere.example").create();
        room("board-long-" + "x".repeat(189)).create();
        room("evil").create();
        XMPPServer.getInstance().getMultiUserChatManager().getMultiUserChatService("conference").getChatRoom("evil")
            .setNaturalLanguageName(SCRIPT + " " + "w".repeat(200));
        room("\u05e9\u05dc\u05d5\u05dd").members("\u05d0\u05d1", "n".repeat(200)).create();
        server.setProperty(POLICY + "room.board@" + server.mucDomain(), "enforce; families=0.4,0.8+; subject=admins");
        server.setProperty(POLICY + "pattern.10", "board-*@" + server.mucDomain() + " warn");
        server.setProperty(POLICY + "service." + server.mucDomain(), "observe");
        server.setProperty(POLICY + "room.planned@" + server.mucDomain(), "enforce");
        try (EncryptedTalk talk = talk()) {
            photograph();
        }
        browser.window(1280, 900, false);
        open("/plugins/omemo/omemo-rooms.jsp");
        assertThat(browser.text()).contains(SCRIPT);
        assertThat(browser.complaints()).isEmpty();
    }

    /** In the room are two who leave out some devices. */
    private EncryptedTalk talk() throws InterruptedException {
        EncryptedTalk talk = new EncryptedTalk(server, "board@" + server.mucDomain());
        talk.enter("alice", Map.of(1, "Phone", 2, SCRIPT)).enter("bob", Map.of(11, "\u05d4\u05d8\u05dc\u05e4\u05d5\u05df \u05e9\u05dc\u05d9", 12,
            "w".repeat(200)));
        String page = "/plugins/omemo/omemo-room.jsp?room=" + room(0);
        awaitText(page, " 0 are still being looked at");
        talk.say("alice", 1, "bob 11");
        talk.say("bob", 11, "bob 12", "alice 1 2");
        awaitText(page, "4 devices, 2 of them left out");
        return talk;
    }

    private void awaitText(String page, String text) throws InterruptedException {
        for (int i = 0; i < 600; i++) {
            open(page);
            if (browser.text().contains(text)) {
                return;
            }
            Thread.sleep(50);
        }
        assertThat(browser.text()).contains(text);
    }

    private void photograph() throws Exception {
        for (String language : List.of("en", "de")) {
            JiveGlobals.setLocale(Locale.forLanguageTag(language));
            for (int width : new int[] {1280, 420}) {
                for (boolean dark : new boolean[] {false, true}) {
                    browser.window(width, 900, dark);
                    for (String page : List.of("rooms.jsp", "room.jsp?room=" + room(0), "room.jsp?room=" + room(3),
                        "room.jsp?room=" + room(1))) {
                        open("/plugins/omemo/omemo-" + page);
                        browser.screenshot(SCREENSHOTS.resolve("%s-%s-%d%s.png".formatted(name(page), language, width,
                            dark ? "-dark" : "")));
                        assertThat(Integer.parseInt(browser.run("document.documentElement.scrollWidth")))
                            .as("nothing of %s is wider than the window", page).isLessThanOrEqualTo(width);
                    }
                }
            }
        }
    }

    private static String name(String page) {
        return page.startsWith("rooms") ? "rooms" : page.contains("board@") ? "room" : page.contains("board") ? "room-long" : "room-rtl";
    }

    private RoomBuilder room(String name) {
        rooms.add(name);
        return server.room(name);
    }

    private String room(int number) {
        return URLEncoder.encode(rooms.get(number), StandardCharsets.UTF_8) + "@" + server.mucDomain();
    }

    private void open(String path) {
        browser.open("http://127.0.0.1:" + server.adminPort() + path);
    }
}

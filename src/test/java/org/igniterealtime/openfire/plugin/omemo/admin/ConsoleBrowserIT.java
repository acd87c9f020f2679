package org.igniterealtime.openfire.plugin.omemo.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.igniterealtime.openfire.plugin.omemo.embedded.Browser;
import org.igniterealtime.openfire.plugin.omemo.embedded.EmbeddedOpenfire;
import org.igniterealtime.openfire.plugin.omemo.embedded.OpenfireExtension;
import org.jivesoftware.util.JiveGlobals;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The console as an admin sees it. Pictures of the pages are left in {@code target/screenshots}. */
@ExtendWith(OpenfireExtension.class)
class ConsoleBrowserIT {

    private static final Path SCREENSHOTS = Path.of("target", "screenshots");
    private static final String POLICY = "plugin.omemo.policy.";
    private static final String SCRIPT = "<script>alert(1)</script>";
    private static Browser browser;

    private final EmbeddedOpenfire server;

    ConsoleBrowserIT(EmbeddedOpenfire server) {
        this.server = server;
    }

    @AfterAll
    static void stopTheBrowser() {
        if (browser != null) {
            browser.close();
        }
    }

    @BeforeEach
    void logIn() {
        assumeTrue(Browser.installed().isPresent(),
            "No Chromium is installed, so the pages are not looked at in a browser; -Dchromium=<path> names one");
        if (browser == null) {
            browser = Browser.start();
        }
        server.plugins().ensureInstalled(Path.of(System.getProperty("plugin.jar")));
        browser.window(1280, 900, false);
        open("/login.jsp?url=/plugins/omemo/omemo-settings.jsp");
        browser.type("[name=username]", "admin");
        browser.type("[name=password]", EmbeddedOpenfire.ADMIN_PASSWORD);
        browser.follow("button");
    }

    @AfterEach
    void forgetWhatWasSet() {
        JiveGlobals.setLocale(Locale.ENGLISH);
        List<String> names = JiveGlobals.getPropertyNames();
        names.stream().filter(name -> name.startsWith(POLICY) || name.startsWith("plugin.omemo.bot.")
                || name.startsWith("plugin.omemo.keys.") || name.startsWith("plugin.omemo.violations."))
            .forEach(server::deleteProperty);
    }

    @Test
    void anAdminSetsAPolicyMendsAMistakeAndDeletesIt() {
        String room = "secret@" + server.mucDomain();
        browser.type("#target", room);
        browser.run("document.querySelector('#mode').value = 'enforce'");
        browser.type("#exempt", "nobody");
        browser.follow("[value=set-policy]");
        assertThat(browser.text()).contains("nobody names nobody to exempt");
        assertThat(browser.run("document.querySelector('#target').value")).isEqualTo(room);

        browser.type("#exempt", "affiliation:owner");
        browser.follow("[value=set-policy]");
        assertThat(browser.text()).contains("The policy was saved, and is in force: " + room);
        assertThat(server.property(POLICY + "room." + room)).isEqualTo("enforce; exempt=affiliation:owner");

        browser.follow(".list a.button");
        browser.run("document.querySelector('#mode').value = 'warn'");
        browser.follow("[value=set-policy]");
        assertThat(server.property(POLICY + "room." + room)).isEqualTo("warn; exempt=affiliation:owner");

        browser.follow("[value=delete-policy]");
        assertThat(server.property(POLICY + "room." + room)).isNull();
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void twoTabsDoNotGetInEachOthersWay() {
        String form = browser.run("document.querySelector('[name=csrf]').value");

        open("/plugins/omemo/omemo-settings.jsp");

        assertThat(browser.run("document.querySelector('[name=csrf]').value")).isEqualTo(form);
    }

    @Test
    void theSettingsFitIntoEveryWindowInLightAndDark() {
        String longest = "r".repeat(40) + "@" + server.mucDomain();
        server.setProperty(POLICY + "default", "warn");
        server.setProperty(POLICY + "room.secret@" + server.mucDomain(), "enforce; families=0.4,0.8+; subject=admins");
        server.setProperty(POLICY + "room." + longest, "enforce; exempt=jid:" + "x".repeat(200) + "@example.org");
        server.setProperty(POLICY + "room.\u05e9\u05dc\u05d5\u05dd@" + server.mucDomain(), "observe");
        server.setProperty(POLICY + "pattern.10", "board-*@" + server.mucDomain() + " enforce");
        server.setProperty(POLICY + "pattern.20", "*" + SCRIPT + "@" + server.mucDomain() + " of");
        server.setProperty(POLICY + "service." + server.mucDomain(), "observe");
        server.setProperty("plugin.omemo.bot.echo", "echo; families=0.4,0.8+; trust=blind; paused=yes");
        server.setProperty("plugin.omemo.bot.broken", SCRIPT);
        server.setProperty("plugin.omemo.keys.silence-days", SCRIPT);
        server.setProperty("plugin.omemo.violations.days", "30");
        for (String language : List.of("en", "de")) {
            JiveGlobals.setLocale(Locale.forLanguageTag(language));
            for (int width : new int[] {1280, 420}) {
                for (boolean dark : new boolean[] {false, true}) {
                    browser.window(width, 900, dark);
                    open("/plugins/omemo/omemo-settings.jsp");

                    browser.screenshot(SCREENSHOTS.resolve(
                        "settings-%s-%d%s.png".formatted(language, width, dark ? "-dark" : "")));
                    assertThat(browser.text()).contains(SCRIPT);
                    assertThat(Integer.parseInt(browser.run("document.documentElement.scrollWidth")))
                        .as("nothing is wider than the window").isLessThanOrEqualTo(width);
                }
            }
        }
        assertThat(browser.complaints()).isEmpty();
    }

    private void open(String path) {
        browser.open("http://127.0.0.1:" + server.adminPort() + path);
    }
}

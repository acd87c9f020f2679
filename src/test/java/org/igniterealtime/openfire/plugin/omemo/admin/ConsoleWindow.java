package org.igniterealtime.openfire.plugin.omemo.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.igniterealtime.openfire.plugin.omemo.embedded.Browser;
import org.igniterealtime.openfire.plugin.omemo.embedded.EmbeddedOpenfire;
import org.jivesoftware.util.JiveGlobals;

/** A Chromium in which an admin has logged in. */
final class ConsoleWindow implements AutoCloseable {

    private static final Path SCREENSHOTS = Path.of("target", "screenshots");

    private final EmbeddedOpenfire server;
    private final Browser browser;

    /** Where there is no Chromium, the test is skipped. */
    ConsoleWindow(EmbeddedOpenfire server) {
        this.server = server;
        assumeTrue(Browser.installed().isPresent(),
            "No Chromium is installed, so the pages are not looked at in a browser; -Dchromium=<path> names one");
        browser = Browser.start();
        browser.window(1280, 900, false);
        open("/login.jsp?url=/plugins/omemo/omemo-settings.jsp");
        browser.type("[name=username]", "admin");
        browser.type("[name=password]", EmbeddedOpenfire.ADMIN_PASSWORD);
        browser.follow("button");
    }

    Browser browser() {
        return browser;
    }

    void open(String path) {
        browser.open("http://127.0.0.1:" + server.adminPort() + path);
    }

    /** Pictures of a page in both languages, wide and narrow, light and dark; everything has to fit into the window. */
    void picture(String path, String name) {
        for (String language : List.of("en", "de")) {
            JiveGlobals.setLocale(Locale.forLanguageTag(language));
            for (int width : new int[] {1280, 420}) {
                for (boolean dark : new boolean[] {false, true}) {
                    browser.window(width, 900, dark);
                    open(path);
                    browser.screenshot(SCREENSHOTS.resolve("%s-%s-%d%s.png".formatted(name, language, width, dark ? "-dark" : "")));
                    assertThat(Integer.parseInt(browser.run("document.documentElement.scrollWidth")))
                        .as("nothing is wider than the window").isLessThanOrEqualTo(width);
                }
            }
        }
        JiveGlobals.setLocale(Locale.ENGLISH);
        browser.window(1280, 900, false);
    }

    @Override
    public void close() {
        JiveGlobals.setLocale(Locale.ENGLISH);
        browser.close();
    }
}

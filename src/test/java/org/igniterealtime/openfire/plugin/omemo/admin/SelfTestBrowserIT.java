package org.igniterealtime.openfire.plugin.omemo.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.igniterealtime.openfire.plugin.omemo.embedded.EmbeddedOpenfire;
import org.igniterealtime.openfire.plugin.omemo.embedded.OpenfireExtension;
import org.jivesoftware.util.JiveGlobals;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** An admin runs the self-test in a browser, and sees it go on. */
@ExtendWith(OpenfireExtension.class)
class SelfTestBrowserIT {

    private static final String PAGE = "/plugins/omemo/omemo-selftest.jsp";
    private static final String BOT = "plugin.omemo.bot.";
    private static final String EVENTING = "xmpp.pep.enabled";
    private static final int PATIENCE_MILLIS = 30_000;

    private final EmbeddedOpenfire server;

    SelfTestBrowserIT(EmbeddedOpenfire server) {
        this.server = server;
    }

    @BeforeEach
    void installThePlugin() {
        server.plugins().ensureInstalled(Path.of(System.getProperty("plugin.jar")));
    }

    @AfterEach
    void forgetWhatWasSet() {
        List<String> names = JiveGlobals.getPropertyNames();
        names.stream().filter(name -> name.startsWith(BOT) || name.equals(EVENTING)).toList().forEach(server::deleteProperty);
    }

    @Test
    void theReportAppearsByItselfAndFitsIntoEveryWindow() throws InterruptedException {
        try (ConsoleWindow window = new ConsoleWindow(server)) {
            server.setProperty(EVENTING, "false");
            server.setProperty(BOT + "robin", "echo; families=0.4; trust=blind");
            server.setProperty(BOT + "canary", "canary; paused=yes");
            server.setProperty(BOT + "broken", "<script>alert(1)</script>" + "\u05e9\u05dc\u05d5\u05dd ".repeat(40));
            window.open(PAGE);
            await(window, "document.querySelector('[value=run]')?.disabled === false");
            window.browser().follow("[value=run]");
            // It may be over before the page is there; what is shown meanwhile is tried in SelfTestPageIT.
            await(window, "document.querySelectorAll('.verdict').length > 16 && !document.querySelector('[data-progress]')");

            assertThat(window.browser().text()).contains("13 steps passed, 1 failed, 2 not tested", "Personal eventing must be on",
                "<script>alert(1)</script>");
            window.picture(PAGE + "?bot=robin", "selftest");
            assertThat(window.browser().complaints()).isEmpty();
        }
    }

    private static void await(ConsoleWindow window, String condition) throws InterruptedException {
        long end = System.currentTimeMillis() + PATIENCE_MILLIS;
        while (!window.browser().run(condition).equals("true")) {
            assertThat(System.currentTimeMillis()).as(condition).isLessThan(end);
            Thread.sleep(20);
        }
    }
}

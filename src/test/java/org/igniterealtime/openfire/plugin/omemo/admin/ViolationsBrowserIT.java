package org.igniterealtime.openfire.plugin.omemo.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.igniterealtime.openfire.plugin.omemo.embedded.EmbeddedOpenfire;
import org.igniterealtime.openfire.plugin.omemo.embedded.OpenfireExtension;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** An admin sees a violation appear in a browser. */
@ExtendWith(OpenfireExtension.class)
class ViolationsBrowserIT {

    private static final String PAGE = "/plugins/omemo/omemo-violations.jsp";
    private static final String SCRIPT = "<script>alert(1)</script>";
    private static final int PATIENCE_MILLIS = 15_000;

    private final EmbeddedOpenfire server;
    private final NotedViolations noted = new NotedViolations();

    ViolationsBrowserIT(EmbeddedOpenfire server) {
        this.server = server;
    }

    @AfterEach
    void forget() throws Exception {
        NotedViolations.clear();
    }

    @Test
    void aViolationAppearsByItselfAndThePageFitsIntoEveryWindow() throws Exception {
        server.plugins().ensureInstalled(Path.of(System.getProperty("plugin.jar")));
        NotedViolations.clear();
        try (ConsoleWindow window = new ConsoleWindow(server)) {
            window.picture(PAGE, "violations-none");
            window.open(PAGE);
            assertThat(window.browser().text()).contains("There are no such violations.");

            long now = System.currentTimeMillis();
            noted.note("secret@conference.example.org", SCRIPT, 101, "refused", 1, now);
            noted.note("\u05e9\u05dc\u05d5\u05dd@conference.example.org", "bob@example.org", 206, "observed", 1, now - 1_000);
            noted.note("r".repeat(200) + "@conference.example.org", "eve@example.org", 105, "warned", 1, now - 2_000);
            noted.note("secret@conference.example.org", "", 111, "removed", 1, now - 3_000);
            noted.write();
            await(window, "document.querySelectorAll('#violations tbody tr').length === 4");

            assertThat(window.browser().text()).contains(SCRIPT, "It carried readable text.", "plaintext-body 101")
                .doesNotContain("There are no such violations.");
            String live = window.browser().run("document.querySelector('#violations tbody').innerText");
            window.open(PAGE);
            assertThat(window.browser().run("document.querySelector('#violations tbody').innerText")).as("loaded and live look the same")
                .isEqualTo(live);
            window.picture(PAGE, "violations");
            assertThat(window.browser().complaints()).isEmpty();
        }
    }

    private static void await(ConsoleWindow window, String condition) throws InterruptedException {
        long end = System.currentTimeMillis() + PATIENCE_MILLIS;
        while (!window.browser().run(condition).equals("true")) {
            assertThat(System.currentTimeMillis()).as(condition).isLessThan(end);
            Thread.sleep(50);
        }
    }
}

package org.igniterealtime.openfire.plugin.omemo.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.igniterealtime.openfire.plugin.omemo.embedded.Browser;
import org.igniterealtime.openfire.plugin.omemo.embedded.EmbeddedOpenfire;
import org.igniterealtime.openfire.plugin.omemo.embedded.Isolated;
import org.junit.jupiter.api.Test;

class ConsoleTourIT {

    @Test
    void thereIsSomethingOnEveryPage() throws Exception {
        assertThat(Isolated.call(Tour.class, System.getProperty("plugin.jar"))).isEqualTo("rows");
    }

    /** Takes the tour on a server of its own; what it leaves behind would be in the way of other tests. */
    public static final class Tour implements Function<String[], String> {
        @Override
        public String apply(String[] args) {
            try (EmbeddedOpenfire server = EmbeddedOpenfire.start()) {
                server.plugins().install(Path.of(args[0]));
                InventedHistory.write();
                Population.settle(server);
                String seen = ConsoleTour.take(server).stream()
                    .map(step -> step.passed() ? step.seen() : step.toString()).distinct().collect(Collectors.joining("\n"));
                if (Browser.installed().isPresent()) {
                    takePictures(server);
                }
                return seen;
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }

        /** Those of which small copies stand in readme.html. */
        private static void takePictures(EmbeddedOpenfire server) {
            String console = "http://127.0.0.1:" + server.adminPort();
            Map<String, String> pages = Map.of("overview", "omemo-overview.jsp", "violations", "omemo-violations.jsp",
                "room", "omemo-room.jsp?room=vault@" + server.mucDomain());
            try (Browser browser = Browser.start()) {
                browser.window(1000, 800, false);
                browser.open(console + "/login.jsp?url=/plugins/omemo/omemo-overview.jsp");
                browser.type("[name=username]", "admin");
                browser.type("[name=password]", EmbeddedOpenfire.ADMIN_PASSWORD);
                browser.follow("button");
                pages.forEach((name, page) -> {
                    browser.open(console + "/plugins/omemo/" + page);
                    browser.screenshot(Path.of("target", "screenshots", "demo-" + name + ".png"));
                });
            }
        }
    }
}

package org.igniterealtime.openfire.plugin.omemo.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.function.Function;
import java.util.stream.Collectors;
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
                return ConsoleTour.take(server).stream().map(step -> step.passed() ? step.seen() : step.toString()).distinct()
                    .collect(Collectors.joining("\n"));
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
    }
}

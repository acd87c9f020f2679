package org.igniterealtime.openfire.plugin.omemo.attack;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.igniterealtime.openfire.plugin.omemo.embedded.EmbeddedOpenfire;
import org.igniterealtime.openfire.plugin.omemo.embedded.OpenfireExtension;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** A sample of what {@code mvn -Pattack} sends, the same every time. */
@ExtendWith(OpenfireExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AttackIT {

    private static final long SEED = 1;
    private static final int SAMPLE = 20_000;

    private final EmbeddedOpenfire server;

    AttackIT(EmbeddedOpenfire server) {
        this.server = server;
    }

    @BeforeAll
    void install() {
        server.plugins().install(Path.of(System.getProperty("plugin.jar")));
    }

    @AfterAll
    void unload() {
        server.plugins().unload("omemo");
    }

    @Test
    void nothingReadableComesThroughAndNothingIsLost() throws Exception {
        AttackReport report = new Attack(server, SEED, SAMPLE).run();

        assertThat(report.objections()).as(report.toString()).isEmpty();
        assertThat(report.channels()).as("what comes through by nature shows that the witnesses can read").isNotEmpty();
    }
}

package org.igniterealtime.openfire.plugin.omemo.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.igniterealtime.openfire.plugin.omemo.embedded.EmbeddedOpenfire;
import org.igniterealtime.openfire.plugin.omemo.embedded.OpenfireExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(OpenfireExtension.class)
class MainJobIT {

    @Test
    void everyStepIsAsExpected(EmbeddedOpenfire server) throws Exception {
        server.plugins().install(Path.of(System.getProperty("plugin.jar")));
        int mark = server.logMark();

        assertThat(MainJob.play(server)).hasSize(33).allSatisfy(step ->
            assertThat(step.seen()).as(step.what()).isEqualTo(step.expected()));

        assertThat(server.stackTraces(mark)).isEmpty();
        server.deleteProperty("plugin.omemo.bot." + MainJob.BOT);
        server.destroyRoom("board");
        server.plugins().unload("omemo");
    }
}

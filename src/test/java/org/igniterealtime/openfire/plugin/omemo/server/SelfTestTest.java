package org.igniterealtime.openfire.plugin.omemo.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.igniterealtime.openfire.plugin.omemo.bot.SelfTestReport;
import org.igniterealtime.openfire.plugin.omemo.bot.SelfTestReport.Verdict;
import org.igniterealtime.openfire.plugin.omemo.bot.SelfTestStep;
import org.igniterealtime.openfire.plugin.omemo.embedded.EmbeddedOpenfire;
import org.igniterealtime.openfire.plugin.omemo.embedded.OpenfireExtension;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The self-test in a real server, with all parts of the plugin. */
@ExtendWith(OpenfireExtension.class)
class SelfTestTest {

    private final PluginParts plugin;

    SelfTestTest(EmbeddedOpenfire server) {
        plugin = new PluginParts(server);
    }

    @BeforeEach
    void start() {
        plugin.start();
    }

    @AfterEach
    void stop() {
        plugin.stop();
    }

    @Test
    void everyStepPasses() {
        SelfTestReport report = plugin.bots().selfTest().orElseThrow().run(result -> { });

        assertThat(report.steps()).extracting(SelfTestReport.Result::step).containsExactly(SelfTestStep.values());
        assertThat(report.steps()).allSatisfy(step -> assertThat(step.verdict()).as(step.seen()).isEqualTo(Verdict.PASSED));
    }
}

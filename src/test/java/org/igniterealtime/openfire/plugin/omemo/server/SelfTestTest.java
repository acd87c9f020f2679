package org.igniterealtime.openfire.plugin.omemo.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.igniterealtime.openfire.plugin.omemo.bot.SelfTestReport;
import org.igniterealtime.openfire.plugin.omemo.bot.SelfTestReport.Verdict;
import org.igniterealtime.openfire.plugin.omemo.bot.SelfTestStep;
import org.igniterealtime.openfire.plugin.omemo.embedded.EmbeddedOpenfire;
import org.igniterealtime.openfire.plugin.omemo.embedded.OpenfireExtension;
import org.jivesoftware.openfire.XMPPServer;
import org.jivesoftware.openfire.muc.MultiUserChatService;
import org.jivesoftware.openfire.user.DefaultUserProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The self-test in a real server, with all parts of the plugin. */
@ExtendWith(OpenfireExtension.class)
class SelfTestTest {

    private static final String EVENTING = "xmpp.pep.enabled";
    private static final String USERS = "provider.user.className";

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
        assertAllPass(run());
    }

    @Test
    void roomsAreMadeWhereNotEverybodyMayAndNobodyIsLeftWhoMay() {
        MultiUserChatService service = XMPPServer.getInstance().getMultiUserChatManager()
            .getMultiUserChatService("conference");
        service.setRoomCreationRestricted(true);
        try {
            assertAllPass(run());
            assertThat(service.getUsersAllowedToCreate()).isEmpty();
        } finally {
            service.setRoomCreationRestricted(false);
        }
    }

    @Test
    void whatTheAccountCannotDoFailsOnceAndTheOthersGoOnWithoutIt() {
        plugin.server().setProperty(EVENTING, "false");
        try {
            List<SelfTestReport.Result> notPassed = run().steps().stream()
                .filter(step -> step.verdict() != Verdict.PASSED).toList();

            assertThat(notPassed).extracting(SelfTestReport.Result::step)
                .containsExactly(SelfTestStep.PUBLISH, SelfTestStep.FETCH, SelfTestStep.DEVICE_REMOVED);
            assertThat(notPassed).extracting(SelfTestReport.Result::verdict)
                .containsExactly(Verdict.FAILED, Verdict.NOT_TESTED, Verdict.NOT_TESTED);
        } finally {
            plugin.server().deleteProperty(EVENTING);
        }
    }

    @Test
    void whereAccountsCannotBeMadeTheOthersGoOnWithoutOne() {
        plugin.server().setProperty(USERS, ReadOnlyUsers.class.getName());
        try {
            SelfTestReport report = run();

            assertThat(report.passed()).isTrue();
            assertThat(report.steps()).filteredOn(step -> step.verdict() == Verdict.NOT_TESTED)
                .extracting(SelfTestReport.Result::step).containsExactly(
                    SelfTestStep.ACCOUNT, SelfTestStep.PUBLISH, SelfTestStep.FETCH, SelfTestStep.DEVICE_REMOVED);
            assertThat(report.steps()).filteredOn(step -> step.step() == SelfTestStep.ACCOUNT)
                .allSatisfy(step -> assertThat(step.seen()).contains("read-only"));
        } finally {
            plugin.server().setProperty(USERS, DefaultUserProvider.class.getName());
        }
    }

    private SelfTestReport run() {
        return plugin.bots().selfTest().orElseThrow().run(result -> { });
    }

    private static void assertAllPass(SelfTestReport report) {
        assertThat(report.steps()).extracting(SelfTestReport.Result::step).containsExactly(SelfTestStep.values());
        assertThat(report.steps()).allSatisfy(step -> assertThat(step.verdict()).as(step.seen()).isEqualTo(Verdict.PASSED));
    }
}

package org.igniterealtime.openfire.plugin.omemo.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.dom4j.Element;
import org.igniterealtime.openfire.plugin.omemo.bot.SelfTest;
import org.igniterealtime.openfire.plugin.omemo.bot.SelfTestReport;
import org.igniterealtime.openfire.plugin.omemo.bot.SelfTestReport.Result;
import org.igniterealtime.openfire.plugin.omemo.bot.SelfTestReport.Verdict;
import org.igniterealtime.openfire.plugin.omemo.bot.SelfTestServer;
import org.igniterealtime.openfire.plugin.omemo.bot.SelfTestStep;
import org.igniterealtime.openfire.plugin.omemo.bot.StanzaReceiver;
import org.igniterealtime.openfire.plugin.omemo.embedded.EmbeddedOpenfire;
import org.igniterealtime.openfire.plugin.omemo.embedded.OpenfireExtension;
import org.igniterealtime.openfire.plugin.omemo.policy.PolicyBook;
import org.igniterealtime.openfire.plugin.omemo.protocol.BareJid;
import org.jivesoftware.openfire.XMPPServer;
import org.jivesoftware.openfire.interceptor.InterceptorManager;
import org.jivesoftware.openfire.interceptor.PacketInterceptor;
import org.jivesoftware.openfire.interceptor.PacketRejectedException;
import org.jivesoftware.openfire.muc.MultiUserChatService;
import org.jivesoftware.openfire.user.UserManager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.xmpp.packet.IQ;

/** The self-test where something is wrong, in a real server: it says what, and leaves nothing behind. */
@ExtendWith(OpenfireExtension.class)
class SelfTestFailuresTest {

    private static final Set<SelfTestStep> OF_ENFORCEMENT =
        EnumSet.of(SelfTestStep.PLAINTEXT, SelfTestStep.WRONG_FAMILY, SelfTestStep.LEAK);

    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final PluginParts plugin;
    private Set<String> rows;
    private PolicyBook policies;

    SelfTestFailuresTest(EmbeddedOpenfire server) {
        plugin = new PluginParts(server);
    }

    @BeforeEach
    void start() throws Exception {
        plugin.start();
        rows = DatabaseRows.all();
        policies = plugin.guard().policies();
    }

    @AfterEach
    void nothingIsLeft() throws Exception {
        try {
            Set<String> after = DatabaseRows.all();
            after.removeAll(rows);
            assertThat(after).isEmpty();
            assertThat(rooms()).noneMatch(room -> room.contains("selftest"));
            assertThat(UserManager.getInstance().getUsernames()).noneMatch(name -> name.contains("selftest"));
            assertThat(plugin.guard().policies()).isEqualTo(policies);
            assertThat(plugin.bots().host().orElseThrow().states()).isEmpty();
            assertThat(XMPPServer.getInstance().getSessionManager().getSessions())
                .noneMatch(session -> String.valueOf(session.getAddress()).contains("selftest"));
        } finally {
            plugin.stop();
        }
    }

    private static List<String> rooms() {
        List<String> rooms = new ArrayList<>();
        for (MultiUserChatService service : XMPPServer.getInstance().getMultiUserChatManager()
                .getMultiUserChatServices()) {
            service.getChatRooms().forEach(room -> rooms.add(room.getName()));
        }
        return rooms;
    }

    private SelfTestReport run(Function<SelfTestServer, SelfTestServer> changed) {
        SelfTestServer site = new SelfTestSite(XMPPServer.getInstance(), plugin.guard(),
            new TemporaryAccounts(XMPPServer.getInstance()));
        return new SelfTest(plugin.bots().host().orElseThrow(), changed.apply(site), PATIENCE).run(result -> { });
    }

    private static Map<SelfTestStep, Result> bySteps(SelfTestReport report) {
        return report.steps().stream().collect(Collectors.toMap(Result::step, result -> result));
    }

    private static void assertPassedBut(SelfTestReport report, Set<SelfTestStep> others) {
        assertThat(report.steps()).filteredOn(result -> !others.contains(result.step()))
            .allSatisfy(result -> assertThat(result.verdict()).as(result.toString()).isEqualTo(Verdict.PASSED));
    }

    /** Proves that the self-test can fail. */
    @Test
    void whereEncryptionIsNotEnforcedItSaysWhatCameThrough() {
        SelfTestReport report = run(site -> new Changed(site) {
            @Override
            public Temporary policy(BareJid room, String policy) {
                return () -> { };
            }
        });

        Map<SelfTestStep, Result> results = bySteps(report);
        OF_ENFORCEMENT.forEach(step -> {
            assertThat(results.get(step).verdict()).as(step.code()).isEqualTo(Verdict.FAILED);
            assertThat(results.get(step).seen()).as(step.code()).contains("did not get its message back");
        });
        assertPassedBut(report, OF_ENFORCEMENT);
        assertThat(report.passed()).isFalse();
    }

    @Test
    void whereTheWrongFamilyIsAcceptedOnlyThatFails() {
        SelfTestReport report = run(site -> new Changed(site) {
            @Override
            public Temporary policy(BareJid room, String policy) {
                return super.policy(room, "enforce; unlisted=refuse");
            }
        });

        assertThat(bySteps(report).get(SelfTestStep.WRONG_FAMILY).verdict()).as("%s", report).isEqualTo(Verdict.FAILED);
        assertPassedBut(report, EnumSet.of(SelfTestStep.WRONG_FAMILY));
    }

    @Test
    void whoFollowsItAndFailsLeavesNothingBehind() {
        SelfTest test = plugin.bots().selfTest().orElseThrow();

        assertThatThrownBy(() -> test.run(result -> {
            if (result.step() == SelfTestStep.ENTER) {
                throw new IllegalStateException("the page is gone");
            }
        })).hasMessage("the page is gone");
    }

    @Test
    void whoeverIsInterruptedCleansUpAllTheSame() {
        SelfTest test = plugin.bots().selfTest().orElseThrow();

        SelfTestReport report = test.run(result -> {
            if (result.step() == SelfTestStep.DEVICE_REMOVED) {
                Thread.currentThread().interrupt();
            }
        });

        assertThat(Thread.interrupted()).isTrue();
        assertThat(bySteps(report).get(SelfTestStep.CLEAN_UP).verdict()).as("%s", report).isEqualTo(Verdict.PASSED);
    }

    @Test
    void whatOpenfireLacksFailsOneStepAndIsCleanedUp() {
        SelfTestReport report = run(site -> new Changed(site) {
            @Override
            public Temporary permitRooms(String service, BareJid account) {
                throw new NoSuchMethodError("isRoomCreationRestricted");
            }
        });

        assertThat(bySteps(report).get(SelfTestStep.ROOM).verdict()).isEqualTo(Verdict.FAILED);
        assertThat(bySteps(report).get(SelfTestStep.PUBLISH).verdict()).isEqualTo(Verdict.PASSED);
    }

    @Test
    void threeRunsAtOnceDoNotCollideAndMoreAreRefused() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(SelfTest.MOST_AT_ONCE);
        CountDownLatch running = new CountDownLatch(SelfTest.MOST_AT_ONCE);
        CountDownLatch go = new CountDownLatch(1);
        try {
            List<Future<SelfTestReport>> reports = new ArrayList<>();
            for (int i = 0; i < SelfTest.MOST_AT_ONCE; i++) {
                reports.add(threads.submit(() -> run(site -> new Changed(site) {
                    @Override
                    public LocalAccount openAccount(StanzaReceiver receiver) throws NoAccountException {
                        running.countDown();
                        try {
                            go.await();
                        } catch (InterruptedException e) {
                            throw new IllegalStateException(e);
                        }
                        return super.openAccount(receiver);
                    }
                })));
            }
            running.await();
            assertThatThrownBy(() -> run(site -> site)).isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("too many");
            go.countDown();
            for (Future<SelfTestReport> report : reports) {
                assertPassedBut(report.get(), Set.of());
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void whereThereIsNoSuchServiceNothingIsLeft() {
        SelfTestReport report = run(site -> new Changed(site) {
            @Override
            public Optional<String> roomService() {
                return Optional.of("nowhere." + EmbeddedOpenfire.DOMAIN);
            }
        });

        assertThat(bySteps(report).get(SelfTestStep.ROOM).verdict()).isEqualTo(Verdict.FAILED);
        assertThat(bySteps(report).get(SelfTestStep.ENTER).verdict()).isEqualTo(Verdict.NOT_TESTED);
        assertThat(bySteps(report).get(SelfTestStep.CLEAN_UP)).as("%s", report)
            .satisfies(result -> assertThat(result.verdict()).as(result.seen()).isEqualTo(Verdict.PASSED));
    }

    @Test
    void whereARoomCannotBeConfiguredNothingIsLeft() {
        PacketInterceptor refusing = (packet, session, incoming, processed) -> {
            if (packet instanceof IQ iq && incoming && !processed && iq.getType() == IQ.Type.set
                    && iq.getChildElement() != null && iq.getChildElement().element("x") != null
                    && iq.getChildElement().getNamespaceURI().equals("http://jabber.org/protocol/muc#owner")) {
                throw new PacketRejectedException("as the test wants it");
            }
        };
        InterceptorManager.getInstance().addInterceptor(refusing);
        SelfTestReport report;
        try {
            report = run(site -> site);
        } finally {
            InterceptorManager.getInstance().removeInterceptor(refusing);
        }

        assertThat(bySteps(report).get(SelfTestStep.ROOM).verdict()).isEqualTo(Verdict.FAILED);
        assertThat(bySteps(report).get(SelfTestStep.CLEAN_UP))
            .satisfies(result -> assertThat(result.verdict()).as(result.seen()).isEqualTo(Verdict.PASSED));
    }

    @Test
    void whereTheAccountCanSendNothingMoreNothingIsLeft() {
        SelfTestReport report = run(site -> new Changed(site) {
            @Override
            public LocalAccount openAccount(StanzaReceiver receiver) throws NoAccountException {
                return new Mute(super.openAccount(receiver));
            }
        });

        assertThat(bySteps(report).get(SelfTestStep.PUBLISH).verdict()).isEqualTo(Verdict.FAILED);
        assertThat(bySteps(report).get(SelfTestStep.CLEAN_UP))
            .satisfies(result -> assertThat(result.verdict()).as(result.seen()).isEqualTo(Verdict.PASSED));
    }

    @Test
    void whateverThrowsIsAFailureAndNothingIsLeft() {
        SelfTestReport report = run(site -> new Changed(site) {
            @Override
            public Temporary policy(BareJid room, String policy) {
                throw new IllegalStateException("as the test wants it");
            }
        });

        assertThat(bySteps(report).get(SelfTestStep.ROOM).seen()).contains("IllegalStateException")
            .doesNotContain("as the test");
        assertThat(bySteps(report).get(SelfTestStep.CLEAN_UP).verdict()).isEqualTo(Verdict.PASSED);
    }

    /** A server that a test changes. */
    private static class Changed implements SelfTestServer {

        private final SelfTestServer site;

        Changed(SelfTestServer site) {
            this.site = site;
        }

        @Override
        public Optional<String> roomService() {
            return site.roomService();
        }

        @Override
        public Temporary permitRooms(String service, BareJid account) {
            return site.permitRooms(service, account);
        }

        @Override
        public Temporary policy(BareJid room, String policy) {
            return site.policy(room, policy);
        }

        @Override
        public LocalAccount openAccount(StanzaReceiver receiver) throws NoAccountException {
            return site.openAccount(receiver);
        }

        @Override
        public boolean hasAccount(BareJid account) {
            return site.hasAccount(account);
        }
    }

    /** An account that cannot send. */
    private record Mute(SelfTestServer.LocalAccount account) implements SelfTestServer.LocalAccount {

        @Override
        public String jid() {
            return account.jid();
        }

        @Override
        public void send(Element stanza) {
            // It does not get out.
        }

        @Override
        public void close() {
            account.close();
        }
    }
}

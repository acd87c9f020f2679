package org.igniterealtime.openfire.plugin.omemo.bot;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.dom4j.Element;
import org.igniterealtime.openfire.plugin.omemo.core.crypto.SealingKey;
import org.igniterealtime.openfire.plugin.omemo.core.session.DeviceSettings;
import org.igniterealtime.openfire.plugin.omemo.core.store.InMemoryStore;
import org.igniterealtime.openfire.plugin.omemo.protocol.BareJid;
import org.igniterealtime.openfire.plugin.omemo.protocol.ContentElement;
import org.igniterealtime.openfire.plugin.omemo.store.BotDatabase;
import org.igniterealtime.openfire.plugin.omemo.store.BotTable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Houses of bots on one database, and people who write to the bots directly; without a server. */
class BotHostTest {

    private static final String BOTS = "bots.example";
    private static final String PEOPLE = "people.example";
    private static final String ECHO = "echo; trust=blind";

    private final SecureRandom random = new SecureRandom();
    private final SealingKey key = SealingKey.generate(random);
    private final TestClock clock = new TestClock();
    private final Wire wire = new Wire();
    private final ExecutorService threads = Executors.newFixedThreadPool(2);
    private final FastTimer timer = new FastTimer();
    private final List<BotHost> hosts = new ArrayList<>();
    private BotDatabase database;
    private Actor person;

    @BeforeEach
    void open() throws Exception {
        database = new BotDatabase();
        Address self = Address.of("juliet@" + PEOPLE + "/phone").orElseThrow();
        Surroundings around = new Surroundings(wire.out(), threads, timer, clock, random);
        Devices devices = Devices.open(self.bare(), "phone", Devices.SPOKEN, family -> new InMemoryStore(), random, clock,
            DeviceSettings.DEFAULT.withBlindTrust());
        OwnNodes nodes = new OwnNodes(devices, "phone", "1");
        person = new Actor("juliet", self, devices, around, Duration.ofSeconds(5), nodes::answer);
        wire.take(PEOPLE, person);
    }

    @AfterEach
    void close() throws Exception {
        hosts.forEach(BotHost::close);
        threads.shutdownNow();
        timer.shutdownNow();
        database.close();
    }

    private BotHost host(StanzaConnection out) {
        return host(out, key);
    }

    private BotHost host(StanzaConnection out, SealingKey with) {
        return host(BOTS, out, with);
    }

    private BotHost host(String domain, StanzaConnection out, SealingKey with) {
        BotHost host = new BotHost(domain, out, new NoRooms(), new BotTable(database, with, random), random, clock, "1",
            new FastTimer());
        hosts.add(host);
        wire.take(domain, host);
        return host;
    }

    private static final class NoRooms implements BotServer {

        @Override
        public boolean isLocalDomain(String domain) {
            return domain.equals(PEOPLE);
        }

        @Override
        public boolean hasRoomsAt(String domain) {
            return false;
        }

        @Override
        public boolean isOwner(BareJid room, BareJid account) {
            return false;
        }
    }

    private static BareJid bot(String name) {
        return BareJid.of(name + "@" + BOTS).orElseThrow();
    }

    private void write(String bot, String text) throws Exception {
        person.say(Talk.with(bot(bot)), List.of(ContentElement.body(text)), Devices.SPOKEN);
    }

    private void talk(String bot, String text) throws Exception {
        write(bot, text);
        person.awaitReading(reading -> reading.from().jid().equals(bot(bot))
            && reading.content().body().filter(body -> body.endsWith(text)).isPresent(), "has no answer to " + text);
    }

    private static BotState state(BotHost host, String bot) {
        return host.states().stream().filter(state -> state.name().equals(bot)).findFirst().orElseThrow();
    }

    private static void await(String what, Callable<Boolean> condition) throws Exception {
        long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (!condition.call()) {
            assertThat(System.nanoTime()).as(what).isLessThan(end);
            Thread.sleep(5);
        }
    }

    @Test
    void aBotGoesOnWhereAnEarlierHostHasEnded() throws Exception {
        BotHost first = host(wire.out());
        first.want(Map.of("echo", ECHO));
        talk("echo", "one");
        first.close();

        host(wire.out()).want(Map.of("echo", ECHO));

        talk("echo", "two");
        assertThat(state(hosts.get(1), "echo").problems()).isEmpty();
    }

    @Test
    void atAnotherDomainABotIsAnother() throws Exception {
        BotHost first = host(wire.out());
        first.want(Map.of("echo", ECHO));
        talk("echo", "one");
        BareJid room = BareJid.of("room@rooms.example").orElseThrow();
        first.close();
        new BotRooms(first.table().claim("echo").part("rooms"))
            .put(room, new BotRooms.Entry(true, person.address().bare(), Optional.empty()));
        Wire.Out out = wire.out();

        BotHost second = host("robots.example", out, key);
        second.want(Map.of("echo", ECHO));

        BareJid moved = BareJid.of("echo@robots.example").orElseThrow();
        person.say(Talk.with(moved), List.of(ContentElement.body("two")), Devices.SPOKEN);
        person.awaitReading(reading -> reading.from().jid().equals(moved)
            && reading.content().body().filter(body -> body.endsWith("two")).isPresent(), "has no answer to two");
        assertThat(out.sent()).allSatisfy(stanza ->
            assertThat(Stanzas.attribute(stanza, "from")).startsWith(moved.toString()));
        assertThat(state(second, "echo").rooms()).isEmpty();
        assertThat(state(second, "echo").problems()).isEmpty();
    }

    @Test
    void aHostWhoseBotAnotherHasTakenSendsNothingAnyMore() throws Exception {
        Wire.Out firstOut = wire.out();
        BotHost first = host(firstOut);
        first.want(Map.of("echo", ECHO, "other", ECHO));
        talk("echo", "one");
        talk("other", "one");
        BotHost second = host(wire.out());
        second.want(Map.of("echo", ECHO, "other", ECHO));
        talk("echo", "two");

        // The network of the cluster is torn: the first still gets what was for its bots.
        wire.take(BOTS, first);
        int sentBefore = firstOut.sent().size();
        write("echo", "to the first");
        await("it says so", () -> state(first, "echo").status() == BotState.Status.BROKEN);
        write("echo", "to the first again");
        write("other", "to the first");
        await("it says so", () -> state(first, "other").status() == BotState.Status.BROKEN);

        assertThat(state(first, "echo").detail()).contains("another node of the cluster");
        assertThat(messages(firstOut.sent().subList(sentBefore, firstOut.sent().size()))).isEmpty();
        first.close();
        assertThat(firstOut.sent().subList(sentBefore, firstOut.sent().size()))
            .noneMatch(stanza -> stanza.getName().equals("presence"));
        wire.take(BOTS, second);
        talk("echo", "three");
        talk("other", "three");
        assertThat(state(second, "echo").unread()).isZero();
    }

    private static List<Element> messages(List<Element> stanzas) {
        return stanzas.stream().filter(stanza -> stanza.getName().equals("message")).toList();
    }

    @Test
    void aBotThatIsChangedIsNotEndedByWhatItsPredecessorStillDid() throws Exception {
        BotHost host = host(wire.out());
        host.want(Map.of("echo", ECHO));
        talk("echo", "one");
        for (int i = 1; i <= 20; i++) {
            for (int j = 0; j < 5; j++) {
                write("echo", "busy");
            }
            host.want(Map.of("echo", ECHO + "; every=" + i));
        }

        clock.forward(Duration.ofMinutes(2));
        talk("echo", "two");
        assertThat(state(host, "echo").status()).isEqualTo(BotState.Status.RUNNING);
    }

    @Test
    void whatIsStoredAndCannotBeUsedKeepsOneBotOutAndNoOther() throws Exception {
        BotHost first = host(wire.out());
        first.want(Map.of("torn", ECHO, "newer", ECHO, "fine", ECHO));
        for (String bot : List.of("torn", "newer", "fine")) {
            talk(bot, "one");
        }
        first.close();
        database.execute("UPDATE ofOmemoBotRecord SET sealed=SUBSTRING(sealed FROM 1 FOR 40) WHERE bot='torn'");
        String sealed = database.select("SELECT sealed FROM ofOmemoBotRecord WHERE bot='newer'").get(0);
        byte[] bytes = Base64.getDecoder().decode(sealed);
        bytes[0]++;
        database.execute("UPDATE ofOmemoBotRecord SET sealed=? WHERE bot='newer'",
            Base64.getEncoder().encodeToString(bytes));
        List<String> before = rows();

        BotHost second = host(wire.out());
        second.want(Map.of("torn", ECHO, "newer", ECHO, "fine", ECHO));

        assertThat(state(second, "torn").status()).isEqualTo(BotState.Status.BROKEN);
        assertThat(state(second, "torn").detail()).contains("is torn");
        assertThat(state(second, "newer").status()).isEqualTo(BotState.Status.BROKEN);
        assertThat(state(second, "newer").detail()).contains("newer version of the plugin");
        assertThat(rows()).isEqualTo(before);
        talk("fine", "two");
    }

    private List<String> rows() throws Exception {
        return database.select("SELECT sealed FROM ofOmemoBotRecord WHERE bot<>'fine' ORDER BY bot, part, recordKey");
    }

    @Test
    void underAnotherKeyNothingIsTouched() throws Exception {
        BotHost first = host(wire.out());
        first.want(Map.of("echo", ECHO));
        talk("echo", "one");
        first.close();

        BotHost second = host(wire.out(), SealingKey.generate(random));
        second.want(Map.of("echo", ECHO, "young", ECHO));
        assertThat(state(second, "echo").detail()).contains("sealed under another key");
        talk("young", "one");
        second.close();

        host(wire.out()).want(Map.of("echo", ECHO, "young", ECHO));
        talk("echo", "two");
    }

    @Test
    void settingsThatCannotBeUnderstoodAreSaidAndOthersRun() throws Exception {
        BotHost host = host(wire.out());
        host.want(Map.of("echo", ECHO, "what", "parrot", "Upper", ECHO, "quiet", "echo; paused=yes"));

        assertThat(state(host, "what").detail()).contains("'parrot' is no kind of bot");
        assertThat(state(host, "Upper").detail()).contains("name");
        assertThat(state(host, "quiet").status()).isEqualTo(BotState.Status.PAUSED);
        talk("echo", "one");
    }

    @Test
    void whoIsNotWantedAnyMoreLeavesNothing() throws Exception {
        BotHost host = host(wire.out());
        host.want(Map.of("echo", ECHO, "other", ECHO));
        talk("echo", "one");

        host.want(Map.of("other", ECHO));

        assertThat(database.select("SELECT bot FROM ofOmemoBot")).containsExactly("other");
        assertThat(Set.copyOf(database.select("SELECT bot FROM ofOmemoBotRecord"))).containsExactly("other");
        host.close();
        host(wire.out()).want(Map.of());
        assertThat(database.select("SELECT bot FROM ofOmemoBot")).isEmpty();
    }

    @Test
    void guestsKeepTheirKeysUntilTheyAreDismissed() throws Exception {
        BotHost host = host(wire.out());
        host.expect("guest");
        host.table().claim("guest");
        host.table().claim("stray");

        host.want(Map.of("echo", ECHO));

        assertThat(host.table().bots()).containsExactly("echo", "guest");
        host.dismiss("guest");
        assertThat(host.table().bots()).containsExactly("echo");
    }

    @Test
    void strangersOfOtherServersAreNeitherReadNorRemembered() throws Exception {
        BotHost host = host(wire.out());
        host.want(Map.of("echo", ECHO));
        talk("echo", "one");
        int rows = database.select("SELECT sealed FROM ofOmemoBotRecord").size();
        Element message = Stanzas.stanza("message", "chat", "eve@far.example/x", bot("echo").toString(), "e");
        message.add(Garbage.encrypted(bot("echo"), 1, random));

        host.receive(message);

        talk("echo", "two");
        assertThat(state(host, "echo").unread()).isZero();
        assertThat(database.select("SELECT sealed FROM ofOmemoBotRecord")).hasSize(rows);
    }
}

package org.igniterealtime.openfire.plugin.omemo.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.igniterealtime.openfire.plugin.omemo.server.StanzaInbox.stanza;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import org.dom4j.Element;
import org.igniterealtime.openfire.plugin.omemo.bot.StanzaConnection;
import org.igniterealtime.openfire.plugin.omemo.bot.StanzaReceiver;
import org.igniterealtime.openfire.plugin.omemo.embedded.EmbeddedOpenfire;
import org.igniterealtime.openfire.plugin.omemo.embedded.OpenfireExtension;
import org.igniterealtime.openfire.plugin.omemo.embedded.Received;
import org.igniterealtime.openfire.plugin.omemo.embedded.TestClient;
import org.igniterealtime.openfire.plugin.omemo.embedded.TestComponent;
import org.jivesoftware.openfire.XMPPServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.xmpp.packet.JID;

/** The domain of bots, in a real server without the plugin. */
@ExtendWith(OpenfireExtension.class)
class BotDomainTest {

    private static final String DISCO_INFO = "http://jabber.org/protocol/disco#info";

    private static int tests;

    private final EmbeddedOpenfire server;
    private final Bots bots = new Bots();
    private final BotDomain domain = new BotDomain(XMPPServer.getInstance(), bots, 1);
    private final String name = "bots" + ++tests;
    private final String address;

    BotDomainTest(EmbeddedOpenfire server) {
        this.server = server;
        address = name + "." + server.domain();
        server.setProperty("plugin.omemo.bots.name", name);
    }

    @AfterEach
    void leave() {
        domain.stop();
        server.deleteProperty("plugin.omemo.bots.name");
        server.deleteProperty("plugin.omemo.bots.enabled");
    }

    @Test
    void stanzasGoInAndOut() {
        assertThat(domain.start()).isEqualTo(BotDomain.State.RUNNING);
        String user = user();
        try (TestClient client = TestClient.login(server, user, "secret")) {
            client.sendRaw("<message to='echo@" + address + "/x' id='in'><body>Hello</body></message>");
            Element in = bots.inbox.await("message", "in");
            assertThat(in.attributeValue("from")).isEqualTo(client.jid());
            assertThat(in.elementText("body")).isEqualTo("Hello");

            bots.connection.send(stanza("<message from='echo@" + address + "' to='" + client.jid()
                + "' id='out'><body>World</body></message>"));
            Received out = client.awaitMessage(message -> "out".equals(message.id()));
            assertThat(out.from()).isEqualTo("echo@" + address);
            assertThat(out.body()).isEqualTo("World");
        }
    }

    /** A broadcast of 4.2 is one packet that is changed for each occupant in turn. */
    @Test
    void everyBotInARoomHasItsOwnCopyOfAMessage() {
        domain.start();
        String user = user();
        String room = server.room("bots-room" + tests).nonAnonymous().owners(user).create();
        try (TestClient client = TestClient.login(server, user, "secret")) {
            client.joinRoom(room, "user");
            for (String bot : List.of("a", "b")) {
                bots.connection.send(stanza("<presence from='" + bot + "@" + address + "/r' to='" + room + "/" + bot + "'>"
                    + "<x xmlns='http://jabber.org/protocol/muc'/></presence>"));
            }
            client.sendToRoom(room, "to all");

            for (String bot : List.of("a", "b")) {
                Element message = bots.inbox.await(stanza -> stanza.getName().equals("message")
                    && stanza.attributeValue("to").equals(bot + "@" + address + "/r")
                    && "to all".equals(stanza.elementText("body")));
                assertThat(message.attributeValue("from")).isEqualTo(room + "/user");
            }
        }
    }

    @Test
    void itIsListedAmongTheServersServicesAsLongAsItIsThere() {
        domain.start();
        Element probe = bots.inbox.await(stanza -> stanza.getName().equals("iq") && stanza.element("query") != null
            && DISCO_INFO.equals(stanza.element("query").getNamespaceURI()));
        bots.connection.send(stanza("<iq type='result' id='" + probe.attributeValue("id") + "' from='" + address + "' to='"
            + probe.attributeValue("from") + "'><query xmlns='" + DISCO_INFO
            + "'><identity category='component' type='bots' name='Bots'/></query></iq>"));
        String user = user();
        try (TestClient client = TestClient.login(server, user, "secret")) {
            assertThat(services(client)).contains(address);

            domain.stop();
            assertThat(services(client)).doesNotContain(address);
            assertThat(hasRoute()).isFalse();

        }
    }

    @Test
    void nothingIsSentOnceItIsLeft() {
        domain.start();
        String user = user();
        try (TestClient client = TestClient.login(server, user, "secret")) {
            client.barrier();
            domain.stop();

            bots.connection.send(stanza("<message from='echo@" + address + "' to='" + client.jid() + "' id='late'/>"));

            client.barrier();
            assertThat(client.received(stanza -> "late".equals(stanza.id()))).isEmpty();
        }
    }

    @Test
    void aNameThatIsTakenIsLeftAloneAndTriedAgain() throws Exception {
        int mark = server.logMark();
        TestComponent other = TestComponent.connect(server, name);
        try (other) {
            assertThat(domain.start()).isEqualTo(BotDomain.State.NAME_TAKEN);
            assertThat(bots.events).isEmpty();

            String user = user();
            try (TestClient client = TestClient.login(server, user, "secret")) {
                client.sendRaw("<message to='x@" + address + "' id='theirs'><body>Hello</body></message>");
                other.await(stanza -> "theirs".equals(stanza.id()));
            }
            Thread.sleep(2_500);
            assertThat(domain.state()).isEqualTo(BotDomain.State.NAME_TAKEN);
        }
        await(() -> domain.state() == BotDomain.State.RUNNING);
        assertThat(server.logText(mark)).containsOnlyOnce(address + " is taken");
    }

    @Test
    void noRoomServiceIsTakenOver() {
        server.setProperty("plugin.omemo.bots.name", "conference");

        assertThat(domain.start()).isEqualTo(BotDomain.State.NAME_TAKEN);
    }

    @Test
    void whatIsNoNameIsRefused() {
        for (String bad : List.of("", "a.b", "a@b", "-a", "bots/x", "\u00e4", "x".repeat(64), "Bots")) {
            server.setProperty("plugin.omemo.bots.name", bad.isEmpty() ? " " : bad);

            assertThat(domain.start()).as(bad).isEqualTo(BotDomain.State.NAME_INVALID);
            domain.stop();
        }
        assertThat(bots.events).isEmpty();
    }

    @Test
    void anotherNameIsTakenAtOnce() {
        domain.start();

        server.setProperty("plugin.omemo.bots.name", name + "-new");

        await(() -> bots.events.size() == 3 && domain.state() == BotDomain.State.RUNNING);
        assertThat(bots.events).containsExactly("open " + address, "close", "open " + name + "-new." + server.domain());
        assertThat(hasRoute()).isFalse();
    }

    @Test
    void theOperatorCanForbidBots() {
        server.setProperty("plugin.omemo.bots.enabled", "false");
        assertThat(domain.start()).isEqualTo(BotDomain.State.DISABLED);
        assertThat(hasRoute()).isFalse();

        server.deleteProperty("plugin.omemo.bots.enabled");
        await(() -> domain.state() == BotDomain.State.RUNNING);

        server.setProperty("plugin.omemo.bots.enabled", "false");
        await(() -> domain.state() == BotDomain.State.DISABLED);
        assertThat(hasRoute()).isFalse();
        assertThat(bots.events).containsExactly("open " + address, "close");
    }

    @Test
    void botsThatFailAreTriedAgain() {
        bots.failing = true;
        int mark = server.logMark();
        assertThat(domain.start()).isEqualTo(BotDomain.State.FAILED);
        assertThat(hasRoute()).isFalse();
        await(() -> bots.attempts > 2);

        bots.failing = false;

        await(() -> domain.state() == BotDomain.State.RUNNING);
        assertThat(server.logText(mark)).containsOnlyOnce("could not be registered");
    }

    @Test
    void whatCannotBeSentHarmsNothing() {
        domain.start();

        bots.connection.send(stanza("<stream/>"));
        bots.connection.send(stanza("<message from='a@" + address + "' to='@'/>"));
        bots.connection.send(stanza("<message to='b@" + address + "'/>"));
        bots.connection.send(stanza("<message from='a@" + address + "' to='b@" + address + "' id='fine'/>"));

        bots.inbox.await("message", "fine");
    }

    private String services(TestClient client) {
        return client.request("type='get' to='" + server.domain() + "'",
            "<query xmlns='http://jabber.org/protocol/disco#items'/>").xml();
    }

    private boolean hasRoute() {
        return XMPPServer.getInstance().getRoutingTable().hasComponentRoute(new JID(address));
    }

    private String user() {
        String user = "domain" + tests;
        server.createUser(user, "secret");
        return user;
    }

    private static void await(BooleanSupplier wanted) {
        long end = System.nanoTime() + 10_000_000_000L;
        while (!wanted.getAsBoolean()) {
            assertThat(System.nanoTime()).isLessThan(end);
            Thread.onSpinWait();
        }
    }

    private static final class Bots implements BotHosting {

        private final StanzaInbox inbox = new StanzaInbox();
        private final List<String> events = new CopyOnWriteArrayList<>();
        private volatile StanzaConnection connection;
        private volatile boolean failing;
        private volatile int attempts;

        @Override
        public StanzaReceiver open(String domain, StanzaConnection itsConnection) {
            attempts++;
            if (failing) {
                throw new IllegalStateException("no keys");
            }
            events.add("open " + domain);
            connection = itsConnection;
            return inbox;
        }

        @Override
        public void close() {
            events.add("close");
        }
    }
}

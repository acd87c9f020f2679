package org.igniterealtime.openfire.plugin.omemo.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.igniterealtime.openfire.plugin.omemo.server.StanzaInbox.stanza;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
import org.dom4j.Element;
import org.igniterealtime.openfire.plugin.omemo.embedded.EmbeddedOpenfire;
import org.igniterealtime.openfire.plugin.omemo.embedded.OpenfireExtension;
import org.igniterealtime.openfire.plugin.omemo.embedded.TestClient;
import org.igniterealtime.openfire.plugin.omemo.keys.KeyDirectory;
import org.igniterealtime.openfire.plugin.omemo.policy.PolicyText;
import org.igniterealtime.openfire.plugin.omemo.protocol.BareJid;
import org.igniterealtime.openfire.plugin.omemo.stats.Counters;
import org.igniterealtime.openfire.plugin.omemo.stats.KeyCounters;
import org.jivesoftware.openfire.SessionManager;
import org.jivesoftware.openfire.XMPPServer;
import org.jivesoftware.openfire.event.UserEventDispatcher;
import org.jivesoftware.openfire.user.UserManager;
import org.jivesoftware.util.JiveGlobals;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.xmpp.packet.IQ;
import org.xmpp.packet.JID;

/** Temporary accounts in a real server, with the plugin's parts that stand in their way. */
@ExtendWith(OpenfireExtension.class)
class TemporaryAccountsTest {

    private static final String BUNDLES = "urn:xmpp:omemo:2:bundles";

    private static int tests;

    private final EmbeddedOpenfire server;
    private final RoomGuard guard = new RoomGuard(XMPPServer.getInstance(), new Counters(),
        new StatisticsService(XMPPServer.getInstance()));
    private final PepNodes nodes = new PepNodes(XMPPServer.getInstance());
    private final KeyDirectory directory = new KeyDirectory(nodes, 1 << 20);
    private final KeyCluster cluster = new KeyCluster(directory);
    private final AccountDeletions deletions =
        new AccountDeletions(XMPPServer.getInstance(), directory, nodes, cluster, account -> { });
    private final PubSubHandler pubSub = pubSub();
    private final TemporaryAccounts accounts = new TemporaryAccounts(XMPPServer.getInstance());
    private final StanzaInbox inbox = new StanzaInbox();
    private final String user = "temporary" + ++tests;
    private TestClient stranger;

    TemporaryAccountsTest(EmbeddedOpenfire server) {
        this.server = server;
    }

    @BeforeEach
    void start() {
        guard.start();
        UserEventDispatcher.addListener(deletions);
        XMPPServer.getInstance().getIQRouter().addHandler(pubSub);
        server.createUser(user, "secret");
        stranger = TestClient.login(server, user, "secret");
    }

    @AfterEach
    void stop() {
        stranger.close();
        XMPPServer.getInstance().getIQRouter().removeHandler(pubSub);
        UserEventDispatcher.removeListener(deletions);
        directory.close();
        guard.stop();
    }

    @Test
    void itPublishesAsAnyClientDoesAndAStrangerReadsIt() {
        try (TemporaryAccount account = open(Locale.ENGLISH)) {
            publishBundles(account);

            assertThat(stranger.request("type='get' to='" + bare(account) + "'",
                "<pubsub xmlns='http://jabber.org/protocol/pubsub'><items node='" + BUNDLES + "'/></pubsub>").xml())
                .contains("item id=\"1\"", "item id=\"2\"");
        }
    }

    @Test
    void messagesReachItOnceItIsAvailable() {
        try (TemporaryAccount account = open(Locale.ENGLISH)) {
            account.send(stanza("<presence/>"));
            stranger.sendRaw("<message type='chat' to='" + bare(account) + "' id='hi'><body>Hi</body></message>");

            Element message = inbox.await("message", "hi");

            assertThat(message.attributeValue("from")).isEqualTo(stranger.jid());
            assertThat(message.attributeValue("to")).startsWith(bare(account));
        }
    }

    @Test
    void itsPlaintextIsBouncedByARoomInItsLanguage() throws Exception {
        String room = server.room("temporary-room" + tests).membersOnly().nonAnonymous().owners(user).create();
        try (TemporaryAccount account = open(Locale.GERMAN);
             TemporaryPolicy policy = guard.temporarily(jid(room), PolicyText.parse("enforce"))) {
            stranger.joinRoom(room, "stranger");
            stranger.request("type='set' to='" + room + "'", "<query xmlns='http://jabber.org/protocol/muc#admin'>"
                + "<item affiliation='member' jid='" + bare(account) + "'/></query>");
            account.send(stanza("<presence to='" + room + "/self'><x xmlns='http://jabber.org/protocol/muc'/></presence>"));
            inbox.await(stanza -> stanza.getName().equals("presence")
                && stanza.attributeValue("from").equals(room + "/self"));

            account.send(stanza("<message type='groupchat' id='leak' to='" + room + "'><body>LEAK</body></message>"));

            Element bounce = inbox.await("message", "leak");
            assertThat(bounce.attributeValue("type")).isEqualTo("error");
            assertThat(bounce.asXML()).contains("Verschl\u00fcsselung").doesNotContain("LEAK");
            stranger.barrier();
            assertThat(stranger.receivedXml()).doesNotContain("LEAK");

            policy.close();
            account.send(stanza("<message type='groupchat' id='free' to='" + room + "'><body>FREE</body></message>"));
            stranger.awaitMessage(message -> "FREE".equals(message.body()));
            inbox.await("message", "free");
        }
        stranger.await(presence -> presence.isPresence() && presence.from().equals(room + "/self")
            && "unavailable".equals(presence.type()));
    }

    @Test
    void nothingIsLeftOfIt() throws Exception {
        Set<String> before = DatabaseRows.all();
        TemporaryAccount account = open(Locale.ENGLISH);
        String name = new JID(account.jid()).getNode();
        JID jid = new JID(account.jid());
        account.send(stanza("<presence/>"));
        publishBundles(account);
        request(account, "<iq type='set' id='ID'><pubsub xmlns='http://jabber.org/protocol/pubsub'><publish node='notes'>"
            + "<item id='a'><note xmlns='x'/></item></publish></pubsub></iq>");
        request(account, "<iq type='set' id='ID'><vCard xmlns='vcard-temp'><FN>Self-test</FN></vCard></iq>");
        request(account, "<iq type='set' id='ID'><query xmlns='jabber:iq:private'><a xmlns='b'/></query></iq>");
        request(account, "<iq type='set' id='ID'><query xmlns='jabber:iq:roster'><item jid='" + stranger.bareJid()
            + "' name='S'><group>G</group></item></query></iq>");
        request(account, "<iq type='set' id='ID'><query xmlns='jabber:iq:privacy'><list name='l'><item action='allow'"
            + " order='1'/></list></query></iq>");
        account.send(stanza("<presence type='unavailable'/>"));
        stranger.sendRaw("<message type='chat' to='" + bare(account) + "'><body>later</body></message>");
        stranger.barrier();
        assertThat(DatabaseRows.all()).anyMatch(row -> row.startsWith("OFOFFLINE") && row.contains(name))
            .anyMatch(row -> row.startsWith("OFVCARD") && row.contains(name))
            .anyMatch(row -> row.startsWith("OFPUBSUBITEM") && row.contains(name));

        account.close();

        assertThat(SessionManager.getInstance().getSession(jid)).isNull();
        assertThat(UserManager.getInstance().isRegisteredUser(name)).isFalse();
        Set<String> after = DatabaseRows.all();
        after.removeAll(before);
        assertThat(after).isEmpty();
        assertThat(notes()).isEmpty();
        account.close();
        account.send(stanza("<presence/>"));
        assertThat(SessionManager.getInstance().getSession(jid)).isNull();
    }

    @Test
    void whatAKilledProcessLeftBehindIsSweptButNothingElse() {
        String left = "omemo-selftest-0123456789abcdef0123";
        String deletedButNoted = "omemo-selftest-00000000000000000000";
        String notNoted = "omemo-selftest-fedcba9876543210fed0";
        for (String name : List.of(left, notNoted)) {
            server.createUser(name, "secret");
        }
        for (String name : List.of(left, deletedButNoted, user, "admin", "omemo-selftest-x")) {
            server.setProperty(TemporaryAccounts.NOTE + name, "earlier");
        }
        try (TemporaryAccount running = open(Locale.ENGLISH)) {
            accounts.sweep();

            assertThat(exists(left)).isFalse();
            for (String name : List.of(notNoted, user, "admin", new JID(running.jid()).getNode())) {
                assertThat(exists(name)).as(name).isTrue();
            }
            assertThat(notes()).containsExactlyInAnyOrder(user, "admin", "omemo-selftest-x",
                new JID(running.jid()).getNode());
        } finally {
            for (String name : List.of(user, "admin", "omemo-selftest-x")) {
                server.deleteProperty(TemporaryAccounts.NOTE + name);
            }
        }
        assertThat(notes()).isEmpty();
    }

    @Test
    void anAccountThatCannotBeDeletedStaysNotedAndIsSweptLater() {
        TemporaryAccount account = open(Locale.ENGLISH);
        String name = new JID(account.jid()).getNode();
        server.setProperty("provider.user.className", ReadOnlyUsers.class.getName());
        try {
            account.close();
            assertThat(notes()).containsExactly(name);
        } finally {
            server.setProperty("provider.user.className", "org.jivesoftware.openfire.user.DefaultUserProvider");
        }
        assertThat(exists(name)).isTrue();

        accounts.sweep();

        assertThat(exists(name)).isFalse();
        assertThat(notes()).isEmpty();
    }

    @Test
    void whereNoAccountsCanBeCreatedItIsSaidWhy() {
        server.setProperty("provider.user.className", ReadOnlyUsers.class.getName());
        try {
            assertThat(accounts.open(inbox, Locale.ENGLISH)).isInstanceOfSatisfying(AccountOpening.NotPossible.class,
                not -> assertThat(not.reason()).contains("read-only"));
        } finally {
            server.setProperty("provider.user.className", "org.jivesoftware.openfire.user.DefaultUserProvider");
        }
        assertThat(notes()).isEmpty();
        open(Locale.ENGLISH).close();
    }

    private PubSubHandler pubSub() {
        KeyCounters counters = new KeyCounters();
        Consumer<IQ> route = XMPPServer.getInstance().getPacketRouter()::route;
        return new PubSubHandler(PubSubHandler.PUBSUB, XMPPServer.getInstance(),
            new KeyReader(directory, nodes, (owner, asker) -> false, counters, route, request -> { }),
            new KeyWriter(directory, nodes, cluster, counters, route, (owner, node, items) -> { }), counters);
    }

    private TemporaryAccount open(Locale language) {
        AccountOpening opening = accounts.open(inbox, language);
        assertThat(opening).isInstanceOf(AccountOpening.Opened.class);
        return ((AccountOpening.Opened) opening).account();
    }

    private void publishBundles(TemporaryAccount account) {
        for (int id = 1; id <= 2; id++) {
            request(account, "<iq type='set' id='ID'><pubsub xmlns='http://jabber.org/protocol/pubsub'><publish node='"
                + BUNDLES + "'><item id='" + id + "'><bundle xmlns='urn:xmpp:omemo:2'/></item></publish><publish-options>"
                + "<x xmlns='jabber:x:data' type='submit'><field var='FORM_TYPE' type='hidden'><value>"
                + "http://jabber.org/protocol/pubsub#publish-options</value></field><field var='pubsub#max_items'>"
                + "<value>max</value></field><field var='pubsub#access_model'><value>open</value></field></x>"
                + "</publish-options></pubsub></iq>");
        }
    }

    private void request(TemporaryAccount account, String xml) {
        String id = "r" + inbox.all().size() + System.nanoTime();
        account.send(stanza(xml.replace("ID", id)));
        Element answer = inbox.await("iq", id);
        assertThat(answer.attributeValue("type")).as(answer.asXML()).isEqualTo("result");
        assertThat(answer.attributeValue("from")).isEqualTo(bare(account));
    }

    private static String bare(TemporaryAccount account) {
        return new JID(account.jid()).toBareJID();
    }

    private static BareJid jid(String text) {
        return BareJid.of(text).orElseThrow();
    }

    private static boolean exists(String name) {
        return UserManager.getInstance().isRegisteredUser(name);
    }

    private static List<String> notes() {
        return JiveGlobals.getPropertyNames().stream().filter(name -> name.startsWith(TemporaryAccounts.NOTE))
            .map(name -> name.substring(TemporaryAccounts.NOTE.length())).toList();
    }
}

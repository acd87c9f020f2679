package org.igniterealtime.openfire.plugin.omemo.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Function;
import org.jivesoftware.openfire.XMPPServer;
import org.jivesoftware.openfire.group.GroupManager;
import org.jivesoftware.openfire.lockout.LockOutManager;
import org.jivesoftware.openfire.security.SecurityAuditManager;
import org.jivesoftware.openfire.user.UserManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Our database script has every table and column that Openfire stores things in, and gets them back from. */
class EmbeddedSchemaIT {

    private static final Map<String, String> STORED = Map.of(
        "vcard", "<vCard xmlns='vcard-temp'><FN>Alice</FN></vCard>",
        "private", "<query xmlns='jabber:iq:private'><s xmlns='example:private'>mine</s></query>",
        "privacy", "<query xmlns='jabber:iq:privacy'><list name='quiet'><item action='deny' order='1'"
            + " type='jid' value='mallory@example.net'/></list></query>",
        "roster", "<query xmlns='jabber:iq:roster'><item jid='bob@openfire.example' name='Bob'><group>Friends</group>"
            + "</item></query>",
        "pep", "<pubsub xmlns='http://jabber.org/protocol/pubsub'><publish node='example:node'><item id='1'>"
            + "<e xmlns='example:node'>first</e></item></publish></pubsub>");

    @Test
    void whatIsStoredIsFoundAfterARestart(@TempDir Path home) throws Exception {
        assertThat(Isolated.call(Store.class, home.toString())).isEmpty();
        assertThat(Isolated.call(Find.class, home.toString())).isEmpty();
    }

    public static final class Store implements Function<String[], String> {
        @Override
        public String apply(String[] args) {
            return with(Path.of(args[0]), (server, alice) -> {
                STORED.forEach((what, payload) -> succeed(alice.request("type='set'", payload)));
                succeed(alice.request("type='set' to='" + alice.bareJid() + "'",
                    "<pubsub xmlns='http://jabber.org/protocol/pubsub#owner'><configure node='example:node'>"
                        + "<x xmlns='jabber:x:data' type='submit'><field var='FORM_TYPE'><value>"
                        + "http://jabber.org/protocol/pubsub#node_config</value></field>"
                        + "<field var='pubsub#persist_items'><value>1</value></field>"
                        + "<field var='pubsub#max_items'><value>3</value></field></x></configure></pubsub>"));
                succeed(alice.request("type='set'", STORED.get("pep").replace("first", "second")));
                server.createUser("bob", "secret");
                // Without a request, Openfire keeps a contact but does not show it.
                alice.sendRaw("<presence to='bob@" + server.domain() + "' type='subscribe'/>");
                alice.sendRaw("<message to='bob@" + server.domain() + "' type='chat'><body>for later</body></message>");
                String room = server.room("talk").persistent().logged().owners("alice").members("bob", "carol@example.net")
                    .admins("dave@example.net").create();
                alice.joinRoom(room, "Alice");
                alice.sendToRoom(room, "for the record");
                alice.sendRaw("<message to='" + room + "' type='groupchat'><subject>Weather</subject></message>");
                alice.barrier();
                UserManager.getInstance().getUser("bob").getProperties().put("colour", "blue");
                GroupManager.getInstance().createGroup("crew").getMembers().add(XMPPServer.getInstance().createJID("bob", null));
                SecurityAuditManager.getInstance().logEvent("admin", "summary", "details");
                LockOutManager.getInstance().disableAccount("bob", null, null);
                LockOutManager.getInstance().enableAccount("bob");
            });
        }
    }

    public static final class Find implements Function<String[], String> {
        @Override
        public String apply(String[] args) {
            return with(Path.of(args[0]), (server, alice) -> {
                contains(alice.request("type='get'", "<vCard xmlns='vcard-temp'/>"), "Alice");
                contains(alice.request("type='get'",
                    "<query xmlns='jabber:iq:private'><s xmlns='example:private'/></query>"), "mine");
                contains(alice.request("type='get'", "<query xmlns='jabber:iq:privacy'><list name='quiet'/></query>"),
                    "mallory");
                contains(alice.request("type='get'", "<query xmlns='jabber:iq:roster'/>"), "Friends");
                contains(alice.request("type='get'", "<pubsub xmlns='http://jabber.org/protocol/pubsub'>"
                    + "<items node='example:node'/></pubsub>"), "second");
                try (TestClient bob = TestClient.login(server, "bob", "secret")) {
                    bob.awaitMessage(message -> "for later".equals(message.body()));
                    bob.joinRoom("talk@" + server.mucDomain(), "Bob");
                    bob.awaitMessage(message -> "for the record".equals(message.body()));
                }
                assertThat(UserManager.getInstance().getUser("bob").getProperties()).containsEntry("colour", "blue");
                assertThat(GroupManager.getInstance().getGroup("crew").getMembers()).hasSize(1);
                assertThat(SecurityAuditManager.getInstance().getEvents(null, 0, 10, null, null))
                    .extracting(event -> event.getSummary()).contains("summary");
            });
        }
    }

    /** Runs a server with that home, and Alice logged in; returns the stack traces it has logged until it was stopped. */
    private static String with(Path home, Use use) {
        try {
            EmbeddedOpenfire server = EmbeddedOpenfire.builder().home(home).start();
            try (server) {
                if (!UserManager.getInstance().isRegisteredUser("alice")) {
                    server.createUser("alice", "secret");
                }
                try (TestClient alice = TestClient.login(server, "alice", "secret")) {
                    use.of(server, alice);
                }
            }
            return String.join("\n", server.stackTraces());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static void succeed(Received answer) {
        assertThat(answer.type()).as(answer.xml()).isEqualTo("result");
    }

    private static void contains(Received answer, String text) {
        succeed(answer);
        assertThat(answer.xml()).contains(text);
    }

    private interface Use {
        void of(EmbeddedOpenfire server, TestClient alice) throws Exception;
    }
}

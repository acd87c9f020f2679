package org.igniterealtime.openfire.plugin.omemo.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.dom4j.Element;
import org.igniterealtime.openfire.plugin.omemo.embedded.EmbeddedOpenfire;
import org.igniterealtime.openfire.plugin.omemo.embedded.OpenfireExtension;
import org.igniterealtime.openfire.plugin.omemo.embedded.Received;
import org.igniterealtime.openfire.plugin.omemo.embedded.RemoteServer;
import org.igniterealtime.openfire.plugin.omemo.embedded.TestClient;
import org.jivesoftware.openfire.security.SecurityAuditEvent;
import org.jivesoftware.openfire.security.SecurityAuditManager;
import org.jivesoftware.smackx.muc.MultiUserChat;
import org.jivesoftware.smackx.muc.MultiUserChatManager;
import org.jivesoftware.smackx.xdata.ListMultiFormField;
import org.jivesoftware.smackx.xdata.ListSingleFormField;
import org.jivesoftware.smackx.xdata.form.FillableForm;
import org.jivesoftware.smackx.xdata.form.Form;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.jxmpp.jid.impl.JidCreate;

/** What owners choose in their own clients, and what rooms say of it, with the packaged plugin in a real server. */
@ExtendWith(OpenfireExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RoomOwnersIT {

    private static final String MODE = "{urn:igniterealtime:openfire:omemo:0}mode";
    private static final String FAMILIES = "{urn:igniterealtime:openfire:omemo:0}families";
    private static final String DISCO_INFO = "<query xmlns='http://jabber.org/protocol/disco#info'/>";

    private final EmbeddedOpenfire server;
    private int tests;
    private String suffix;
    private String room;
    private TestClient alice;
    private TestClient bob;

    RoomOwnersIT(EmbeddedOpenfire server) {
        this.server = server;
    }

    @BeforeAll
    void installThePlugin() {
        server.plugins().install(Path.of(System.getProperty("plugin.jar")));
    }

    @AfterAll
    void removeThePlugin() {
        server.plugins().unload("omemo");
    }

    @BeforeEach
    void enterTheRoom() {
        suffix = "-owned" + ++tests;
        server.createUser("alice" + suffix, "secret");
        server.createUser("bob" + suffix, "secret");
        room = server.room("room" + suffix).membersOnly().nonAnonymous().owners("alice" + suffix)
            .members("bob" + suffix, "eve@remote.example").create();
        alice = TestClient.login(server, "alice" + suffix, "secret");
        alice.joinRoom(room, "alice");
        bob = TestClient.login(server, "bob" + suffix, "secret");
        bob.joinRoom(room, "bob");
    }

    @AfterEach
    void leaveTheRoom() {
        alice.close();
        bob.close();
        List.of(own(), chosen(), "plugin.omemo.owners").forEach(server::deleteProperty);
        server.destroyRoom("room" + suffix);
    }

    @Test
    void anOwnerChoosesInTheFormThatTheClientShows() throws Exception {
        FillableForm form = form();
        form.setAnswer(MODE, "enforce");
        form.setAnswer(FAMILIES, List.of("urn:xmpp:omemo:1", "urn:xmpp:omemo:2"));

        chat(alice).sendConfigurationForm(form);

        assertThat(server.property(chosen())).isEqualTo("enforce; families=0.4,0.8+");
        bob.forget();
        bob.sendToRoom(room, "LEAK");
        bob.barrier();
        assertThat(bob.messages()).singleElement()
            .satisfies(bounce -> assertThat(bounce.xml()).contains("plaintext-body").doesNotContain("LEAK"));
        assertThat(alice.receivedXml()).doesNotContain("LEAK");
        SecurityAuditEvent entry = SecurityAuditManager.getInstance().getEvents(null, 0, 1, null, null).get(0);
        assertThat(entry.getUsername()).isEqualTo(alice.bareJid());
        assertThat(entry.getDetails()).contains(chosen(), "nothing -> enforce");
    }

    @Test
    void theFormShowsWhatHoldsAndWhatMayBeChosen() throws Exception {
        server.setProperty(own(), "warn; families=0.4,0.8+");

        Form form = chat(alice).getConfigurationForm();

        ListSingleFormField mode = form.getDataForm().getField(MODE).ifPossibleAsOrThrow(ListSingleFormField.class);
        assertThat(mode.getFirstValue()).isEqualTo("warn");
        assertThat(mode.getOptions()).extracting(option -> option.getValueString()).containsExactly("warn", "enforce");
        ListMultiFormField families = form.getDataForm().getField(FAMILIES).ifPossibleAsOrThrow(ListMultiFormField.class);
        assertThat(families.getValuesAsString()).containsExactly("urn:xmpp:omemo:1", "urn:xmpp:omemo:2");
        assertThat(families.getOptions()).extracting(option -> option.getLabel())
            .containsExactly("OMEMO 0.4", "OMEMO 0.8+");
    }

    @Test
    void whoSendsTheFormBackAsItIsChoosesNothing() throws Exception {
        server.setProperty(own(), "observe");

        chat(alice).sendConfigurationForm(form());

        assertThat(server.property(chosen())).isNull();
    }

    @Test
    void whoChoosesAgainWhatTheOperatorSaysHasNoChoiceAnyMore() throws Exception {
        choose("enforce");
        assertThat(server.property(chosen())).isEqualTo("enforce");

        choose("off");

        assertThat(server.property(chosen())).isNull();
    }

    @Test
    void nothingIsChosenBeyondTheOperatorsBounds() throws Exception {
        server.setProperty(own(), "enforce");
        assertThat(form().getDataForm().getField(MODE)).as("there is nothing stricter").isNull();

        Received answer = submit(alice, "<field var='" + MODE + "'><value>off</value></field>"
            + "<field var='muc#roomconfig_roomname'><value>changed</value></field>");

        assertThat(answer.xml()).contains("policy-out-of-bounds", "number=\"304\"");
        assertThat(server.property(chosen())).isNull();
        assertThat(alice.request("type='get' to='" + room + "'", DISCO_INFO).xml()).doesNotContain("changed");
    }

    @Test
    void theBoundsBindWhateverWasChosenBefore() throws Exception {
        choose("warn");
        assertThat(mode()).isEqualTo("warn");

        server.setProperty(own(), "enforce; families=0.8+");
        assertThat(mode()).isEqualTo("enforce");
        server.setProperty("plugin.omemo.owners", "freely");
        assertThat(mode()).isEqualTo("warn");
        server.setProperty("plugin.omemo.owners", "nothing");
        assertThat(mode()).isEqualTo("enforce");
        assertThat(form().getDataForm().getField(MODE)).isNull();
    }

    @Test
    void nobodyChoosesWhoDoesNotOwnTheRoom() {
        Received answer = submit(bob, "<field var='" + MODE + "'><value>enforce</value></field>");

        assertThat(answer.xml()).contains("forbidden");
        assertThat(server.property(chosen())).isNull();
    }

    @Test
    void aChoiceHoldsOnlyIfTheRoomTakesTheForm() {
        Received answer = submit(alice, "<field var='" + MODE + "'><value>enforce</value></field>"
            + "<field var='muc#roomconfig_roomowners'/>");

        assertThat(answer.xml()).contains("conflict");
        assertThat(server.property(chosen())).isNull();
        alice.request("type='get' to='" + room + "'", DISCO_INFO);
        assertThat(server.property(chosen())).isNull();
    }

    @Test
    void aChoiceGoesWithTheRoom() throws Exception {
        choose("enforce");

        alice.request("type='set' to='" + room + "'",
            "<query xmlns='http://jabber.org/protocol/muc#owner'><destroy/></query>");

        assertThat(server.property(chosen())).isNull();
    }

    @Test
    void theRoomSaysToEverybodyWhatItAccepts() throws Exception {
        assertThat(alice.request("type='get' to='" + room + "'", DISCO_INFO).xml()).doesNotContain("omemo:0\"", MODE);
        server.setProperty(own(), "enforce; families=0.4,0.8+");

        Element info = bob.request("type='get' to='" + room + "'", DISCO_INFO).element().element("query");

        assertThat(info.elements("feature")).extracting(feature -> feature.attributeValue("var"))
            .contains("urn:igniterealtime:openfire:omemo:0");
        assertThat(info.elements("x")).as("one form, as before").hasSize(1);
        assertThat(values(info, MODE)).containsExactly("enforce");
        assertThat(values(info, FAMILIES)).containsExactly("urn:xmpp:omemo:1", "urn:xmpp:omemo:2");
        assertThat(values(info, "muc#roominfo_occupants")).containsExactly("2");
        try (RemoteServer remote = RemoteServer.connect(server, "remote.example")) {
            remote.sendRaw("<iq type='get' id='d1' from='eve@remote.example/phone' to='" + room + "'>"
                + DISCO_INFO + "</iq>");
            assertThat(remote.await(stanza -> stanza.id().equals("d1")).xml()).contains(MODE, "enforce");
        }
    }

    @Test
    void whoEntersWithoutADeviceIsToldWhatToDoAndNobodyElse() {
        server.setProperty(own(), "enforce");
        alice.sendRaw("<presence type='unavailable' to='" + room + "/alice'/>");
        alice.barrier();
        alice.forget();

        alice.joinRoom(room, "alice");

        Received note = alice.await(stanza -> stanza.isMessage() && stanza.from().equals(room) && stanza.body() != null
            && stanza.body().contains("no device of yours"), Duration.ofMinutes(2));
        assertThat(note.type()).isEqualTo("groupchat");
        assertThat(note.body()).contains("legacy, 0.4, 0.8+");
        assertThat(bob.received(stanza -> stanza.isMessage() && stanza.xml().contains("no device of yours"))).isEmpty();
    }

    private String own() {
        return "plugin.omemo.policy.room." + room;
    }

    private String chosen() {
        return "plugin.omemo.policy.owner." + room;
    }

    private MultiUserChat chat(TestClient client) throws Exception {
        return MultiUserChatManager.getInstanceFor(client.connection()).getMultiUserChat(JidCreate.entityBareFrom(room));
    }

    private FillableForm form() throws Exception {
        return chat(alice).getConfigurationForm().getFillableForm();
    }

    private void choose(String mode) throws Exception {
        FillableForm form = form();
        form.setAnswer(MODE, mode);
        chat(alice).sendConfigurationForm(form);
    }

    private Received submit(TestClient client, String fields) {
        return client.request("type='set' to='" + room + "'", "<query xmlns='http://jabber.org/protocol/muc#owner'>"
            + "<x xmlns='jabber:x:data' type='submit'><field var='FORM_TYPE'>"
            + "<value>http://jabber.org/protocol/muc#roomconfig</value></field>" + fields + "</x></query>");
    }

    private String mode() {
        return values(alice.request("type='get' to='" + room + "'", DISCO_INFO).element().element("query"), MODE).get(0);
    }

    private static List<String> values(Element info, String field) {
        return info.element("x").elements("field").stream().filter(one -> field.equals(one.attributeValue("var")))
            .flatMap(one -> one.elements("value").stream()).map(Element::getText).toList();
    }
}

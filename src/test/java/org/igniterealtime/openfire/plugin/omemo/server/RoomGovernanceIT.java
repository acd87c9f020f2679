package org.igniterealtime.openfire.plugin.omemo.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.igniterealtime.openfire.plugin.omemo.embedded.EmbeddedOpenfire;
import org.igniterealtime.openfire.plugin.omemo.embedded.OpenfireExtension;
import org.igniterealtime.openfire.plugin.omemo.embedded.Received;
import org.igniterealtime.openfire.plugin.omemo.embedded.TestClient;
import org.igniterealtime.openfire.plugin.omemo.embedded.TestComponent;
import org.igniterealtime.openfire.plugin.omemo.policy.OwnerFormRow;
import org.jivesoftware.openfire.XMPPServer;
import org.jivesoftware.openfire.muc.MUCRoom;
import org.jivesoftware.smackx.muc.MultiUserChat;
import org.jivesoftware.smackx.muc.MultiUserChatManager;
import org.jivesoftware.smackx.xdata.form.FillableForm;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.jxmpp.jid.impl.JidCreate;
import org.jxmpp.jid.parts.Resourcepart;
import org.xmpp.packet.JID;

/** What owners may not make of enforced rooms, and how new ones start, with the packaged plugin in a real server. */
@ExtendWith(OpenfireExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RoomGovernanceIT {

    private static final String QUERY = "<query xmlns='http://jabber.org/protocol/muc#owner'>";
    private static final String INSTANT = QUERY + "<x xmlns='jabber:x:data' type='submit'/></query>";
    private static final String SEMI_ANONYMOUS = form("muc#roomconfig_whois", "moderators");
    private static final String OPEN = form("muc#roomconfig_membersonly", "0");

    private final EmbeddedOpenfire server;
    private int tests;
    private String suffix;
    private String room;
    private TestClient alice;

    RoomGovernanceIT(EmbeddedOpenfire server) {
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
        suffix = "-governed" + ++tests;
        server.createUser("alice" + suffix, "secret");
        server.createUser("bob" + suffix, "secret");
        room = server.room("room" + suffix).membersOnly().nonAnonymous().owners("alice" + suffix, "erin@gate" + suffix + '.' + server.domain()).create();
        server.setProperty("plugin.omemo.policy.pattern.10", "*@" + server.mucDomain() + " enforce");
        server.setProperty("plugin.omemo.rooms.semi-anonymous", "forbid");
        server.setProperty("plugin.omemo.rooms.open", "forbid");
        alice = TestClient.login(server, "alice" + suffix, "secret");
        alice.joinRoom(room, "alice");
    }

    @AfterEach
    void leaveTheRoom() {
        alice.close();
        List.of("plugin.omemo.policy.pattern.10", "plugin.omemo.rooms.semi-anonymous", "plugin.omemo.rooms.open",
            "plugin.omemo.rooms.new").forEach(server::deleteProperty);
        server.destroyRoom("room" + suffix);
    }

    static List<OwnerFormRow> rows() throws IOException {
        return OwnerFormRow.all();
    }

    /** A component's user, since Smack breaks the connection when it is shown its own odd forms in an error. */
    @ParameterizedTest
    @MethodSource("rows")
    void keepsTheRoomAsItMustBeWhateverTheForm(OwnerFormRow row) throws Exception {
        try (TestComponent gate = TestComponent.connect(server, "gate" + suffix)) {
            String erin = "from='erin@gate" + suffix + '.' + server.domain() + "/phone' to='" + room;
            gate.sendRaw("<presence " + erin + "/erin'><x xmlns='http://jabber.org/protocol/muc'/></presence>");
            gate.await(stanza -> stanza.isPresence() && stanza.xml().contains("code=\"110\""));

            gate.sendRaw("<iq type='set' id='form' " + erin + "'>" + row.children() + "</iq>");

            Received answer = gate.await(stanza -> stanza.isIq() && stanza.id().equals("form"));
            assertThat(findings(answer)).isEqualTo(row.finding().map(List::of).orElse(List.of()));
            assertThat(isNonAnonymous(room)).as("it is non-anonymous").isTrue();
            assertThat(isMembersOnly(room)).as("it is for members only").isTrue();
        }
    }

    @Test
    void tellsTheOwnerWhyInTheLanguageOfTheRequest() {
        Received english = alice.request("type='set' to='" + room + "'", OPEN);
        Received german = alice.request("type='set' xml:lang='de' to='" + room + "'", SEMI_ANONYMOUS);

        assertThat(english.type()).isEqualTo("error");
        assertThat(english.from()).isEqualTo(room);
        assertThat(english.xml()).contains("<error type=\"modify\">", "policy-violation", "was not accepted",
            "Anybody may enter", "number=\"302\"", "urn:igniterealtime:openfire:omemo:0");
        assertThat(german.xml()).contains("nicht angenommen", "verbirgt die Adressen", "number=\"301\"");
    }

    @Test
    void judgesWhatIsSentToAnOccupantAndAsAQuestionAlike() {
        for (String attributes : List.of("type='set' to='" + room + "/alice'", "type='get' to='" + room + "'",
            "type='set' to='" + room + "/nobody'")) {
            assertThat(findings(alice.request(attributes, OPEN))).containsExactly("room-open");
        }
        assertThat(isMembersOnly(room)).isTrue();
    }

    @Test
    void answersOwnersThatHaveNoSessionHere() throws Exception {
        try (TestComponent gate = TestComponent.connect(server, "gate" + suffix)) {
            gate.sendRaw("<iq type='set' id='c1' from='erin@gate" + suffix + '.' + server.domain() + "' to='" + room + "'>"
                + OPEN + "</iq>");

            assertThat(gate.await(stanza -> stanza.isIq() && stanza.id().equals("c1")).xml()).contains("room-open");
        }
    }

    @Test
    void letsChangeAllElseAndBringARoomInOrder() throws Exception {
        MUCRoom bad = live(room);
        bad.setMembersOnly(false);
        bad.setCanAnyoneDiscoverJID(false);
        assertThat(findings(alice.request("type='set' to='" + room + "'", form("muc#roomconfig_roomname", "x"))))
            .containsExactly("room-semi-anonymous");

        MultiUserChat chat = chat(alice, room);
        FillableForm form = chat.getConfigurationForm().getFillableForm();
        form.setAnswer("muc#roomconfig_membersonly", true);
        form.setAnswer("muc#roomconfig_whois", "anyone");
        form.setAnswer("muc#roomconfig_roomname", "all is well");
        chat.sendConfigurationForm(form);

        assertThat(isMembersOnly(room)).isTrue();
        assertThat(isNonAnonymous(room)).isTrue();
        assertThat(bad.getNaturalLanguageName()).isEqualTo("all is well");
    }

    @Test
    void onlyTellsTheOperatorWhereNothingElseIsAskedFor() {
        server.setProperty("plugin.omemo.rooms.open", "tell");
        int mark = server.logMark();

        assertThat(alice.request("type='set' to='" + room + "'", OPEN).type()).isEqualTo("result");
        server.awaitLog(mark, "room-open");
        assertThat(isMembersOnly(room)).isFalse();
    }

    @Test
    void startsNoOpenRoomByAnEmptyForm() {
        String created = create("instant");

        assertThat(findings(alice.request("type='set' to='" + created + "'", INSTANT))).containsExactly("room-open");
        assertThat(live(created).isLocked()).isTrue();
        assertThat(findings(alice.request("type='set' to='" + created + "'", OPEN.replace(">0<", ">1<")))).isEmpty();
        assertThat(live(created).isLocked()).isFalse();
        assertThat(isMembersOnly(created)).isTrue();
    }

    @Test
    void preparesNewRoomsForThoseWhoAskForNothing() {
        server.setProperty("plugin.omemo.rooms.new", "true");
        String created = create("prepared");

        assertThat(alice.request("type='set' to='" + created + "'", INSTANT).type()).isEqualTo("result");

        assertThat(live(created).isLocked()).isFalse();
        assertThat(isMembersOnly(created)).isTrue();
        assertThat(isNonAnonymous(created)).isTrue();
    }

    @Test
    void preparesNewRoomsForThoseWhoFillInTheForm() throws Exception {
        server.setProperty("plugin.omemo.rooms.new", "true");
        server.setProperty("plugin.omemo.rooms.open", "tell");
        MultiUserChat chat = chat(alice, "filled" + suffix + '@' + server.mucDomain());
        chat.create(Resourcepart.from("alice"));

        FillableForm form = chat.getConfigurationForm().getFillableForm();
        assertThat(form.getDataForm().getField("muc#roomconfig_membersonly").getFirstValue()).isEqualTo("true");
        assertThat(form.getDataForm().getField("muc#roomconfig_whois").getFirstValue()).isEqualTo("anyone");
        form.setAnswer("muc#roomconfig_membersonly", false);
        chat.sendConfigurationForm(form);

        assertThat(isMembersOnly("filled" + suffix + '@' + server.mucDomain())).isFalse();
    }

    @Test
    void leavesRoomsThatExistAsTheyAre() {
        server.setProperty("plugin.omemo.rooms.new", "true");
        List.of("semi-anonymous", "open").forEach(name -> server.setProperty("plugin.omemo.rooms." + name, "tell"));
        live(room).setMembersOnly(false);

        assertThat(alice.request("type='set' to='" + room + "'", form("muc#roomconfig_roomname", "x")).type())
            .isEqualTo("result");

        assertThat(isMembersOnly(room)).isFalse();
    }

    @Test
    void letsNoClientOfOldOpenARoomByEntering() {
        String created = "old" + suffix + '@' + server.mucDomain();

        alice.sendRaw("<presence to='" + created + "/alice'/>");
        alice.await(stanza -> stanza.isPresence() && stanza.from().equals(created + "/alice"));

        assertThat(live(created).isLocked()).isTrue();
        assertThat(findings(alice.request("type='set' to='" + created + "'", INSTANT))).containsExactly("room-open");
    }

    @Test
    void changesNothingForThoseWhoAreInside() {
        alice.forget();

        alice.sendRaw("<presence to='" + room + "/alice'><show>away</show></presence>");

        assertThat(alice.await(stanza -> stanza.isPresence() && stanza.from().equals(room + "/alice")).xml())
            .contains("away");
        alice.barrier();
        assertThat(alice.messages()).as("entering again would bring the history").isEmpty();
    }

    private String create(String name) {
        String address = name + suffix + '@' + server.mucDomain();
        alice.joinRoom(address, "alice");
        assertThat(live(address).isLocked()).isTrue();
        return address;
    }

    private static MultiUserChat chat(TestClient client, String room) throws Exception {
        return MultiUserChatManager.getInstanceFor(client.connection()).getMultiUserChat(JidCreate.entityBareFrom(room));
    }

    private static String form(String field, String value) {
        return QUERY + "<x xmlns='jabber:x:data' type='submit'><field var='" + field + "'><value>" + value
            + "</value></field></x></query>";
    }

    private static List<String> findings(Received answer) {
        return answer.element().elements("error").stream().flatMap(error -> error.elements("finding").stream())
            .map(finding -> finding.attributeValue("code")).toList();
    }

    private boolean isMembersOnly(String address) {
        return live(address).isMembersOnly();
    }

    private boolean isNonAnonymous(String address) {
        return live(address).canAnyoneDiscoverJID();
    }

    private MUCRoom live(String address) {
        JID jid = new JID(address);
        return XMPPServer.getInstance().getMultiUserChatManager().getMultiUserChatService(jid).getChatRoom(jid.getNode());
    }
}

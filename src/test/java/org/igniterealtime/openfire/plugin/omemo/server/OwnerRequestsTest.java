package org.igniterealtime.openfire.plugin.omemo.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.igniterealtime.openfire.plugin.omemo.server.FakeRooms.ROOM;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.dom4j.DocumentHelper;
import org.igniterealtime.openfire.plugin.omemo.policy.Governance;
import org.igniterealtime.openfire.plugin.omemo.policy.Governance.Response;
import org.igniterealtime.openfire.plugin.omemo.policy.Mode;
import org.igniterealtime.openfire.plugin.omemo.policy.OwnerBounds;
import org.igniterealtime.openfire.plugin.omemo.policy.OwnerForm;
import org.igniterealtime.openfire.plugin.omemo.policy.OwnerFormRow;
import org.igniterealtime.openfire.plugin.omemo.policy.Policy;
import org.igniterealtime.openfire.plugin.omemo.policy.PolicyBook;
import org.igniterealtime.openfire.plugin.omemo.policy.PolicyFields;
import org.igniterealtime.openfire.plugin.omemo.protocol.Family;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.xmpp.packet.IQ;
import org.xmpp.packet.JID;

class OwnerRequestsTest {

    private static final String QUERY = "<query xmlns='http://jabber.org/protocol/muc#owner'>";
    private static final String OPEN = field("muc#roomconfig_membersonly", "0");
    private static final String FOR_MEMBERS = field("muc#roomconfig_membersonly", "1");
    private static final String NON_ANONYMOUS = field("muc#roomconfig_whois", "anyone");
    private static final String OURS = "{urn:igniterealtime:openfire:omemo:0}";
    private static final Governance STRICT = new Governance(Response.FORBID, Response.FORBID, false);

    private final FakeRooms rooms = new FakeRooms();
    private final RoomPeople good = FakeRooms.room(List.of("alice"), List.of("bob"), "alice@example.org/phone");
    private Governance governance = STRICT;
    private Policy operators = Policy.of(Mode.ENFORCE);
    private OwnerBounds bounds = OwnerBounds.STRICTER;
    private final OwnerChoices choices = new OwnerChoices(this::book);
    private final OwnerRequests requests = new OwnerRequests(this::book, () -> governance, rooms, choices);
    private IQ sent;

    OwnerRequestsTest() {
        rooms.people.put(ROOM, good);
    }

    private PolicyBook book() {
        return new PolicyBook(Map.of(), List.of(), Map.of(), operators, Map.of(), bounds);
    }

    static List<OwnerFormRow> rows() throws IOException {
        return OwnerFormRow.all();
    }

    @ParameterizedTest
    @MethodSource("rows")
    void readsFormsAsOpenfireDoes(OwnerFormRow row) throws Exception {
        assertThat(judge("alice", row.children())).isEqualTo(row.finding());
    }

    @ParameterizedTest
    @EnumSource(value = Mode.class, names = "ENFORCE", mode = EnumSource.Mode.EXCLUDE)
    void leavesRoomsAloneInWhichNothingIsEnforced(Mode mode) throws Exception {
        operators = Policy.of(mode);

        assertThat(judge("alice", form(OPEN))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "FORBID, FORBID, room-semi-anonymous", "TELL, FORBID, room-open", "OFF, FORBID, room-open",
        "FORBID, TELL, room-semi-anonymous", "TELL, OFF,", "OFF, TELL,"})
    void forbidsWhatTheOperatorForbids(Response semiAnonymous, Response open, String finding) throws Exception {
        governance = new Governance(semiAnonymous, open, false);
        rooms.people.put(ROOM, FakeRooms.open(FakeRooms.semiAnonymous(good)));

        assertThat(judge("alice", form(""))).isEqualTo(Optional.ofNullable(finding));
    }

    @Test
    void takesWhatAFormDoesNotSayFromTheRoomAsItIs() throws Exception {
        rooms.people.put(ROOM, FakeRooms.open(good));

        assertThat(judge("alice", form(NON_ANONYMOUS))).contains("room-open");
        assertThat(judge("alice", form(FOR_MEMBERS))).isEmpty();
    }

    @Test
    void trustsARoomThatDoesNotExistWithNothing() throws Exception {
        rooms.people.clear();

        assertThat(judge("alice", form(""))).contains("room-semi-anonymous");
        assertThat(judge("alice", form(FOR_MEMBERS + NON_ANONYMOUS))).isEmpty();
    }

    @Test
    void preparesANewRoomWhereItsOwnerSaysNothingElse() throws Exception {
        rooms.people.put(ROOM, FakeRooms.open(FakeRooms.semiAnonymous(good)));
        rooms.isNew.add(ROOM);
        governance = new Governance(Response.TELL, Response.TELL, true);

        assertThat(judge("alice", form(""))).isEmpty();
        assertThat(sent.toXML()).contains("muc#roomconfig_membersonly\"><value>1<", "muc#roomconfig_whois\"><value>anyone<");
        judge("alice", form(OPEN));
        assertThat(sent.toXML()).contains("muc#roomconfig_membersonly\"><value>0<", "muc#roomconfig_whois\"><value>anyone<")
            .doesNotContain("<value>1<");
        rooms.isNew.clear();
        judge("alice", form(""));
        assertThat(sent.toXML()).doesNotContain("whois");
    }

    @Test
    void preparesARoomThatMayNotBeOtherwise() throws Exception {
        rooms.people.put(ROOM, FakeRooms.open(FakeRooms.semiAnonymous(good)));
        rooms.isNew.add(ROOM);
        governance = new Governance(Response.FORBID, Response.FORBID, true);

        assertThat(judge("alice", form(""))).isEmpty();
        assertThat(judge("alice", form(OPEN))).contains("room-open");
    }

    @Test
    void writesWhatOldReleasesWouldMisread() throws Exception {
        judge("alice", form(field("muc#roomconfig_membersonly", " true ")));

        assertThat(sent.toXML()).contains("muc#roomconfig_membersonly\"><value>1<");
    }

    @ParameterizedTest
    @CsvSource({
        "observe, STRICTER, warn,", "observe, STRICTER, enforce,", "observe, STRICTER, off, policy-out-of-bounds",
        "enforce, STRICTER, warn, policy-out-of-bounds", "observe, NOTHING, enforce, policy-out-of-bounds",
        "enforce, FREELY, off,"})
    void letsOwnersChooseWithinBounds(String mode, OwnerBounds far, String asked, String finding) throws Exception {
        operators = Policy.of(Mode.valueOf(mode.toUpperCase()));
        bounds = far;

        assertThat(judge("alice", form(field(OURS + "mode", asked)))).isEqualTo(Optional.ofNullable(finding));

        assertThat(sent.toXML()).doesNotContain("urn:igniterealtime");
        assertThat(choices.answered(IQ.createResultIQ(sent)).map(PolicyFields.Wish::mode))
            .isEqualTo(finding == null ? Optional.of(Mode.valueOf(asked.toUpperCase())) : Optional.empty());
    }

    @Test
    void letsOwnersChooseFewerFamilies() throws Exception {
        operators = operators.withFamilies(Set.of(Family.OMEMO_1, Family.OMEMO_2));

        assertThat(judge("alice", form(field(OURS + "families", "urn:xmpp:omemo:2")))).isEmpty();
        assertThat(choices.answered(IQ.createResultIQ(sent)))
            .contains(new PolicyFields.Wish(Mode.ENFORCE, Set.of(Family.OMEMO_2)));
        assertThat(judge("alice", form(field(OURS + "families", "eu.siacs.conversations.axolotl"))))
            .contains("policy-out-of-bounds");
    }

    @ParameterizedTest
    @ValueSource(strings = {"<value/>", "", "<value>strict</value>", "<value>warn</value><value>enforce</value>"})
    void takesNoModeFromAFormThatSaysNoneClearly(String values) throws Exception {
        assertThat(judge("alice", form("<field var='" + OURS + "mode'>" + values + "</field>")))
            .contains("ambiguous-configuration");
    }

    @Test
    void takesNoPolicyThatStandsTwice() throws Exception {
        operators = Policy.OFF;
        String twice = field(OURS + "mode", "warn") + field(OURS + "mode", "enforce");

        assertThat(judge("alice", form(twice))).contains("ambiguous-configuration");
    }

    @Test
    void takesWhatIsAsItIsForNoChoice() throws Exception {
        bounds = OwnerBounds.NOTHING;

        assertThat(judge("alice", form(field(OURS + "mode", "enforce")))).isEmpty();
        assertThat(choices.answered(IQ.createResultIQ(sent))).isEmpty();
    }

    @Test
    void takesChoicesFromOwnersOnly() throws Exception {
        operators = Policy.OFF;

        assertThat(judge("bob", form(field(OURS + "mode", "enforce")))).isEmpty();
        assertThat(choices.answered(IQ.createResultIQ(sent))).isEmpty();
        assertThat(sent.toXML()).doesNotContain("urn:igniterealtime");
    }

    @Test
    void takesChoicesFromAdminsOfTheServiceWhoAreInside() throws Exception {
        operators = Policy.OFF;
        rooms.serviceAdmins.add(new JID("carol@example.org/phone"));
        rooms.people.put(ROOM, FakeRooms.room(List.of("alice"), List.of(), "carol@example.org/phone"));

        assertThat(judge("carol", form(field(OURS + "mode", "enforce")))).isEmpty();

        assertThat(choices.answered(IQ.createResultIQ(sent))).isPresent();
    }

    @Test
    void judgesTheConfigurationByThePolicyThatIsChosenWithIt() throws Exception {
        operators = Policy.OFF;
        rooms.people.put(ROOM, FakeRooms.open(good));
        String enforce = field(OURS + "mode", "enforce");

        assertThat(judge("alice", form(enforce))).contains("room-open");
        assertThat(choices.answered(IQ.createResultIQ(sent))).isEmpty();
        assertThat(judge("alice", form(enforce + FOR_MEMBERS))).isEmpty();
    }

    @Test
    void givesAChoiceToTheOneRequestThatItCameWith() throws Exception {
        operators = Policy.OFF;
        judge("alice", form(field(OURS + "mode", "warn")));
        IQ other = IQ.createResultIQ(sent);
        other.setID("other");
        IQ elsewhere = IQ.createResultIQ(sent);
        elsewhere.setFrom("other@" + ROOM.getDomain());

        assertThat(choices.answered(other)).isEmpty();
        assertThat(choices.answered(elsewhere)).isEmpty();
        assertThat(choices.answered(IQ.createResultIQ(sent))).isPresent();
        assertThat(choices.answered(IQ.createResultIQ(sent))).isEmpty();
    }

    @Test
    void takesNoChoiceForARoomWhoseAddressIsTooLong() throws Exception {
        operators = Policy.OFF;
        JID longest = new JID("r".repeat(80) + '@' + ROOM.getDomain());
        rooms.people.put(longest, good);

        assertThat(choices.canHold(longest)).isFalse();
        assertThat(choices.canHold(ROOM)).isTrue();
    }

    private Optional<String> judge(String name, String children) throws Exception {
        sent = new IQ(DocumentHelper.parseText("<iq type='set' id='c1' from='" + name + "@example.org/phone' to='" + ROOM
            + "'>" + children + "</iq>").getRootElement());
        return OwnerForm.submitted(sent.getElement(), sent.getChildElement())
            .flatMap(form -> requests.judge(sent, form)).map(finding -> finding.code().code());
    }

    private static String form(String fields) {
        return QUERY + "<x xmlns='jabber:x:data' type='submit'>" + fields + "</x></query>";
    }

    private static String field(String name, String value) {
        return "<field var='" + name + "'><value>" + value + "</value></field>";
    }
}

package org.igniterealtime.openfire.plugin.omemo.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.igniterealtime.openfire.plugin.omemo.server.FakeRooms.ROOM;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.igniterealtime.openfire.plugin.omemo.keys.AccountKeys;
import org.igniterealtime.openfire.plugin.omemo.keys.KeyDirectory;
import org.igniterealtime.openfire.plugin.omemo.keys.NodeConfiguration;
import org.igniterealtime.openfire.plugin.omemo.keys.PublishedNode;
import org.igniterealtime.openfire.plugin.omemo.keys.RoomKeysRequest;
import org.igniterealtime.openfire.plugin.omemo.protocol.BareJid;
import org.igniterealtime.openfire.plugin.omemo.protocol.Family;
import org.jivesoftware.openfire.group.GroupJID;
import org.jivesoftware.util.StringUtils;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.xmpp.packet.JID;
import org.xmpp.packet.PacketError.Condition;

class RoomKeysTest {

    private static final JID ALICE = new JID("alice@example.org/phone");
    private static final RoomKeysRequest FIRST_PAGE =
        new RoomKeysRequest(EnumSet.allOf(Family.class), 50, Optional.empty());

    private final FakeRooms rooms = new FakeRooms();
    private boolean commonRoomsOpenNodes;
    private boolean everyoneMayRead = true;
    private RuntimeException failure;
    private final KeyDirectory directory = new KeyDirectory(this::read, 1 << 20);
    private final RoomKeys keys = new RoomKeys(directory, rooms, new CommonRooms(rooms, () -> commonRoomsOpenNodes),
        account -> account.domain().equals("example.org"));

    RoomKeysTest() {
        rooms.people.put(ROOM, FakeRooms.room(List.of("alice"), List.of("bob", "carol@remote.example"), ALICE.toString()));
    }

    private AccountKeys read(BareJid owner) {
        if (failure != null && owner.toString().startsWith("bob@")) {
            throw failure;
        }
        return AccountKeys.of(Map.of(Family.OMEMO_2.deviceListNode(), new PublishedNode(
            new NodeConfiguration("open", true, 1), everyoneMayRead, Map.of("current",
                "<devices xmlns='urn:xmpp:omemo:2'><device id='" + owner.toString().charAt(0) % 32 + "'/></devices>"))));
    }

    @AfterEach
    void close() {
        directory.close();
    }

    @Test
    void tellsTheKeysOfEverybodyInTheRoomAndMentionsRemoteOnes() throws Exception {
        assertThat(ask(ALICE, FIRST_PAGE)).contains("<account jid=\"alice@example.org\"><items")
            .contains("<account jid=\"bob@example.org\"><items")
            .contains("<account jid=\"carol@remote.example\" omitted=\"remote\"/>").contains("<count>3</count>");
    }

    @Test
    void aMemberMayAskFromOutside() throws Exception {
        assertThat(ask(new JID("bob@example.org/x"), FIRST_PAGE)).contains("<count>3</count>");
    }

    @Test
    void strangersAndOutcastsLearnNotEvenThatThereIsARoom() {
        rooms.people.computeIfPresent(ROOM, (room, people) -> FakeRooms.without(people, "bob"));
        Refused outcast = refusal(() -> ask(new JID("bob@example.org/x"), FIRST_PAGE));
        Refused stranger = refusal(() -> ask(new JID("eve@example.org/x"), FIRST_PAGE));
        rooms.people.computeIfPresent(ROOM, (room, people) -> FakeRooms.semiAnonymous(people));
        Refused anonymous = refusal(() -> ask(new JID("eve@example.org/x"), FIRST_PAGE));
        rooms.people.clear();
        Refused nowhere = refusal(() -> ask(new JID("eve@example.org/x"), FIRST_PAGE));

        assertThat(outcast).isEqualTo(stranger).isEqualTo(anonymous).isEqualTo(nowhere);
        assertThat(nowhere.condition()).isEqualTo(Condition.forbidden);
    }

    @Test
    void aRoomThatKeepsAddressesToItselfTellsNothing() {
        rooms.people.computeIfPresent(ROOM, (room, people) -> FakeRooms.semiAnonymous(people));

        assertThat(refusal(() -> ask(ALICE, FIRST_PAGE)).condition()).isEqualTo(Condition.not_allowed);
    }

    @Test
    void inAnOpenRoomOnlyItsOwnersAndAdminsSeeTheMembers() throws Exception {
        rooms.people.put(ROOM, FakeRooms.open(FakeRooms.room(List.of("alice"), List.of("bob"), "dave@example.org/x")));

        assertThat(ask(ALICE, FIRST_PAGE)).contains("alice@", "bob@", "dave@").contains("<count>3</count>");
        assertThat(ask(new JID("dave@example.org/x"), FIRST_PAGE)).contains("alice@", "dave@").doesNotContain("bob@")
            .contains("<count>2</count>");
    }

    @Test
    void anOccupantWhoseAddressLooksLikeAGroupIsNone() throws Exception {
        JID sly = new JID(StringUtils.encodeBase32("crew").toLowerCase() + "@example.org/" + StringUtils.hash("crew"));
        assertThat(GroupJID.isGroup(sly)).isTrue();
        rooms.people.put(ROOM, FakeRooms.room(List.of("alice"), List.of(), sly.toString()));

        assertThat(ask(sly, FIRST_PAGE)).contains("<account jid=\"" + sly.toBareJID() + "\">").contains("<count>2</count>");
    }

    @Test
    void closedNodesAreForTheirOwnerAndWithTheOptionForThoseInside() throws Exception {
        everyoneMayRead = false;

        assertThat(ask(ALICE, FIRST_PAGE)).contains("<account jid=\"alice@example.org\"><items")
            .contains("<account jid=\"bob@example.org\"/>");
        commonRoomsOpenNodes = true;
        assertThat(ask(ALICE, FIRST_PAGE)).contains("<account jid=\"bob@example.org\"><items");
        assertThat(ask(new JID("bob@example.org/x"), FIRST_PAGE)).contains("<account jid=\"alice@example.org\"/>");
    }

    @Test
    void neverGivesHalfAnAnswerWhenTheStoreFails() {
        failure = new IllegalStateException("down");

        assertThat(refusal(() -> ask(ALICE, FIRST_PAGE)).condition()).isEqualTo(Condition.internal_server_error);
    }

    @Test
    void refusesARoomThatIsTooLargeToBeSorted() {
        List<String> members = new ArrayList<>();
        for (int i = 0; i <= 20_000; i++) {
            members.add("member" + i);
        }
        rooms.people.put(ROOM, FakeRooms.room(List.of("alice"), members));

        assertThat(refusal(() -> ask(ALICE, FIRST_PAGE)).condition()).isEqualTo(Condition.not_acceptable);
    }

    private String ask(JID from, RoomKeysRequest asked) throws Exception {
        return keys.answer(ROOM, from, BareJid.of(from.toBareJID()).orElseThrow(), asked);
    }

    private record Refused(Condition condition, String text) {
    }

    private static Refused refusal(ThrowingCallable question) {
        Refused[] refused = new Refused[1];
        assertThatThrownBy(question).isInstanceOfSatisfying(RoomKeys.Refusal.class,
            refusal -> refused[0] = new Refused(refusal.condition(), refusal.getMessage()));
        return refused[0];
    }
}

package org.igniterealtime.openfire.plugin.omemo.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.igniterealtime.openfire.plugin.omemo.server.FakeRooms.ROOM;

import java.util.List;
import org.igniterealtime.openfire.plugin.omemo.protocol.BareJid;
import org.junit.jupiter.api.Test;
import org.xmpp.packet.JID;

class CommonRoomsTest {

    private static final BareJid ALICE = BareJid.of("alice@example.org").orElseThrow();
    private static final BareJid BOB = BareJid.of("bob@example.org").orElseThrow();
    private static final BareJid CAROL = BareJid.of("carol@example.org").orElseThrow();
    private static final JID ALICE_INSIDE = new JID("alice@example.org/phone");
    private static final JID BOB_INSIDE = new JID("bob@example.org/phone");

    private final FakeRooms rooms = new FakeRooms();
    private boolean allowed = true;
    private final CommonRooms common = new CommonRooms(rooms, () -> allowed);

    CommonRoomsTest() {
        rooms.people.put(ROOM, FakeRooms.room(List.of("alice"), List.of("bob"), ALICE_INSIDE.toString()));
        common.entered(ROOM, ALICE_INSIDE);
    }

    @Test
    void whoIsInsideSharesTheRoomWithItsMembers() {
        assertThat(common.share(ALICE, BOB)).isTrue();
        assertThat(common.share(ALICE, CAROL)).isFalse();
    }

    @Test
    void aMemberThatIsNotInsideSharesNothing() {
        assertThat(common.share(BOB, ALICE)).isFalse();
    }

    @Test
    void theOptionIsAskedEachTime() {
        allowed = false;
        assertThat(common.share(ALICE, BOB)).isFalse();

        allowed = true;
        assertThat(common.share(ALICE, BOB)).isTrue();
    }

    @Test
    void openAndAnonymousRoomsAreNotShared() {
        RoomPeople room = rooms.people.get(ROOM);

        rooms.people.put(ROOM, FakeRooms.open(room));
        assertThat(common.share(ALICE, BOB)).isFalse();
        rooms.people.put(ROOM, FakeRooms.semiAnonymous(room));
        assertThat(common.share(ALICE, BOB)).isFalse();
        rooms.people.put(ROOM, room);
        assertThat(common.share(ALICE, BOB)).isTrue();
    }

    @Test
    void anOccupantWithoutAffiliationIsNobodysMember() {
        rooms.people.put(ROOM, FakeRooms.room(List.of("alice"), List.of(), ALICE_INSIDE.toString(), BOB_INSIDE.toString()));

        assertThat(common.share(ALICE, BOB)).isFalse();
    }

    @Test
    void whoWasKickedOrLostMembershipSharesNoMoreAlthoughNoEventToldSo() {
        rooms.people.put(ROOM, FakeRooms.room(List.of("alice"), List.of("bob")));
        assertThat(common.share(ALICE, BOB)).isFalse();
        assertThat(common.size()).isZero();

        common.entered(ROOM, ALICE_INSIDE);
        rooms.people.put(ROOM, FakeRooms.room(List.of("alice"), List.of(), ALICE_INSIDE.toString()));
        assertThat(common.share(ALICE, BOB)).isFalse();
    }

    @Test
    void anOutcastIsNobodysMember() {
        rooms.people.put(ROOM, FakeRooms.without(rooms.people.get(ROOM), "bob"));

        assertThat(common.share(ALICE, BOB)).isFalse();
    }

    @Test
    void whoIsInsideWithTwoDevicesLeavesWithTheSecond() {
        JID tablet = new JID("alice@example.org/tablet");
        common.entered(ROOM, tablet);

        common.left(ROOM, ALICE_INSIDE);
        assertThat(common.share(ALICE, BOB)).isTrue();
        common.left(ROOM, tablet);
        assertThat(common.share(ALICE, BOB)).isFalse();
        assertThat(common.size()).isZero();
    }

    @Test
    void aRoomThatCannotBeAskedOpensNothing() {
        rooms.failing.add(ROOM);

        assertThat(common.share(ALICE, BOB)).isFalse();
    }

    @Test
    void aRoomThatIsGoneOpensNothing() {
        rooms.people.clear();

        assertThat(common.share(ALICE, BOB)).isFalse();
        assertThat(common.size()).isZero();
    }
}

package org.igniterealtime.openfire.plugin.omemo.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.igniterealtime.openfire.plugin.omemo.embedded.EmbeddedOpenfire;
import org.igniterealtime.openfire.plugin.omemo.embedded.OpenfireExtension;
import org.igniterealtime.openfire.plugin.omemo.embedded.TestClient;
import org.igniterealtime.openfire.plugin.omemo.protocol.BareJid;
import org.igniterealtime.openfire.plugin.omemo.stats.Counters;
import org.jivesoftware.openfire.XMPPServer;
import org.jivesoftware.openfire.group.Group;
import org.jivesoftware.openfire.group.GroupManager;
import org.jivesoftware.openfire.muc.MUCRoom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.xmpp.packet.JID;

/** Who owns a room, in a real server. */
@ExtendWith(OpenfireExtension.class)
class RoomOwnersTest {

    private final EmbeddedOpenfire server;
    private final RoomGuard guard = new RoomGuard(XMPPServer.getInstance(), new Counters(),
        new StatisticsService(XMPPServer.getInstance()));

    RoomOwnersTest(EmbeddedOpenfire server) {
        this.server = server;
    }

    @Test
    void ownersAreKnownAsTheyStandNow() {
        server.createUser("owner-a", "secret");
        String room = server.room("owned").owners("owner-a").admins("owner-b").create();
        assertThat(owns("owner-a", room)).isTrue();
        assertThat(owns("owner-b", room)).isFalse();
        try (TestClient owner = TestClient.login(server, "owner-a", "secret")) {
            owner.joinRoom(room, "a");
            owner.request("type='set' to='" + room + "'", "<query xmlns='http://jabber.org/protocol/muc#admin'>"
                + "<item affiliation='owner' jid='owner-b@" + server.domain() + "'/></query>");

            assertThat(owns("owner-b", room)).isTrue();
        }
        server.destroyRoom("owned");
        assertThat(owns("owner-b", room)).isFalse();
    }

    @Test
    void theUsersOfAGroupThatOwnsARoomOwnIt() throws Exception {
        server.createUser("owner-g", "secret");
        server.createUser("owner-c", "secret");
        Group group = GroupManager.getInstance().createGroup("owning-group");
        group.getMembers().add(new JID("owner-g", server.domain(), null));
        String room = server.room("owned-by-group").owners("owner-c").create();
        MUCRoom muc = XMPPServer.getInstance().getMultiUserChatManager().getMultiUserChatServices().get(0)
            .getChatRoom("owned-by-group");
        muc.addOwner(group.getJID(), muc.getRole());

        assertThat(owns("owner-g", room)).isTrue();
        assertThat(owns("owner-x", room)).isFalse();
    }

    @Test
    void nobodyOwnsWhatIsNoRoom() {
        for (String nothing : new String[] {"nosuch@" + server.mucDomain(), server.mucDomain(), "owned@" + server.domain(),
            "owned@conference.elsewhere.example", server.domain()}) {
            assertThat(owns("owner-a", nothing)).as(nothing).isFalse();
        }
        assertThat(XMPPServer.getInstance().getMultiUserChatManager().getMultiUserChatServices().get(0).getChatRooms())
            .noneMatch(room -> room.getName().equals("nosuch"));
    }

    private boolean owns(String user, String room) {
        return guard.isOwner(BareJid.of(room).orElseThrow(), BareJid.of(user + "@" + server.domain()).orElseThrow());
    }
}

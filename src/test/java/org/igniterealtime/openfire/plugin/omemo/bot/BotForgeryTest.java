package org.igniterealtime.openfire.plugin.omemo.bot;

import static org.assertj.core.api.Assertions.assertThat;

import org.dom4j.Element;
import org.igniterealtime.openfire.plugin.omemo.embedded.EmbeddedOpenfire;
import org.igniterealtime.openfire.plugin.omemo.embedded.OpenfireExtension;
import org.igniterealtime.openfire.plugin.omemo.protocol.BareJid;
import org.jivesoftware.openfire.XMPPServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What an occupant writes is not taken for what the room says, though the room passes it on. */
@ExtendWith(OpenfireExtension.class)
class BotForgeryTest {

    private static int rooms;

    private final BotHouse house;
    private final String name = "forgery" + ++rooms;
    private Person owner;
    private Person other;
    private BareJid room;
    private BareJid echo;

    BotForgeryTest(EmbeddedOpenfire server) {
        house = new BotHouse(server);
    }

    @BeforeEach
    void start() throws Exception {
        house.start();
        owner = Person.arrive(house, "owner");
        other = Person.arrive(house, "other");
        room = BareJid.of(house.server().room(name).nonAnonymous().owners(owner.jid().toString()).create()).orElseThrow();
        owner.enter(room);
        other.enter(room);
        echo = house.bot("echo", "echo; trust=blind");
    }

    @AfterEach
    void end() {
        owner.close();
        other.close();
        house.server().destroyRoom(name);
        house.end();
    }

    private void letIn() throws Exception {
        owner.invite(echo, room);
        owner.read(echo, "I am a test bot of this server");
    }

    /** Openfire puts whatever else was in the message before its own words. */
    private Element invitation(Person by) {
        Element message = Stanzas.stanza("message", "", by.client().address().toString(), room.toString(), "");
        message.addElement("x", Stanzas.MUC_USER).addElement("invite").addAttribute("to", echo.toString());
        return message;
    }

    @Test
    void whoMayInviteCannotInviteInTheNameOfAnOwner() throws Exception {
        Element message = invitation(other);
        message.addElement("x", Stanzas.MUC_USER).addElement("invite").addAttribute("from", owner.jid().toString());

        other.send(message);

        other.inviteDirectly(echo, room);
        house.awaitProblem("echo", "does not own that room");
        assertThat(house.state("echo").rooms()).isEmpty();
        assertThat(XMPPServer.getInstance().getMultiUserChatManager().getMultiUserChatService("conference")
            .getChatRoom(name).getOccupants()).hasSize(2);
    }

    @Test
    void whoMayInviteCannotTellThatTheRoomHidesAddresses() throws Exception {
        letIn();
        Element message = invitation(other);
        message.addElement("x", Stanzas.MUC_USER).addElement("status").addAttribute("code", "174");

        other.send(message);

        owner.read(echo, owner.write(room));
        assertThat(house.state("echo").rooms()).containsEntry(room, true);
    }

    /** Openfire 4.2 takes out one of what looks like its own word, and leaves the others before it. */
    private Element presence(String affiliation, String jid, String status) {
        Element presence = Stanzas.stanza("presence", "", other.client().address().toString(), room + "/other", "");
        presence.addElement("x", Stanzas.MUC_USER);
        Element forged = presence.addElement("x", Stanzas.MUC_USER);
        forged.addElement("item").addAttribute("affiliation", affiliation).addAttribute("role", "participant")
            .addAttribute("jid", jid);
        forged.addElement("status").addAttribute("code", status);
        return presence;
    }

    @Test
    void nobodyPassesForTheBotItself() throws Exception {
        owner.affiliate(room, echo, "member");
        letIn();

        other.send(presence("none", echo.toString(), "110"));

        owner.read(echo, owner.write(room));
        assertThat(house.state("echo").rooms()).containsEntry(room, true);
    }

    @Test
    void nobodyPassesForSomebodyElse() throws Exception {
        letIn();

        other.send(presence("owner", owner.jid() + "/phone", "100"));

        String text = other.write(room);
        owner.read(echo, text);
        assertThat(house.state("echo").unread()).isZero();
        assertThat(house.state("echo").problems()).isEmpty();
    }
}

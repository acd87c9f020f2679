package org.igniterealtime.openfire.plugin.omemo.bot;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.dom4j.Element;
import org.igniterealtime.openfire.plugin.omemo.core.store.Trust;
import org.igniterealtime.openfire.plugin.omemo.embedded.EmbeddedOpenfire;
import org.igniterealtime.openfire.plugin.omemo.embedded.OpenfireExtension;
import org.igniterealtime.openfire.plugin.omemo.protocol.BareJid;
import org.igniterealtime.openfire.plugin.omemo.protocol.Family;
import org.jivesoftware.openfire.XMPPServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A bot comes where an owner wants it, and nowhere else. */
@ExtendWith(OpenfireExtension.class)
class BotConsentTest {

    private static final String INTRODUCTION = "I am a test bot of this server";

    private static int rooms;

    private final BotHouse house;
    private final String name = "consent" + ++rooms;
    private Person owner;
    private Person other;
    private BareJid room;
    private BareJid echo;

    BotConsentTest(EmbeddedOpenfire server) {
        house = new BotHouse(server);
    }

    @BeforeEach
    void start() throws Exception {
        house.start();
        owner = Person.arrive(house, "owner");
        other = Person.arrive(house, "other");
        room = owner.room(name, other.jid());
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
        owner.read(echo, INTRODUCTION);
    }

    private boolean isOccupant() {
        return XMPPServer.getInstance().getMultiUserChatManager()
            .getMultiUserChatService("conference").getChatRoom(name).getOccupants().stream()
            .anyMatch(occupant -> occupant.getUserAddress().toBareJID().equals(echo.toString()));
    }

    @Test
    void anOwnersInvitationIsFollowedAndItSaysFirstWhatItIs() throws Exception {
        other.enter(room);

        letIn();

        String body = other.read(echo, INTRODUCTION).content().body().orElseThrow();
        assertThat(body).contains("those who run the server can read", "I trust every device that I see",
            "throw me out");
        assertThat(house.state("echo").rooms()).containsEntry(room, true);
        assertThat(list(Family.OMEMO_2)).contains("test bot (echo), server can read, trusts blindly");
        String text = other.write(room);
        other.read(echo, text);
    }

    private String list(Family family) throws Exception {
        Element pubsub = Stanzas.element("pubsub", Stanzas.PUBSUB);
        pubsub.addElement("items").addAttribute("node", family.deviceListNode());
        return owner.client().grant("get", echo.toString(), pubsub).asXML();
    }

    /** In a room for members only the server lets nobody in who is no member, so the owner has to make it one. */
    @Test
    void anOwnersDirectInvitationIsFollowed() throws Exception {
        String open = name + "-open";
        BareJid openRoom = BareJid.of(house.server().room(open).nonAnonymous().owners(owner.jid().toString()).create())
            .orElseThrow();
        owner.enter(openRoom);

        owner.inviteDirectly(echo, openRoom);

        owner.read(echo, INTRODUCTION);
        assertThat(house.state("echo").rooms()).containsEntry(openRoom, true);
        house.server().destroyRoom(open);
    }

    @ParameterizedTest
    @ValueSource(strings = {"admin", "member", "none"})
    void nobodyElsesInvitationIsFollowed(String affiliation) throws Exception {
        String open = name + "-" + affiliation;
        BareJid openRoom = BareJid.of(house.server().room(open).nonAnonymous().invitesByAnyone()
            .owners(owner.jid().toString()).create()).orElseThrow();
        owner.enter(openRoom);
        if (!affiliation.equals("none")) {
            owner.affiliate(openRoom, other.jid(), affiliation);
        }
        other.enter(openRoom);

        other.invite(echo, openRoom);
        other.invite(echo, openRoom);
        other.inviteDirectly(echo, openRoom);

        other.receive(stanza -> Stanzas.child(stanza, "x", Stanzas.MUC_USER)
            .filter(x -> x.element("decline") != null).isPresent(), "a refusal");
        Problem problem = house.awaitProblem("echo", other.jid() + " invited it to " + openRoom);
        house.await("all were declined", () -> house.awaitProblem("echo", "invited it to").times() == 3);
        assertThat(house.state("echo").problems()).hasSize(1);
        assertThat(problem.text()).contains("does not own that room");
        assertThat(house.state("echo").rooms()).isEmpty();
        house.server().destroyRoom(open);
    }

    @ParameterizedTest
    @ValueSource(strings = {"kick", "ban", "take the membership"})
    void whereAnOwnerThrowsItOutItStaysOut(String how) throws Exception {
        letIn();

        switch (how) {
            case "kick" -> owner.kick(room, "echo");
            case "ban" -> owner.affiliate(room, echo, "outcast");
            default -> owner.affiliate(room, echo, "none");
        }

        house.awaitGone("echo", room);
        house.stopBots();
        if (how.equals("kick")) {
            // It could come back.
            owner.affiliate(room, echo, "member");
        }
        house.move();
        house.await("it runs", () -> house.state("echo").status() == BotState.Status.RUNNING);
        assertThat(house.state("echo").rooms()).isEmpty();
        assertThat(isOccupant()).isFalse();
    }

    @Test
    void inAnOpenRoomTheLossOfItsMembershipSendsItAway() throws Exception {
        String open = name + "-open";
        BareJid openRoom = BareJid.of(house.server().room(open).nonAnonymous().owners(owner.jid().toString()).create())
            .orElseThrow();
        owner.enter(openRoom);
        owner.affiliate(openRoom, echo, "member");
        owner.invite(echo, openRoom);
        owner.read(echo, INTRODUCTION);

        owner.affiliate(openRoom, echo, "none");

        house.awaitGone("echo", openRoom);
        house.awaitProblem("echo", "no longer a member");
        house.server().destroyRoom(open);
    }

    @Test
    void whereTheOperatorForbidsBotsThereAreNone() throws Exception {
        letIn();
        try {
            house.server().setProperty("plugin.omemo.bots.enabled", "false");

            house.await("no bots", () -> house.host() == null && !isOccupant());
            Element answer = owner.client().ask("get", echo.toString(), Stanzas.element("query", Stanzas.DISCO_INFO));
            assertThat(Stanzas.attribute(answer, "type")).isEqualTo("error");
        } finally {
            house.server().deleteProperty("plugin.omemo.bots.enabled");
        }
    }

    @Test
    void itNeverMakesARoomThatIsGone() throws Exception {
        letIn();
        house.stopBots();
        house.server().destroyRoom(name);
        int mark = house.server().logMark();

        house.move();

        house.awaitProblem("echo", "who has invited it, owns it no longer");
        assertThat(house.state("echo").rooms()).isEmpty();
        assertThat(XMPPServer.getInstance().getMultiUserChatManager().getMultiUserChatService("conference")
            .hasChatRoom(name)).isFalse();
        assertThat(house.server().logText(mark)).doesNotContain("Exception");
    }

    @Test
    void aRoomThatOthersHaveMadeMeanwhileIsAnotherRoom() throws Exception {
        letIn();
        house.stopBots();
        house.server().destroyRoom(name);
        BareJid again = other.room(name, echo);

        house.move();

        house.awaitProblem("echo", "owns it no longer");
        assertThat(house.state("echo").rooms()).isEmpty();
        assertThat(again).isEqualTo(room);
        assertThat(isOccupant()).isFalse();
    }

    @Test
    void whereItWasInTheRoomWhenThatWasDestroyedItStaysOut() throws Exception {
        letIn();

        house.server().destroyRoom(name);

        house.awaitGone("echo", room);
        // 4.2 does not say that the room was destroyed, unless a reason is given.
        house.awaitProblem("echo", "who has invited it, owns it no longer");
    }

    @Test
    void withoutBlindTrustItWritesToNobodyUntilSomebodyDecides() throws Exception {
        BareJid wary = house.bot("wary", "echo; families=0.8+");
        owner.invite(wary, room);

        house.awaitProblem("wary", "waits for a trust decision");
        assertThat(owner.client().hasReceived("encrypted xmlns")).isFalse();
        assertThat(house.state("wary").undecided().keySet()).extracting(device -> device.jid())
            .contains(owner.jid());
        assertThat(house.state("wary").rooms()).containsEntry(room, true);

        house.state("wary").undecided().forEach((device, fingerprint) ->
            assertThat(house.host().decide("wary", device.jid(), fingerprint, Trust.TRUSTED)).isTrue());

        owner.read(wary, INTRODUCTION);
        String again = owner.write(room);
        owner.read(wary, again);
        house.await("nothing waits", () -> house.state("wary").undecided().isEmpty());
    }

    @Test
    void itSpeaksOnlyTheFamiliesThatTheOperatorWants() throws Exception {
        BareJid old = house.bot("old", "echo; trust=blind; families=0.4");
        owner.invite(old, room);

        assertThat(owner.read(old, INTRODUCTION).family()).isEqualTo(Family.OMEMO_1);
        String text = owner.write(room, "both", Devices.SPOKEN);
        assertThat(owner.read(old, text).family()).isEqualTo(Family.OMEMO_1);
        assertThat(Set.of(Family.OMEMO_1)).isEqualTo(house.state("old").settings().orElseThrow().families());
    }
}

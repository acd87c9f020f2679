package org.igniterealtime.openfire.plugin.omemo.bot;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.dom4j.DocumentHelper;
import org.dom4j.Element;
import org.dom4j.QName;
import org.igniterealtime.openfire.plugin.omemo.core.session.DeviceSettings;
import org.igniterealtime.openfire.plugin.omemo.core.session.OmemoDevice;
import org.igniterealtime.openfire.plugin.omemo.core.store.InMemoryStore;
import org.igniterealtime.openfire.plugin.omemo.embedded.EmbeddedOpenfire;
import org.igniterealtime.openfire.plugin.omemo.embedded.OpenfireExtension;
import org.igniterealtime.openfire.plugin.omemo.embedded.Received;
import org.igniterealtime.openfire.plugin.omemo.embedded.RemoteServer;
import org.igniterealtime.openfire.plugin.omemo.protocol.BareJid;
import org.igniterealtime.openfire.plugin.omemo.protocol.ContentElement;
import org.igniterealtime.openfire.plugin.omemo.protocol.Encrypted;
import org.igniterealtime.openfire.plugin.omemo.protocol.EncryptedLimits;
import org.igniterealtime.openfire.plugin.omemo.protocol.Family;
import org.igniterealtime.openfire.plugin.omemo.protocol.OptOut;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Bots in rooms of a real server, as XEP-0384 asks of a client there. */
@ExtendWith(OpenfireExtension.class)
class BotRoomsTest {

    private static final String INTRODUCTION = "I am a test bot of this server";

    private static int rooms;

    private final BotHouse house;
    private final String name = "bot-room" + ++rooms;
    private Person owner;
    private BareJid room;
    private BareJid echo;

    BotRoomsTest(EmbeddedOpenfire server) {
        house = new BotHouse(server);
    }

    @BeforeEach
    void start() throws Exception {
        house.start();
        owner = Person.arrive(house, "owner");
        room = owner.room(name);
        echo = house.bot("echo", "echo; trust=blind");
    }

    @AfterEach
    void end() {
        owner.close();
        house.server().destroyRoom(name);
        house.end();
    }

    private void letIn(BareJid bot) throws Exception {
        owner.invite(bot, room);
        owner.read(bot, INTRODUCTION);
    }

    /** What the bot answers to something new, as it was on the wire. */
    private Encrypted answer(Family family) throws Exception {
        owner.client().forget();
        owner.read(echo, owner.write(room));
        return owner.wire(room, "echo", family, message -> true);
    }

    @Test
    void itFollowsWhoBelongsToTheRoom() throws Exception {
        letIn(echo);
        try (Person absent = Person.arrive(house, "absent")) {
            owner.affiliate(room, absent.jid(), "member");
            house.clock().forward(RoomVisit.AFFILIATES_LAST.plusSeconds(1));

            for (Family family : Devices.SPOKEN) {
                assertThat(Person.isFor(answer(family), absent.jid())).as(family.label()).isTrue();
            }

            owner.affiliate(room, absent.jid(), "none");
            house.clock().forward(RoomVisit.AFFILIATES_LAST.plusSeconds(1));
            for (Family family : Devices.SPOKEN) {
                Encrypted answer = answer(family);
                assertThat(Person.isFor(answer, absent.jid())).as(family.label()).isFalse();
                assertThat(Person.isFor(answer, owner.jid())).as(family.label()).isTrue();
            }
        }
    }

    @Test
    void somebodyWhoGoesGetsNothingMore() throws Exception {
        letIn(echo);
        try (Person guest = Person.arrive(house, "guest")) {
            owner.affiliate(room, guest.jid(), "member");
            guest.enter(room);
            assertThat(Person.isFor(answer(Family.OMEMO_2), guest.jid())).isTrue();

            // The server throws it out, so that its presence tells.
            owner.affiliate(room, guest.jid(), "none");

            assertThat(Person.isFor(answer(Family.OMEMO_2), guest.jid())).isFalse();
        }
    }

    @Test
    void aDeviceThatLeavesItsListGetsNothingMore() throws Exception {
        letIn(echo);
        try (Person other = Person.arrive(house, "other")) {
            owner.affiliate(room, other.jid(), "member");
            other.enter(room);
            assertThat(Person.isFor(answer(Family.OMEMO_2), other.jid())).isTrue();

            Element retraction = Stanzas.element("pubsub", Stanzas.PUBSUB);
            retraction.addElement("retract").addAttribute("node", Family.OMEMO_2.deviceListNode())
                .addElement("item").addAttribute("id", "current");
            other.client().grant("set", other.jid().toString(), retraction);
            house.clock().forward(PeerKeys.LIST_LASTS.plusSeconds(1));

            assertThat(Person.isFor(answer(Family.OMEMO_2), other.jid())).isFalse();
            assertThat(Person.isFor(answer(Family.OMEMO_1), other.jid())).isTrue();
        }
    }

    @Test
    void aMemberOfAnotherServerIsServedToo() throws Exception {
        BareJid far = BareJid.of("far@remote" + rooms + ".example").orElseThrow();
        OmemoDevice device = Devices.open(far, "far", Set.of(Family.OMEMO_2), family -> new InMemoryStore(),
            new SecureRandom(), house.clock(), DeviceSettings.DEFAULT.withBlindTrust()).any();
        try (RemoteServer remote = RemoteServer.connect(house.server(), far.domain()).with(echo.domain())) {
            owner.affiliate(room, far, "member");
            Thread answering = new Thread(() -> serve(remote, device));
            answering.setDaemon(true);
            answering.start();

            letIn(echo);

            Encrypted message = owner.wire(room, "echo", Family.OMEMO_2, one -> true);
            assertThat(Person.isFor(message, far)).isTrue();
            answering.join();
        }
    }

    /** Answers for the account of another server: a list and a bundle of 0.8+, and nothing of 0.4. */
    private static void serve(RemoteServer remote, OmemoDevice device) {
        for (String node : List.of(Family.OMEMO_2.deviceListNode(), Family.OMEMO_1.deviceListNode(),
                Family.OMEMO_2.bundleNode(device.own().address().deviceId()))) {
            Received request = remote.await(stanza -> stanza.isIq() && stanza.xml().contains("\"" + node + "\""));
            String to = "from='" + device.own().address().jid() + "' to='" + request.from() + "' id='" + request.id() + "'";
            if (node.equals(Family.OMEMO_1.deviceListNode())) {
                remote.sendRaw("<iq type='error' " + to + "><error type='cancel'><item-not-found xmlns='"
                    + Stanzas.ERRORS + "'/></error></iq>");
            } else {
                boolean list = node.equals(Family.OMEMO_2.deviceListNode());
                Element payload = list ? device.announce(Optional.empty()).toElement() : device.bundle().toElement();
                remote.sendRaw("<iq type='result' " + to + "><pubsub xmlns='" + Stanzas.PUBSUB + "'><items node='" + node
                    + "'><item id='" + (list ? "current" : device.own().address().deviceId()) + "'>" + payload.asXML()
                    + "</item></items></pubsub></iq>");
            }
        }
    }

    @Test
    void aServerThatDoesNotAnswerHoldsUpTheOthersOnce() throws Exception {
        try (RemoteServer mute = RemoteServer.connect(house.server(), "mute" + rooms + ".example")
                .with(echo.domain())) {
            for (int i = 0; i < 30; i++) {
                owner.affiliate(room, BareJid.of("m" + i + "@" + mute.domain()).orElseThrow(), "member");
            }
            letIn(echo);
            // The owner's client is no other.
            owner.write(room);

            long begin = System.nanoTime();
            owner.read(echo, owner.write(room));

            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(1));
            house.awaitProblem("echo", "@" + mute.domain() + " (0.8+) cannot be fetched: no answer");
        }
    }

    @Test
    void aKeyExchangeIsAnswered() throws Exception {
        letIn(echo);
        // The answer to an exchange ends it: what comes after it is none any more.
        owner.write(room);
        owner.write(room);
        owner.client().outbox().hold();
        owner.write(room);
        Element message = owner.client().outbox().release().get(0);

        for (Family family : Devices.SPOKEN) {
            Encrypted encrypted = Encrypted.parse(Stanzas.child(message, Encrypted.ELEMENT, family.namespace())
                .orElseThrow(), EncryptedLimits.DEFAULT);
            assertThat(encrypted.recipients().stream().filter(one -> one.jid().filter(echo::equals).isPresent())
                .flatMap(one -> one.keys().stream())).as(family.label()).isNotEmpty()
                .noneMatch(key -> key.keyExchange());
        }
    }

    @Test
    void aLongChainIsAnsweredWithAHeartbeat() throws Exception {
        BareJid witness = house.bot("witness", "witness; trust=blind; families=0.8+");
        owner.invite(witness, room);
        owner.read(witness, INTRODUCTION);
        owner.client().forget();

        for (int i = 0; i < 60; i++) {
            owner.write(room, "message " + i, Set.of(Family.OMEMO_2));
        }

        owner.receive(stanza -> stanza.getName().equals("message")
            && Stanzas.attribute(stanza, "from").startsWith(witness.toString())
            && Stanzas.attribute(stanza, "type").equals("chat")
            && Stanzas.child(stanza, Encrypted.ELEMENT, Family.OMEMO_2.namespace()).isPresent(), "a heartbeat");
        house.await("all was read", () -> house.state("witness").read() == 60);
        assertThat(house.state("witness").unread()).isZero();
    }

    @Test
    void afterAnOptOutItStopsInAllFamiliesSaysSoOnceAndGoesOnWhenItIsInvitedAgain() throws Exception {
        letIn(echo);
        owner.read(echo, owner.write(room));
        owner.client().forget();

        for (int i = 0; i < 3; i++) {
            owner.client().say(room, List.of(ContentElement.of(new OptOut(Family.OMEMO_1, Optional.of("why"))
                .toElement())), Set.of(Family.OMEMO_1));
        }
        owner.receive(stanza -> isPlain(stanza, "wants to go on without encryption"), "what the bot says to an opt-out");
        String unanswered = owner.write(room);
        house.awaitProblem("echo", "Nothing was written to " + room + ": plaintext");
        assertThat(owner.client().hasReceived("I read from")).isFalse();
        assertThat(house.awaitProblem("echo", "has opted out").times()).isEqualTo(1);

        house.stopBots();
        house.move();
        house.awaitInside("echo", room, true);
        owner.write(room);
        house.awaitProblem("echo", "Nothing was written to " + room + ": plaintext");

        owner.invite(echo, room);
        String answered = owner.write(room);
        owner.read(echo, answered);
        assertThat(unanswered).isNotEqualTo(answered);
    }

    private static boolean isPlain(Element stanza, String part) {
        String body = stanza.elementText("body");
        return body != null && body.contains(part) && stanza.element("encrypted") == null;
    }

    @Test
    void afterARestartItIsBackReadsWhatItMissedAndGoesOnWithItsSessions() throws Exception {
        letIn(echo);
        BareJid witness = house.bot("witness", "witness; trust=blind");
        owner.invite(witness, room);
        owner.read(witness, INTRODUCTION);
        owner.read(echo, owner.write(room));
        owner.read(echo, owner.write(room));

        house.stopBots();
        owner.write(room);
        house.move();

        house.awaitInside("echo", room, true);
        house.awaitInside("witness", room, true);
        house.await("what was missed is read", () -> house.state("witness").read() == 1);
        assertThat(house.state("witness").unread()).isZero();
        assertThat(house.state("witness").problems()).isEmpty();
        for (Family family : Devices.SPOKEN) {
            Encrypted answer = answer(family);
            assertThat(answer.recipients().stream().filter(one -> one.jid().filter(owner.jid()::equals).isPresent())
                .flatMap(one -> one.keys().stream())).isNotEmpty().noneMatch(key -> key.keyExchange());
        }
        assertThat(owner.client().hasReceived(INTRODUCTION)).isFalse();
    }

    @Test
    void whereARoomHidesAddressesItSaysSoAndLeaves() throws Exception {
        String hiding = name + "-hiding";
        BareJid hidingRoom =
            BareJid.of(house.server().room(hiding).owners(owner.jid().toString()).create()).orElseThrow();
        owner.send(enter(hidingRoom));
        owner.receive(stanza -> stanza.getName().equals("presence")
            && Stanzas.attribute(stanza, "from").equals(hidingRoom + "/me"), "its own presence");

        owner.invite(echo, hidingRoom);

        house.awaitProblem("echo", "hides its members' addresses");
        house.awaitGone("echo", hidingRoom);
        owner.receive(stanza -> stanza.getName().equals("presence")
            && Stanzas.attribute(stanza, "from").equals(hidingRoom + "/echo")
            && Stanzas.attribute(stanza, "type").equals("unavailable"), "the bot's leaving");
        house.server().destroyRoom(hiding);
    }

    @Test
    void whereARoomBeginsToHideAddressesItLeaves() throws Exception {
        letIn(echo);
        Element query = Stanzas.element("query", Stanzas.MUC_OWNER);
        Element form = query.addElement("x", "jabber:x:data").addAttribute("type", "submit");
        form.addElement("field").addAttribute("var", "FORM_TYPE").addElement("value")
            .setText(Stanzas.MUC + "#roomconfig");
        form.addElement("field").addAttribute("var", "muc#roomconfig_whois").addElement("value").setText("moderators");

        owner.client().grant("set", room.toString(), query);
        // Openfire 4.2 lets it show only with the next presence.
        owner.send(Stanzas.stanza("presence", "", owner.client().address().toString(), room + "/owner", ""));

        house.awaitProblem("echo", "hides its members' addresses");
        house.awaitGone("echo", room);
    }

    private Element enter(BareJid into) {
        Element presence = DocumentHelper.createElement("presence").addAttribute("to", into + "/me");
        presence.addElement("x", Stanzas.MUC);
        return presence;
    }

    @Test
    void whereItsNameIsTakenItTakesAnother() throws Exception {
        try (Person impostor = Person.arrive(house, "echo")) {
            owner.affiliate(room, impostor.jid(), "member");
            impostor.enter(room);

            letIn(echo);

            owner.receive(stanza -> stanza.getName().equals("presence")
                && Stanzas.attribute(stanza, "from").equals(room + "/echo 2"), "the bot by another name");
            owner.read(echo, owner.write(room));
        }
    }

    @Test
    void theInvitationsPasswordOpensTheRoomAlsoAfterARestart() throws Exception {
        String locked = name + "-locked";
        BareJid lockedRoom = BareJid.of(house.server().room(locked).nonAnonymous().password("sesame").persistent()
            .owners(owner.jid().toString()).create()).orElseThrow();
        Element presence = enter(lockedRoom);
        presence.element("x").addElement("password").setText("sesame");
        owner.send(presence);
        owner.receive(stanza -> stanza.getName().equals("presence")
            && Stanzas.attribute(stanza, "from").equals(lockedRoom + "/me"), "its own presence");

        Element wrong = Stanzas.stanza("message", "", owner.client().address().toString(), echo.toString(), "");
        wrong.addElement("x", "jabber:x:conference").addAttribute("jid", lockedRoom.toString())
            .addAttribute("password", "wrong");
        owner.send(wrong);
        house.awaitProblem("echo", "may not enter: not-authorized");
        owner.invite(echo, lockedRoom);
        house.awaitInside("echo", lockedRoom, true);

        house.stopBots();
        house.move();

        house.awaitInside("echo", lockedRoom, true);
        house.server().destroyRoom(locked);
    }

    @Test
    void anOccupantCannotMakeItBelieveThatTheRoomHasLostIt() throws Exception {
        letIn(echo);
        Element error = Stanzas.stanza("message", "error", room + "/owner", echo + "/bot", "x");
        error.addElement("error").addAttribute("type", "cancel").addElement(
            QName.get("not-acceptable", Stanzas.ERRORS));
        // Openfire 4.2 throws out whoever sends one; others may not.
        house.host().receive(error);

        owner.read(echo, owner.write(room));
        assertThat(house.state("echo").rooms()).containsEntry(room, true);
        assertThat(house.state("echo").problems()).noneMatch(problem -> problem.text().contains("has lost it"));
    }
}

package org.igniterealtime.openfire.plugin.omemo.bot;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.dom4j.Element;
import org.dom4j.QName;
import org.igniterealtime.openfire.plugin.omemo.embedded.EmbeddedOpenfire;
import org.igniterealtime.openfire.plugin.omemo.embedded.OpenfireExtension;
import org.igniterealtime.openfire.plugin.omemo.protocol.BareJid;
import org.igniterealtime.openfire.plugin.omemo.protocol.ContentElement;
import org.igniterealtime.openfire.plugin.omemo.protocol.Encrypted;
import org.igniterealtime.openfire.plugin.omemo.protocol.Family;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What the kinds of bots do in a room of a real server. */
@ExtendWith(OpenfireExtension.class)
class BotKindsTest {

    private static final String INTRODUCTION = "I am a test bot of this server";

    private static int rooms;

    private final BotHouse house;
    private final String name = "kinds" + ++rooms;
    private Person owner;
    private BareJid room;

    BotKindsTest(EmbeddedOpenfire server) {
        house = new BotHouse(server);
    }

    @BeforeEach
    void start() throws Exception {
        house.start();
        owner = Person.arrive(house, "owner");
        room = owner.room(name);
    }

    @AfterEach
    void end() {
        owner.close();
        house.server().destroyRoom(name);
        house.end();
    }

    private BareJid letIn(String bot, String settings) throws Exception {
        BareJid jid = house.bot(bot, settings);
        owner.invite(jid, room);
        owner.read(jid, INTRODUCTION);
        return jid;
    }

    @Test
    void anEchoAnswersTextHelpAndWhatHasNoText() throws Exception {
        BareJid echo = letIn("echo", "echo; trust=blind");
        int device = owner.client().devices().any().own().address().deviceId();

        owner.write(room, "h\u00e9llo", Devices.SPOKEN);
        assertThat(owner.read(echo, "h\u00e9llo").content().body())
            .contains("I read from your device " + device + " (OMEMO 0.8+): h\u00e9llo");

        owner.write(room, " HELP ", Devices.SPOKEN);
        owner.read(echo, "I answer each encrypted message");

        Element reaction = Stanzas.element("reactions", "urn:xmpp:reactions:0").addAttribute("id", "x");
        owner.client().say(room, List.of(ContentElement.of(reaction)), Devices.SPOKEN);
        owner.read(echo, "<reactions xmlns='urn:xmpp:reactions:0'>");

        owner.write(room, "\uD83D\uDC4D".repeat(4_000), Devices.SPOKEN);
        Reading cut = owner.read(echo, "\uD83D\uDC4D");
        assertThat(cut.content().body().orElseThrow()).hasSizeLessThan(2_100).endsWith("\uD83D\uDC4D\u2026");
    }

    @Test
    void anEchoAnswersPrivatelyWhoWritesPrivately() throws Exception {
        BareJid echo = letIn("echo", "echo; trust=blind");

        owner.whisper(echo, "between us");

        Element answer = owner.receive(stanza -> Stanzas.attribute(stanza, "from").startsWith(echo.toString())
            && Stanzas.attribute(stanza, "type").equals("chat") && stanza.element("body") != null, "an answer");
        assertThat(answer.asXML()).doesNotContain("between us");
        owner.read(echo, "between us");
    }

    @Test
    void twoEchoesDoNotTalkToEachOther() throws Exception {
        BareJid one = letIn("one", "echo; trust=blind");
        BareJid two = letIn("two", "echo; trust=blind");
        String text = owner.write(room);
        owner.read(one, text);
        owner.read(two, text);

        String last = owner.write(room);
        owner.read(one, last);
        owner.read(two, last);

        for (String bot : List.of("one", "two")) {
            house.await("all is read", () -> house.state(bot).read() >= 4);
        }
        assertThat(house.state("one").read() + house.state("two").read()).isLessThanOrEqualTo(10);
        assertThat(owner.count(reading -> reading.from().jid().equals(one))).isEqualTo(3);
        assertThat(owner.count(reading -> reading.from().jid().equals(two))).isEqualTo(3);
    }

    /** Both begin with what a bot says; they are no bots of this server. */
    @Test
    void anEchoOfSomebodyElseIsNotAnswered() throws Exception {
        BareJid echo = letIn("echo", "echo; trust=blind");

        owner.write(room, "I read from your device 1 (OMEMO 0.8+): x", Devices.SPOKEN);
        String text = owner.write(room);

        owner.read(echo, text);
        assertThat(owner.count(reading -> reading.from().jid().equals(echo))).isEqualTo(2);
    }

    @Test
    void canariesMeasureTheRoundTripAndCountWhatIsLost() throws Exception {
        letIn("first", "canary; trust=blind; every=1");
        house.await("a call was lost: nobody else is there", () -> {
            house.clock().forward(Duration.ofMinutes(1));
            return house.state("first").report().contains("lost: 2");
        });
        assertThat(house.state("first").roundTrip()).isEmpty();
        house.awaitProblem("first", "A canary's call was not answered");

        letIn("second", "canary; trust=blind; every=1440");

        house.await("a call was answered", () -> {
            house.clock().forward(Duration.ofSeconds(20));
            return house.state("first").roundTrip().isPresent();
        });
        assertThat(house.state("first").roundTrip().orElseThrow()).isBetween(Duration.ofNanos(1), Duration.ofSeconds(5));
        assertThat(house.state("first").report()).anyMatch(line -> line.startsWith("last round trip: "));
        assertThat(owner.count(reading -> reading.content().body().isEmpty())).isPositive();
    }

    @Test
    void aWitnessSaysNothingAndCountsByDevice() throws Exception {
        BareJid witness = letIn("witness", "witness; trust=blind");
        try (Person other = Person.arrive(house, "other", Set.of(Family.OMEMO_2))) {
            owner.affiliate(room, other.jid(), "member");
            other.enter(room);
            owner.write(room, "one", Set.of(Family.OMEMO_1));
            owner.write(room, "two", Devices.SPOKEN);
            other.write(room);
            Element broken = owner.hold(room);
            Element payload = broken.element(QName.get("encrypted", Family.OMEMO_2.namespace()))
                .element("payload");
            payload.setText("AAAA" + payload.getText().substring(4));
            broken.remove(broken.element(QName.get("encrypted", Family.OMEMO_1.namespace())));
            owner.send(broken);

            house.await("four were heard", () -> house.state("witness").read() + house.state("witness").unread() == 4);

            assertThat(house.state("witness").report()).containsExactlyInAnyOrder(
                owner.device() + " (0.4): read 1, not read 0",
                owner.device() + " (0.8+): read 1, not read 1",
                other.device() + " (0.8+): read 1, not read 0");
            assertThat(owner.count(reading -> reading.from().jid().equals(witness))).isEqualTo(1);
        }
    }

    @Test
    void whatItSaysIsInBothFamiliesInOneStanza() throws Exception {
        BareJid echo = letIn("echo", "echo; trust=blind");
        owner.client().forget();
        owner.read(echo, owner.write(room));

        Encrypted old = owner.wire(room, "echo", Family.OMEMO_1, message -> true);
        Encrypted recent = owner.wire(room, "echo", Family.OMEMO_2, message -> true);

        assertThat(old.sid()).isEqualTo(recent.sid());
        Element stanza = owner.receive(one -> one.getName().equals("message")
            && Stanzas.attribute(one, "from").equals(room + "/echo"), "the answer");
        assertThat(stanza.elements("encrypted")).hasSize(2);
        assertThat(owner.count(reading -> reading.from().jid().equals(echo))).isEqualTo(1);
    }
}

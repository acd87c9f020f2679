package org.igniterealtime.openfire.plugin.omemo.bot;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.dom4j.Element;
import org.igniterealtime.openfire.plugin.omemo.core.session.Outcome;
import org.igniterealtime.openfire.plugin.omemo.embedded.EmbeddedOpenfire;
import org.igniterealtime.openfire.plugin.omemo.embedded.OpenfireExtension;
import org.igniterealtime.openfire.plugin.omemo.protocol.BareJid;
import org.igniterealtime.openfire.plugin.omemo.protocol.Delivery;
import org.igniterealtime.openfire.plugin.omemo.protocol.Encrypted;
import org.igniterealtime.openfire.plugin.omemo.protocol.Family;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Bots in a real server among people who are hostile, careless, or many. */
@ExtendWith(OpenfireExtension.class)
class BotHardshipTest {

    private static final String INTRODUCTION = "I am a test bot of this server";

    private static int rooms;

    private final Random random = new Random();
    private final BotHouse house;
    private final String name = "hardship" + ++rooms;
    private Person owner;
    private BareJid room;
    private BareJid echo;
    private Crowd crowd;
    private int device;

    BotHardshipTest(EmbeddedOpenfire server) {
        house = new BotHouse(server);
    }

    @BeforeEach
    void start() throws Exception {
        house.start();
        owner = Person.arrive(house, "owner");
        crowd = new Crowd("crowd" + rooms, house.server().domain());
    }

    @AfterEach
    void end() {
        owner.close();
        house.server().destroyRoom(name);
        house.end();
        crowd.close();
    }

    private void letIn(String settings) throws Exception {
        echo = house.bot("echo", settings);
        owner.invite(echo, room);
        owner.read(echo, INTRODUCTION);
    }

    @Test
    void whoHasBrokenKeysOrNoneIsToldOfOnceAndTheOthersAreServed() throws Exception {
        Map<Crowd.Kind, BareJid> members = new EnumMap<>(Crowd.Kind.class);
        for (Crowd.Kind kind : Crowd.Kind.values()) {
            members.put(kind, crowd.add(kind.name().toLowerCase(Locale.ROOT), kind));
        }
        room = owner.room(name, members.values().toArray(new BareJid[0]));
        letIn("echo; trust=blind; families=0.8+");

        for (int i = 0; i < 5; i++) {
            owner.read(echo, owner.write(room));
            house.clock().forward(Duration.ofMinutes(2));
        }

        Map<Crowd.Kind, String> said = Map.of(
            Crowd.Kind.NOTHING, "Nothing can be encrypted for ",
            Crowd.Kind.NO_ITEM, "Nothing can be encrypted for ",
            Crowd.Kind.NO_BUNDLE, "has no bundle",
            Crowd.Kind.BROKEN_SIGNATURE, "has a broken bundle",
            Crowd.Kind.NO_BUNDLE_ELEMENT, "has a broken bundle",
            Crowd.Kind.BROKEN_LIST, "The device list of ",
            Crowd.Kind.TOO_MANY, "has 900 devices");
        List<Problem> problems = house.state("echo").problems();
        said.forEach((kind, text) -> assertThat(problems).as(kind.name()).filteredOn(problem ->
                problem.text().contains(members.get(kind).toString()) && problem.text().contains(text))
            .singleElement().satisfies(problem -> assertThat(problem.times()).isGreaterThan(3)));
        assertThat(problems).noneMatch(problem -> problem.text().contains(members.get(Crowd.Kind.IN_ORDER).toString()));
        assertThat(house.state("echo").dropped()).isZero();
        owner.client().forget();
        owner.read(echo, owner.write(room));
        assertThat(Person.isFor(owner.wire(room, "echo", Family.OMEMO_2, one -> true),
            members.get(Crowd.Kind.IN_ORDER))).isTrue();
    }

    @Test
    void aRoomOfFiveHundredIsServed() throws Exception {
        long begin = System.nanoTime();
        List<BareJid> members = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            members.add(crowd.add("m" + i, Crowd.Kind.IN_ORDER));
        }
        room = owner.room(name, members.toArray(new BareJid[0]));

        letIn("echo; trust=blind; families=0.8+");

        Encrypted message = owner.wire(room, "echo", Family.OMEMO_2, one -> true);
        assertThat(members).allSatisfy(member -> assertThat(Person.isFor(message, member)).isTrue());
        BareJid last = members.get(499);
        assertThat(crowd.device(last).decrypt(Delivery.inRoom(echo, room), message).outcome())
            .isInstanceOfSatisfying(Outcome.Content.class, content ->
                assertThat(content.content().body().orElseThrow()).startsWith(INTRODUCTION));
        owner.read(echo, owner.write(room));
        assertThat(house.state("echo").problems()).isEmpty();
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(15));
    }

    @Test
    void whoeverSendsGarbageAThousandTimesASecondHoldsUpNobodyElse() throws Exception {
        try (Person hostile = Person.arrive(house, "hostile"); Person other = Person.arrive(house, "other")) {
            room = owner.room(name, other.jid(), hostile.jid());
            letIn("echo; trust=blind");
            BareJid second = house.bot("second", "echo; trust=blind");
            owner.invite(second, room);
            owner.read(second, INTRODUCTION);
            other.enter(room);
            other.write(room);
            Thread flood = new Thread(() -> send(2_000, i -> garbage(hostile, "chat", echo.toString(), i)));

            flood.start();
            for (int i = 0; i < 5; i++) {
                String text = other.write(room);
                other.read(echo, text);
                other.read(second, text);
                Thread.sleep(200);
            }
            flood.join();

            house.await("most was dropped", () -> house.state("echo").dropped() > 1_500);
            assertThat(house.state("second").dropped()).isZero();
            String text = other.write(room);
            other.read(echo, text);
            assertThat(house.state("echo").unread()).isBetween(50L, 400L);
            assertThat(house.host().table().bots()).contains("echo");
        }
    }

    @Test
    void whoeverFillsARoomWithGarbageHoldsUpNobodyElse() throws Exception {
        try (Person hostile = Person.arrive(house, "hostile"); Person other = Person.arrive(house, "other")) {
            room = owner.room(name, other.jid(), hostile.jid());
            letIn("echo; trust=blind");
            other.enter(room);
            hostile.enter(room);
            other.write(room);
            Thread flood = new Thread(() -> send(2_000, i -> garbage(hostile, "groupchat", room.toString(), i)));

            flood.start();
            for (int i = 0; i < 5; i++) {
                other.read(echo, other.write(room));
                Thread.sleep(200);
            }
            flood.join();

            house.await("most was dropped", () -> house.state("echo").dropped() > 1_500);
            other.read(echo, other.write(room));
            assertThat(house.state("echo").status()).isEqualTo(BotState.Status.RUNNING);
        }
    }

    private interface Stanza {
        void send(int index);
    }

    /** A thousand in a second. */
    private static void send(int count, Stanza stanza) {
        long begin = System.nanoTime();
        for (int i = 0; i < count; i++) {
            stanza.send(i);
            while (System.nanoTime() - begin < TimeUnit.MILLISECONDS.toNanos(i)) {
                LockSupport.parkNanos(100_000);
            }
        }
    }

    private void garbage(Person from, String type, String to, int index) {
        Element message = Stanzas.stanza("message", type, from.client().address().toString(), to, "g" + index);
        message.addElement("body").setText("x");
        int kind = index % 4;
        if (kind == 0) {
            message.addElement("encrypted", Family.OMEMO_2.namespace());
        } else if (kind == 1) {
            for (int i = 0; i < 200; i++) {
                message.add(Garbage.encrypted(echo, 1, random));
            }
        } else {
            message.add(Garbage.encrypted(echo, botDevice(), random));
        }
        from.send(message);
    }

    private int botDevice() {
        if (device == 0) {
            device = owner.client().devices().stores().get(Family.OMEMO_2).devices(echo).keySet().iterator().next();
        }
        return device;
    }
}

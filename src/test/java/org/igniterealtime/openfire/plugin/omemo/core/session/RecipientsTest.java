package org.igniterealtime.openfire.plugin.omemo.core.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.igniterealtime.openfire.plugin.omemo.core.profile.Profile;
import org.igniterealtime.openfire.plugin.omemo.core.store.DeviceAddress;
import org.igniterealtime.openfire.plugin.omemo.protocol.BareJid;
import org.igniterealtime.openfire.plugin.omemo.protocol.Delivery;
import org.igniterealtime.openfire.plugin.omemo.protocol.DeviceList;
import org.igniterealtime.openfire.plugin.omemo.protocol.Encrypted;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Which devices a message is for: all of the recipients' and one's own others, in rooms those of all members. */
class RecipientsTest {

    private static final BareJid ROOM = BareJid.of("room@conference.example.org").orElseThrow();

    private final TestClock clock = new TestClock();
    private TestDevice alice;
    private TestDevice laptop;
    private TestDevice bob;
    private TestDevice tablet;
    private TestDevice carol;

    private void meet(Profile profile) {
        alice = TestDevice.create(profile, "alice@example.org", 1001, clock);
        laptop = TestDevice.create(profile, "alice@example.org", 1002, clock);
        bob = TestDevice.create(profile, "bob@example.org", 2002, clock);
        tablet = TestDevice.create(profile, "bob@example.org", 2003, clock);
        carol = TestDevice.create(profile, "carol@example.org", 3003, clock);
        List<TestDevice> all = List.of(alice, laptop, bob, tablet, carol);
        all.forEach(device -> device.knows(all.stream().filter(other -> other != device).toArray(TestDevice[]::new)));
    }

    private static Outgoing write(TestDevice from, Conversation conversation, TestDevice... devices) {
        return from.device.encrypt(conversation, List.of(TestDevice.body("hello")), TestDevice.bundles(devices));
    }

    private Outgoing writeToRoom(List<TestDevice> members, TestDevice... devices) {
        return write(alice, Conversation.inRoom(ROOM, members.stream().map(TestDevice::jid).toList()), devices);
    }

    private static Set<DeviceAddress> addressees(Outgoing outgoing) {
        return TestDevice.ready(outgoing).recipients().stream().flatMap(recipient -> recipient.keys().stream()
            .map(key -> new DeviceAddress(recipient.jid().orElseThrow(), key.rid()))).collect(Collectors.toSet());
    }

    private static Set<DeviceAddress> addresses(TestDevice... devices) {
        return Arrays.stream(devices).map(TestDevice::address).collect(Collectors.toSet());
    }

    private static Outcome receiveInRoom(TestDevice device, TestDevice from, Outgoing outgoing) {
        return device.device.decrypt(Delivery.inRoom(from.jid(), ROOM), TestDevice.ready(outgoing)).outcome();
    }

    @ParameterizedTest
    @EnumSource
    void allDevicesOfThePeerAndOnesOwnOthersGetIt(Profile profile) {
        meet(profile);
        Outgoing outgoing = alice.write("hello", bob, tablet, laptop);
        assertThat(addressees(outgoing)).isEqualTo(addresses(bob, tablet, laptop));
        assertThat(outgoing.leftOut().isNobody()).isTrue();
        Encrypted message = TestDevice.ready(outgoing);
        assertThat(message.sid()).isEqualTo(1001);
        assertThat(bob.read(alice, message)).isEqualTo("hello");
        assertThat(tablet.read(alice, message)).isEqualTo("hello");
        Outcome copy = laptop.device.decrypt(Delivery.toAccount(alice.jid(), bob.jid()), message).outcome();
        assertThat(copy).isInstanceOfSatisfying(Outcome.Content.class, content -> {
            assertThat(content.content().body()).contains("hello");
            assertThat(content.faults()).isEmpty();
        });
        assertThat(alice.receive(alice, message).outcome()).isInstanceOf(Outcome.OwnMessage.class);
        assertThat(carol.receive(alice, message).outcome()).isInstanceOf(Outcome.NotForThisDevice.class);
    }

    @ParameterizedTest
    @EnumSource
    void aRoomsMessageIsForAllMembersAndSaysSo(Profile profile) {
        meet(profile);
        Outgoing outgoing = writeToRoom(List.of(alice, bob, carol), laptop, bob, tablet, carol);
        assertThat(addressees(outgoing)).isEqualTo(addresses(laptop, bob, tablet, carol));
        assertThat(outgoing.leftOut().isNobody()).isTrue();
        for (TestDevice device : List.of(laptop, bob, tablet, carol)) {
            Outcome outcome = receiveInRoom(device, alice, outgoing);
            assertThat(outcome).isInstanceOfSatisfying(Outcome.Content.class, content -> {
                assertThat(content.content().to()).contains(ROOM);
                assertThat(content.content().from()).contains(alice.jid());
                assertThat(content.faults()).isEmpty();
            });
        }
        assertThat(receiveInRoom(alice, alice, outgoing)).isInstanceOf(Outcome.OwnMessage.class);
    }

    @ParameterizedTest
    @EnumSource
    void membersComeAndGo(Profile profile) {
        meet(profile);
        assertThat(addressees(writeToRoom(List.of(alice, bob), laptop, bob, tablet)))
            .isEqualTo(addresses(laptop, bob, tablet));
        assertThat(addressees(writeToRoom(List.of(alice, bob, carol), carol)))
            .isEqualTo(addresses(laptop, bob, tablet, carol));
        Outgoing without = writeToRoom(List.of(alice, carol));
        assertThat(addressees(without)).isEqualTo(addresses(laptop, carol));
        assertThat(receiveInRoom(bob, alice, without)).isInstanceOf(Outcome.NotForThisDevice.class);
    }

    @ParameterizedTest
    @EnumSource
    void devicesComeAndGo(Profile profile) {
        meet(profile);
        alice.device.takeOver(bob.jid(), TestDevice.listOf(bob));
        assertThat(addressees(alice.write("hello", bob, tablet, laptop))).isEqualTo(addresses(bob, laptop));
        alice.device.takeOver(bob.jid(), TestDevice.listOf(bob, tablet));
        Conversation conversation = Conversation.with(bob.jid());
        assertThat(alice.device.bundlesNeeded(conversation)).isEqualTo(addresses(tablet));
        assertThat(addressees(write(alice, conversation, tablet))).isEqualTo(addresses(bob, tablet, laptop));
        alice.device.takeOver(bob.jid(), TestDevice.listOf(tablet));
        alice.device.takeOver(alice.jid(), TestDevice.listOf(alice));
        assertThat(addressees(write(alice, conversation))).isEqualTo(addresses(tablet));
        assertThat(alice.device.bundlesNeeded(conversation)).isEmpty();
    }

    /** The others do not get it; that is told, and no reason to withhold it. */
    @ParameterizedTest
    @EnumSource
    void whoCannotReadItIsTold(Profile profile) {
        meet(profile);
        alice.device.takeOver(carol.jid(), emptyList(profile));
        Outgoing outgoing = writeToRoom(List.of(alice, bob, carol), laptop, bob);
        assertThat(addressees(outgoing)).isEqualTo(addresses(laptop, bob));
        assertThat(outgoing.leftOut().withoutDevices()).containsExactly(carol.jid());
        assertThat(outgoing.leftOut().withoutBundle()).containsExactly(tablet.address());
    }

    @ParameterizedTest
    @EnumSource
    void oneselfIsNobodyToWriteTo(Profile profile) {
        meet(profile);
        alice.device.takeOver(alice.jid(), TestDevice.listOf(alice));
        Outgoing outgoing = writeToRoom(List.of(alice, bob), bob, tablet);
        assertThat(outgoing.leftOut().isNobody()).isTrue();
        alice.device.takeOver(alice.jid(), TestDevice.listOf(alice, laptop));
        Outgoing toNobody = writeToRoom(List.of(alice, carol), laptop);
        assertThat(TestDevice.withheld(toNobody)).isEqualTo(Outgoing.Cause.NOBODY_TO_READ);
        assertThat(toNobody.leftOut().withoutBundle()).containsExactly(carol.address());
    }

    @ParameterizedTest
    @EnumSource
    void notesToOneselfReachOnesOtherDevices(Profile profile) {
        meet(profile);
        Conversation conversation = Conversation.with(alice.jid());
        Outgoing outgoing = write(alice, conversation, laptop);
        assertThat(addressees(outgoing)).isEqualTo(addresses(laptop));
        assertThat(laptop.read(alice, TestDevice.ready(outgoing))).isEqualTo("hello");
        alice.device.takeOver(alice.jid(), TestDevice.listOf(alice));
        assertThat(TestDevice.withheld(write(alice, conversation))).isEqualTo(Outgoing.Cause.NOBODY_TO_READ);
    }

    private static DeviceList emptyList(Profile profile) {
        return new DeviceList(profile.family(), List.of());
    }
}

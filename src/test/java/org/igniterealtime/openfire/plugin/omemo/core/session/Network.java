package org.igniterealtime.openfire.plugin.omemo.core.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.igniterealtime.openfire.plugin.omemo.core.OmemoException.Reason;
import org.igniterealtime.openfire.plugin.omemo.core.profile.Profile;
import org.igniterealtime.openfire.plugin.omemo.core.store.DeviceAddress;
import org.igniterealtime.openfire.plugin.omemo.core.store.InMemoryStore;
import org.igniterealtime.openfire.plugin.omemo.core.store.OmemoStore;
import org.igniterealtime.openfire.plugin.omemo.protocol.BareJid;
import org.igniterealtime.openfire.plugin.omemo.protocol.Bundle;
import org.igniterealtime.openfire.plugin.omemo.protocol.Delivery;
import org.igniterealtime.openfire.plugin.omemo.protocol.Encrypted;

/**
 * Some devices and a bad network between them: it loses, delays and duplicates what they send. They do what messages
 * call for, restart from storage, are offline for a while and catch up. The seed decides everything.
 */
final class Network {

    private static final int LATEST = 40;
    private static final int NO_CONTENT = -1;

    final TestClock clock = new TestClock();
    private final Random dice;
    private final List<TestDevice> devices;
    private final Function<OmemoStore, OmemoStore> reload;
    private final Optional<BareJid> room;
    private final Map<DeviceAddress, Bundle> published = new HashMap<>();
    private final List<Packet> underway = new ArrayList<>();
    private final Set<TestDevice> offline = new LinkedHashSet<>();
    private final boolean isTroubled;
    private boolean isGood;

    final List<Read> read = new ArrayList<>();
    final List<Lost> lost = new ArrayList<>();

    /** Why copies of what had been read were refused. */
    final Set<Reason> refusals = EnumSet.noneOf(Reason.class);

    /** A message that came out at a device. */
    record Read(int number, DeviceAddress at) {
    }

    /** A message that arrived at a device and did not come out. */
    record Lost(int number, DeviceAddress from, DeviceAddress at, Outcome outcome) {
    }

    /** A message on its way to a device; a copy is the same object. */
    private static final class Packet {

        final int number;
        final TestDevice from;
        final TestDevice to;
        final Encrypted message;
        final Delivery delivery;
        boolean read;

        Packet(int number, TestDevice from, TestDevice to, Encrypted message, Delivery delivery) {
            this.number = number;
            this.from = from;
            this.to = to;
            this.message = message;
            this.delivery = delivery;
        }
    }

    /**
     * @param room where they talk, unless it is to each other
     * @param addresses of the devices, as {@code jid/id}
     * @param isTroubled whether devices lose their sessions now and then, and users start over
     * @param reload what a store becomes when its device restarts
     */
    Network(Profile profile, long seed, Optional<BareJid> room, List<String> addresses, boolean isTroubled,
            DeviceSettings settings, Function<OmemoStore, OmemoStore> reload) {
        this.dice = new Random(seed);
        this.isTroubled = isTroubled;
        this.reload = reload;
        this.room = room;
        this.devices = addresses.stream().map(address -> {
            String[] parts = address.split("/");
            int id = Integer.parseInt(parts[1]);
            return TestDevice.create(profile, parts[0], id, seed * id, clock, settings, new InMemoryStore());
        }).toList();
        devices.forEach(device -> {
            device.knows(others(device).toArray(TestDevice[]::new));
            publish(device);
        });
    }

    TestDevice device(int index) {
        return devices.get(index);
    }

    BareJid[] accounts() {
        return devices.stream().map(TestDevice::jid).distinct().toArray(BareJid[]::new);
    }

    private Stream<TestDevice> others(TestDevice device) {
        return devices.stream().filter(other -> other != device);
    }

    private TestDevice any() {
        return devices.get(dice.nextInt(devices.size()));
    }

    private void publish(TestDevice device) {
        published.put(device.address(), device.device.bundle());
    }

    /** So many messages, and what happens meanwhile; then everything arrives that was not lost. */
    void run(int messages) {
        for (int number = 0; number < messages; number++) {
            TestDevice from = any();
            if (!offline.contains(from)) {
                send(number, from);
            }
            while (dice.nextInt(4) > 0) {
                happen();
            }
        }
        isGood = true;
        settle();
    }

    private void happen() {
        TestDevice device = any();
        switch (dice.nextInt(60)) {
            case 0 -> device.restart(reload, device.settings);
            case 1 -> offline.add(device);
            case 2, 3 -> comeBack(device);
            case 4 -> clock.pass(Duration.ofMinutes(dice.nextInt(60)));
            case 5 -> maintain(device);
            case 6 -> trouble(device);
            default -> deliverAny();
        }
    }

    private void trouble(TestDevice device) {
        if (isTroubled && !offline.contains(device)) {
            if (dice.nextBoolean()) {
                device.restart(device.contents(devices.toArray(TestDevice[]::new)).withoutSessions());
            } else {
                startOver(device, others(device).findFirst().orElseThrow());
            }
        }
    }

    private void maintain(TestDevice device) {
        if (device.device.maintain()) {
            publish(device);
        }
    }

    private Conversation conversation(TestDevice from) {
        List<BareJid> peers =
            others(from).map(TestDevice::jid).filter(jid -> !jid.equals(from.jid())).distinct().toList();
        return room.map(jid -> Conversation.inRoom(jid, List.of(accounts())))
            .orElseGet(() -> Conversation.with(peers.get(0)));
    }

    void send(int number, TestDevice from) {
        Conversation conversation = conversation(from);
        Map<DeviceAddress, Bundle> bundles = new HashMap<>();
        from.device.bundlesNeeded(conversation).forEach(address -> bundles.put(address, published.get(address)));
        Outgoing outgoing =
            from.device.encrypt(conversation, List.of(TestDevice.body(Integer.toString(number))), bundles);
        assertThat(outgoing.leftOut().isNobody()).isTrue();
        Encrypted message = TestDevice.ready(outgoing);
        assertThat(message.keyCount()).isEqualTo(devices.size() - 1);
        others(from).forEach(to -> putUnderway(new Packet(number, from, to, message, room.isPresent()
            ? Delivery.inRoom(from.jid(), room.get()) : Delivery.toAccount(from.jid(), conversation.jid()))));
    }

    private void sendEmpty(TestDevice from, TestDevice to, Outgoing outgoing) {
        if (outgoing instanceof Outgoing.Ready ready) {
            putUnderway(new Packet(
                NO_CONTENT, from, to, ready.message(), Delivery.toAccount(from.jid(), to.jid())));
        }
    }

    /** One in eight is lost, one in eight comes twice. */
    private void putUnderway(Packet packet) {
        int copies = isGood ? 1 : switch (dice.nextInt(8)) {
            case 0 -> 0;
            case 1 -> 2;
            default -> 1;
        };
        for (int copy = 0; copy < copies; copy++) {
            underway.add(packet);
        }
    }

    private void deliverAny() {
        if (!underway.isEmpty()) {
            int index = dice.nextInt(Math.min(underway.size(), LATEST));
            if (!offline.contains(underway.get(index).to)) {
                deliver(underway.remove(index));
            }
        }
    }

    private void deliver(Packet packet) {
        Incoming incoming = packet.to.device.decrypt(packet.delivery, packet.message);
        assertThat(incoming.identityChange()).isEmpty();
        judge(packet, incoming.outcome());
        obey(packet.to, packet.from, incoming.needs());
    }

    private void judge(Packet packet, Outcome outcome) {
        boolean wasRead = packet.read;
        if (outcome instanceof Outcome.Content content) {
            assertThat(content.content().body()).contains(Integer.toString(packet.number));
            assertThat(content.faults()).isEmpty();
            read.add(new Read(packet.number, packet.to.address()));
            packet.read = true;
        } else if (outcome instanceof Outcome.Empty) {
            assertThat(packet.number).isEqualTo(NO_CONTENT);
            assertThat(wasRead).isFalse();
            packet.read = true;
        } else if (wasRead) {
            refusals.add(((Outcome.Refused) outcome).reason());
        } else {
            lost.add(new Lost(packet.number, packet.from.address(), packet.to.address(), outcome));
        }
    }

    private void obey(TestDevice device, TestDevice from, Set<Need> needs) {
        assertThat(needs).doesNotContain(Need.FETCH_DEVICE_LIST);
        if (needs.contains(Need.PUBLISH_BUNDLE)) {
            publish(device);
        }
        if (needs.contains(Need.ANSWER) || needs.contains(Need.HEARTBEAT)) {
            sendEmpty(device, from, device.device.emptyMessage(from.address()));
        }
        if (needs.contains(Need.RECOVERY)) {
            recover(device, from);
        }
    }

    private void recover(TestDevice device, TestDevice peer) {
        sendEmpty(device, peer, device.device.recover(peer.address(), published.get(peer.address())));
    }

    /** Because the user wants it. */
    void startOver(TestDevice device, TestDevice peer) {
        sendEmpty(device, peer, device.device.startOver(peer.address(), published.get(peer.address())));
    }

    /** Reads in order what came while it was away. */
    private void comeBack(TestDevice device) {
        if (offline.remove(device)) {
            List<Packet> archive = underway.stream().filter(packet -> packet.to == device).toList();
            underway.removeIf(packet -> packet.to == device);
            device.device.beginCatchUp();
            archive.forEach(this::deliver);
            CatchUpResult result = device.device.endCatchUp();
            others(device).forEach(other -> {
                Optional.ofNullable(result.answers().get(other.address())).ifPresent(message -> putUnderway(
                    new Packet(NO_CONTENT, device, other, message, Delivery.toAccount(device.jid(), other.jid()))));
                if (result.toRecover().contains(other.address())) {
                    recover(device, other);
                }
            });
        }
    }

    /** Everybody is there, and everything arrives in the end. */
    void settle() {
        List.copyOf(offline).forEach(this::comeBack);
        while (!underway.isEmpty()) {
            deliverAny();
        }
    }
}

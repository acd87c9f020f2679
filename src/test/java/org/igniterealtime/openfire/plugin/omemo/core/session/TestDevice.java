package org.igniterealtime.openfire.plugin.omemo.core.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.dom4j.DocumentHelper;
import org.dom4j.Element;
import org.dom4j.QName;
import org.igniterealtime.openfire.plugin.omemo.core.crypto.IdentityKeyPair;
import org.igniterealtime.openfire.plugin.omemo.core.profile.Profile;
import org.igniterealtime.openfire.plugin.omemo.core.store.DeviceAddress;
import org.igniterealtime.openfire.plugin.omemo.core.store.Fingerprint;
import org.igniterealtime.openfire.plugin.omemo.core.store.InMemoryStore;
import org.igniterealtime.openfire.plugin.omemo.core.store.OmemoStore;
import org.igniterealtime.openfire.plugin.omemo.core.store.OwnDevice;
import org.igniterealtime.openfire.plugin.omemo.core.store.Trust;
import org.igniterealtime.openfire.plugin.omemo.core.vectors.SeededRandom;
import org.igniterealtime.openfire.plugin.omemo.protocol.BareJid;
import org.igniterealtime.openfire.plugin.omemo.protocol.Bundle;
import org.igniterealtime.openfire.plugin.omemo.protocol.ContentElement;
import org.igniterealtime.openfire.plugin.omemo.protocol.Delivery;
import org.igniterealtime.openfire.plugin.omemo.protocol.Device;
import org.igniterealtime.openfire.plugin.omemo.protocol.DeviceList;
import org.igniterealtime.openfire.plugin.omemo.protocol.Encrypted;

/** A device with what a test needs around it. Its keys and ids repeat themselves. */
final class TestDevice {

    static final DeviceSettings SETTINGS = DeviceSettings.DEFAULT.withBlindTrust();

    final TestClock clock;
    final SeededRandom random;
    final DeviceSettings settings;
    OmemoStore store;
    OmemoDevice device;

    private TestDevice(OwnDevice own, long seed, TestClock clock, DeviceSettings settings, OmemoStore store) {
        this.clock = clock;
        this.random = new SeededRandom(seed);
        this.settings = settings;
        this.store = store;
        this.device = OmemoDevice.create(own, store, random, clock, settings);
    }

    static TestDevice create(Profile profile, String jid, int id, TestClock clock, DeviceSettings settings) {
        return create(profile, jid, id, id, clock, settings, new InMemoryStore());
    }

    static TestDevice create(
            Profile profile, String jid, int id, long seed, TestClock clock, DeviceSettings settings, OmemoStore store) {
        OwnDevice own = new OwnDevice(profile, new DeviceAddress(BareJid.of(jid).orElseThrow(), id),
            IdentityKeyPair.generate(new SeededRandom(seed)), Optional.empty());
        return new TestDevice(own, seed, clock, settings, store);
    }

    /** A device that trusts blindly. */
    static TestDevice create(Profile profile, String jid, int id, TestClock clock) {
        return create(profile, jid, id, clock, SETTINGS);
    }

    /** Sees the device lists of these and of its own account as if nobody else were on them. */
    TestDevice knows(TestDevice... others) {
        Map<BareJid, List<TestDevice>> accounts = Stream.concat(Stream.of(this), Arrays.stream(others))
            .collect(Collectors.groupingBy(TestDevice::jid));
        accounts.forEach((jid, devices) -> device.takeOver(jid, listOf(devices.toArray(TestDevice[]::new))));
        return this;
    }

    static DeviceList listOf(TestDevice... devices) {
        return new DeviceList(devices[0].device.own().profile().family(), Arrays.stream(devices)
            .map(device -> new Device(device.address().deviceId(), Optional.empty(), Optional.empty())).toList());
    }

    DeviceAddress address() {
        return device.own().address();
    }

    BareJid jid() {
        return address().jid();
    }

    Fingerprint fingerprint() {
        return Fingerprint.of(device.own().identity().publicKey());
    }

    void decide(TestDevice about, Trust trust) {
        device.decide(about.jid(), about.fingerprint(), trust);
    }

    static Map<DeviceAddress, Bundle> bundles(TestDevice... devices) {
        return Arrays.stream(devices).map(device -> device.device)
            .collect(Collectors.toMap(device -> device.own().address(), OmemoDevice::bundle));
    }

    /** What becomes of a message to the accounts of these devices, whose bundles were all fetched. */
    Outgoing write(String body, TestDevice... to) {
        List<BareJid> accounts = Arrays.stream(to).map(TestDevice::jid).filter(jid -> !jid.equals(jid())).toList();
        return device.encrypt(Conversation.with(accounts.get(0)), List.of(body(body)), bundles(to));
    }

    /** A message that is expected to be ready. */
    Encrypted send(String body, TestDevice... to) {
        return ready(write(body, to));
    }

    static Encrypted ready(Outgoing outgoing) {
        assertThat(outgoing).isInstanceOf(Outgoing.Ready.class);
        return ((Outgoing.Ready) outgoing).message();
    }

    static Outgoing.Cause withheld(Outgoing outgoing) {
        assertThat(outgoing).isInstanceOf(Outgoing.Withheld.class);
        return ((Outgoing.Withheld) outgoing).cause();
    }

    Incoming receive(TestDevice from, Encrypted message) {
        return device.decrypt(Delivery.toAccount(from.jid(), jid()), message);
    }

    /** The body of a message that is expected to have one. */
    String read(TestDevice from, Encrypted message) {
        return content(receive(from, message)).content().body().orElseThrow();
    }

    static Outcome.Content content(Incoming incoming) {
        assertThat(incoming.outcome()).isInstanceOf(Outcome.Content.class);
        return (Outcome.Content) incoming.outcome();
    }

    /** A session in both directions. */
    void talksTo(TestDevice other) {
        assertThat(other.read(this, send("hello", other))).isEqualTo("hello");
        assertThat(read(other, other.send("hi", this))).isEqualTo("hi");
    }

    /** Goes on with what the store holds, as after a restart. */
    void restart(Function<OmemoStore, OmemoStore> reload, DeviceSettings settings) {
        store = reload.apply(store);
        device = OmemoDevice.open(store, random, clock, settings);
    }

    /** Goes on with other contents of its store, as after a restart from a copy. */
    void restart(StoreContents contents) {
        restart(before -> contents.inMemory(), settings);
    }

    /** What its store holds about itself and these. */
    StoreContents contents(TestDevice... others) {
        return StoreContents.of(store,
            Stream.concat(Stream.of(this), Arrays.stream(others)).map(TestDevice::jid).distinct().toArray(BareJid[]::new));
    }

    static ContentElement body(String text) {
        Element body = DocumentHelper.createElement(QName.get("body", "jabber:client"));
        body.setText(text);
        return ContentElement.of(body);
    }
}

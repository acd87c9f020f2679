package org.igniterealtime.openfire.plugin.omemo.core.peer;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.dom4j.DocumentException;
import org.dom4j.DocumentHelper;
import org.dom4j.Element;
import org.dom4j.QName;
import org.igniterealtime.openfire.plugin.omemo.core.profile.Profile;
import org.igniterealtime.openfire.plugin.omemo.core.session.Conversation;
import org.igniterealtime.openfire.plugin.omemo.core.session.DeviceSettings;
import org.igniterealtime.openfire.plugin.omemo.core.session.Incoming;
import org.igniterealtime.openfire.plugin.omemo.core.session.Need;
import org.igniterealtime.openfire.plugin.omemo.core.session.OmemoDevice;
import org.igniterealtime.openfire.plugin.omemo.core.session.Outcome;
import org.igniterealtime.openfire.plugin.omemo.core.session.Outgoing;
import org.igniterealtime.openfire.plugin.omemo.core.store.DeviceAddress;
import org.igniterealtime.openfire.plugin.omemo.core.store.InMemoryStore;
import org.igniterealtime.openfire.plugin.omemo.core.store.OmemoStore;
import org.igniterealtime.openfire.plugin.omemo.core.store.OwnDevice;
import org.igniterealtime.openfire.plugin.omemo.core.store.Trust;
import org.igniterealtime.openfire.plugin.omemo.core.vectors.SeededRandom;
import org.igniterealtime.openfire.plugin.omemo.protocol.BareJid;
import org.igniterealtime.openfire.plugin.omemo.protocol.Bundle;
import org.igniterealtime.openfire.plugin.omemo.protocol.ContentElement;
import org.igniterealtime.openfire.plugin.omemo.protocol.Delivery;
import org.igniterealtime.openfire.plugin.omemo.protocol.DeviceList;
import org.igniterealtime.openfire.plugin.omemo.protocol.Encrypted;
import org.igniterealtime.openfire.plugin.omemo.protocol.EncryptedLimits;
import org.igniterealtime.openfire.plugin.omemo.protocol.Family;
import org.igniterealtime.openfire.plugin.omemo.protocol.MalformedElementException;

/** A device of ours. It trusts blindly. */
final class Ours implements Party {

    /** When everything happens. */
    static final Instant TIME = Instant.parse("2026-01-02T03:04:05Z");

    private static final Profile PROFILE = Profile.OMEMO_2;
    private static final DeviceSettings SETTINGS = DeviceSettings.DEFAULT.withBlindTrust();
    private static final InstantSource CLOCK = InstantSource.fixed(TIME);

    private final BareJid own;
    private final BareJid other;
    private final SeededRandom random;
    private final Map<DeviceAddress, Bundle> bundles = new HashMap<>();
    private DeviceList devices;
    private OmemoStore store = new InMemoryStore();
    private OmemoDevice device;

    Ours(BareJid own, BareJid other, long seed) {
        this.own = own;
        this.other = other;
        this.random = new SeededRandom(seed);
        this.device = OmemoDevice.create(OwnDevice.generate(PROFILE, own, Set.of(), random).labelled("ours"), store,
            random, CLOCK, SETTINGS);
    }

    @Override
    public Answer announce() {
        Item list = new Item(PROFILE.family().deviceListNode(), "current",
            device.announce(Optional.empty()).toElement().asXML());
        return new Answer(Optional.empty(), Optional.empty(), List.of(list, bundle()), List.of());
    }

    private Item bundle() {
        int id = device.own().address().deviceId();
        return new Item(PROFILE.family().bundleNode(id), Integer.toString(id), device.bundle().toElement().asXML());
    }

    @Override
    public void learn(Item item) {
        switch (Family.ofNode(item.node()).orElseThrow().content()) {
            case DEVICE_LIST -> {
                devices = parse(item.xml(), DeviceList::parse);
                device.takeOver(other, devices);
            }
            case BUNDLES ->
                bundles.put(new DeviceAddress(other, Integer.parseInt(item.id())), bundle(item));
        }
    }

    @Override
    public Answer write(String body) {
        Element element = DocumentHelper.createElement(QName.get("body", "jabber:client"));
        element.setText(body);
        Outgoing outgoing = device.encrypt(Conversation.with(other), List.of(ContentElement.of(element)), bundles);
        return new Answer(Optional.of(xml(outgoing)), Optional.empty(), List.of(), List.of());
    }

    @Override
    public Answer read(String xml) {
        Incoming incoming = device.decrypt(Delivery.toAccount(other, own), encrypted(xml));
        List<Item> published = new ArrayList<>();
        List<String> sent = new ArrayList<>();
        for (Need need : incoming.needs()) {
            switch (need) {
                case ANSWER, HEARTBEAT -> sent.add(xml(device.emptyMessage(incoming.from())));
                case PUBLISH_BUNDLE -> published.add(bundle());
                case RECOVERY -> sent.add(xml(device.recover(incoming.from(), bundles.get(incoming.from()))));
                case FETCH_DEVICE_LIST -> throw new AssertionError("the device list is known");
            }
        }
        Optional<String> refusal = incoming.outcome() instanceof Outcome.Refused refused
            ? Optional.of(refused.reason().name()) : Optional.empty();
        return new Answer(refusal.isEmpty() ? body(incoming.outcome()) : Optional.empty(), refusal, published, sent);
    }

    /** Empty for an empty message, otherwise the body of a content that is as it should be. */
    private Optional<String> body(Outcome outcome) {
        if (outcome instanceof Outcome.Empty empty) {
            assertThat(empty.trust()).isEqualTo(Trust.BLIND);
            return Optional.empty();
        }
        assertThat(outcome).isInstanceOf(Outcome.Content.class);
        Outcome.Content content = (Outcome.Content) outcome;
        assertThat(content.trust()).isEqualTo(Trust.BLIND);
        assertThat(content.faults()).isEmpty();
        assertThat(content.content().from()).contains(other);
        assertThat(content.content().to()).contains(own);
        assertThat(content.content().time()).isPresent();
        assertThat(content.content().body()).isPresent();
        return content.content().body();
    }

    @Override
    public Answer startOver() {
        DeviceAddress address = new DeviceAddress(other, devices.devices().get(0).id());
        return new Answer(Optional.empty(), Optional.empty(), List.of(),
            List.of(xml(device.startOver(address, bundles.get(address)))));
    }

    /** Goes on with what its store holds. */
    void restart() {
        device = OmemoDevice.open(store, random, CLOCK, SETTINGS);
    }

    /** Goes on with its identity alone, as after a reinstallation; it has to be announced again. */
    void forgetSessions() {
        OwnDevice identity = device.own();
        store = new InMemoryStore();
        device = OmemoDevice.create(identity, store, random, CLOCK, SETTINGS);
        device.takeOver(other, devices);
    }

    static Encrypted encrypted(String xml) {
        return parse(xml, element -> Encrypted.parse(element, EncryptedLimits.DEFAULT));
    }

    static Bundle bundle(Item item) {
        return parse(item.xml(), Bundle::parse);
    }

    private static String xml(Outgoing outgoing) {
        assertThat(outgoing).isInstanceOf(Outgoing.Ready.class);
        assertThat(outgoing.leftOut().isNobody()).isTrue();
        return ((Outgoing.Ready) outgoing).message().toElement().asXML();
    }

    private interface Parser<T> {
        T parse(Element element) throws MalformedElementException;
    }

    private static <T> T parse(String xml, Parser<T> parser) {
        try {
            return parser.parse(DocumentHelper.parseText(xml).getRootElement());
        } catch (DocumentException | MalformedElementException e) {
            throw new AssertionError(xml, e);
        }
    }
}

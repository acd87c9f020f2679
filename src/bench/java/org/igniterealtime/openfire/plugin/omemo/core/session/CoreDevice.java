package org.igniterealtime.openfire.plugin.omemo.core.session;

import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.igniterealtime.openfire.plugin.omemo.core.profile.Profile;
import org.igniterealtime.openfire.plugin.omemo.core.store.DeviceAddress;
import org.igniterealtime.openfire.plugin.omemo.core.store.InMemoryStore;
import org.igniterealtime.openfire.plugin.omemo.core.store.OwnDevice;
import org.igniterealtime.openfire.plugin.omemo.protocol.BareJid;
import org.igniterealtime.openfire.plugin.omemo.protocol.ContentElement;
import org.igniterealtime.openfire.plugin.omemo.protocol.Delivery;
import org.igniterealtime.openfire.plugin.omemo.protocol.Encrypted;

/** A device of the core, for benchmarks. It speaks 0.4, the only one of its account. */
final class CoreDevice {

    final InMemoryStore store = new InMemoryStore();
    final DeviceContext context;
    final OmemoDevice device;

    CoreDevice(String account) {
        SecureRandom random = new SecureRandom();
        OwnDevice own =
            OwnDevice.generate(Profile.OMEMO_1, BareJid.of(account).orElseThrow(), Set.of(), random);
        context = new DeviceContext(
            own, store, random, InstantSource.system(), DeviceSettings.DEFAULT.withBlindTrust());
        device = OmemoDevice.create(own, store, random, InstantSource.system(), context.settings());
    }

    DeviceAddress address() {
        return context.own().address();
    }

    /** A key exchange with this device's first message to another. */
    Encrypted begin(CoreDevice other) {
        device.takeOver(other.address().jid(), other.device.announce(Optional.empty()));
        return ready(device.encrypt(Conversation.with(other.address().jid()), List.of(ContentElement.body("hello")),
            Map.of(other.address(), other.device.bundle())));
    }

    /** A session in both directions. */
    void talkTo(CoreDevice other) {
        other.read(this, begin(other));
        read(other, ready(other.device.emptyMessage(address())));
    }

    private void read(CoreDevice from, Encrypted message) {
        Delivery delivery = Delivery.toAccount(from.address().jid(), address().jid());
        if (device.decrypt(delivery, message).outcome() instanceof Outcome.Refused refused) {
            throw new IllegalStateException(refused.toString());
        }
    }

    static Encrypted ready(Outgoing outgoing) {
        return ((Outgoing.Ready) outgoing).message();
    }
}

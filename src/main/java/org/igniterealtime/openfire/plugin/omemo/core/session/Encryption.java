package org.igniterealtime.openfire.plugin.omemo.core.session;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.igniterealtime.openfire.plugin.omemo.core.payload.EncryptedPayload;
import org.igniterealtime.openfire.plugin.omemo.core.payload.KeyMaterial;
import org.igniterealtime.openfire.plugin.omemo.core.profile.Profile;
import org.igniterealtime.openfire.plugin.omemo.core.store.DeviceAddress;
import org.igniterealtime.openfire.plugin.omemo.protocol.BareJid;
import org.igniterealtime.openfire.plugin.omemo.protocol.Base64Text;
import org.igniterealtime.openfire.plugin.omemo.protocol.Bundle;
import org.igniterealtime.openfire.plugin.omemo.protocol.ContentElement;
import org.igniterealtime.openfire.plugin.omemo.protocol.Encrypted;
import org.igniterealtime.openfire.plugin.omemo.protocol.RandomPadding;
import org.igniterealtime.openfire.plugin.omemo.protocol.Recipient;
import org.igniterealtime.openfire.plugin.omemo.protocol.SceContent;
import org.igniterealtime.openfire.plugin.omemo.protocol.SceForm;

/** Sending a message (XEP-0384, section of this name). */
final class Encryption {

    private final DeviceContext context;
    private final KnownDevices knownDevices;
    private final TrustBook trustBook;
    private final OptOuts optOuts;
    private final CatchUp catchUp;

    Encryption(DeviceContext context, KnownDevices knownDevices, TrustBook trustBook, OptOuts optOuts,
            CatchUp catchUp) {
        this.context = context;
        this.knownDevices = knownDevices;
        this.trustBook = trustBook;
        this.optOuts = optOuts;
        this.catchUp = catchUp;
    }

    /** The accounts whose devices get a message: the recipients and one's own. */
    Set<BareJid> accounts(Conversation conversation) {
        Set<BareJid> accounts = readers(conversation);
        accounts.add(ownAccount());
        return accounts;
    }

    /** Those for whom a message is written: oneself only if nobody else is there. */
    private Set<BareJid> readers(Conversation conversation) {
        Set<BareJid> readers = new LinkedHashSet<>(conversation.recipients());
        if (readers.size() > 1) {
            readers.remove(ownAccount());
        }
        return readers;
    }

    /** What is encrypted for a conversation: the elements in their affixes. */
    SceContent content(BareJid to, List<ContentElement> elements) {
        return new SceContent(elements, RandomPadding.draw(context.random()),
            Optional.of(ownAccount()), Optional.of(to), Optional.of(context.now()));
    }

    /** Content for all devices of the recipients that may read it, and for one's own others. */
    Outgoing encrypt(Conversation conversation, SceContent content, Map<DeviceAddress, Bundle> bundles) {
        Optional<Outgoing.Cause> blocked = blocked().or(() -> optOuts.blocked(conversation.jid()));
        if (blocked.isPresent()) {
            return withheld(blocked.get());
        }
        return context.store().atomically(() -> {
            Addressees addressees = new Addressees(context, trustBook);
            Set<BareJid> readers = readers(conversation);
            for (BareJid jid : accounts(conversation)) {
                List<DeviceAddress> devices = knownDevices.listed(jid);
                if (devices.isEmpty() && readers.contains(jid)) {
                    addressees.addWithoutDevices(jid);
                }
                devices.forEach(address ->
                    addressees.addForContent(address, Optional.ofNullable(bundles.get(address))));
            }
            if (!addressees.includeAny(readers)) {
                return withheld(Outgoing.Cause.NOBODY_TO_READ, addressees);
            }
            EncryptedPayload payload = EncryptedPayload.of(context.profile(), bytes(content), context.random());
            return ready(addressees, payload.keyMaterial().encode(), Optional.of(payload.ciphertext()));
        });
    }

    /** An empty message in the session that stands. */
    Outgoing encryptEmpty(DeviceAddress address) {
        return blocked().map(Encryption::withheld)
            .orElseGet(() -> context.store().atomically(() -> inSession(address)));
    }

    /** Empty messages to all who wait for one, as a part of a change. */
    Map<DeviceAddress, Encrypted> answers() {
        Map<DeviceAddress, Encrypted> answers = new LinkedHashMap<>();
        if (!optOuts.isDeactivated()) {
            for (DeviceAddress address : context.store().answersOwed()) {
                if (inSession(address) instanceof Outgoing.Ready ready) {
                    answers.put(address, ready.message());
                }
            }
        }
        return answers;
    }

    /** A key exchange with an empty message. */
    Outgoing startOver(DeviceAddress address, Bundle bundle) {
        return blocked().map(Encryption::withheld)
            .orElseGet(() -> context.store().atomically(() -> inNewSession(address, bundle)));
    }

    /** The same without the user having asked for it, within the limit. */
    Outgoing recover(DeviceAddress address, Bundle bundle) {
        Optional<Outgoing.Cause> blocked = context.mayRecover(address)
            ? blocked() : Optional.of(Outgoing.Cause.TOO_MANY_RECOVERIES);
        return blocked.map(Encryption::withheld).orElseGet(() -> context.store().atomically(() -> {
            Outgoing outgoing = inNewSession(address, bundle);
            if (outgoing instanceof Outgoing.Ready) {
                context.store().storeDevice(address, context.device(address).recovered(context.now()));
            }
            return outgoing;
        }));
    }

    /** Why nothing at all is to be encrypted, if so. */
    private Optional<Outgoing.Cause> blocked() {
        if (catchUp.isRunning()) {
            return Optional.of(Outgoing.Cause.CATCHING_UP);
        }
        return optOuts.isDeactivated() ? Optional.of(Outgoing.Cause.DEACTIVATED) : Optional.empty();
    }

    private Outgoing inSession(DeviceAddress address) {
        Addressees addressees = new Addressees(context, trustBook);
        addressees.addForEmptyMessage(address);
        return empty(address, addressees);
    }

    private Outgoing inNewSession(DeviceAddress address, Bundle bundle) {
        Addressees addressees = new Addressees(context, trustBook);
        addressees.addForNewSession(address, bundle);
        return empty(address, addressees);
    }

    private Outgoing empty(DeviceAddress address, Addressees addressees) {
        if (!addressees.includeAny(List.of(address.jid()))) {
            return withheld(Outgoing.Cause.NOBODY_TO_READ, addressees);
        }
        if (context.profile().emptyMessage() == Profile.EmptyMessage.ZERO_KEY) {
            return ready(addressees, KeyMaterial.ofEmptyMessage(), Optional.empty());
        }
        EncryptedPayload payload =
            EncryptedPayload.of(context.profile(), bytes(content(address.jid(), List.of())), context.random());
        return ready(addressees, payload.keyMaterial().encode(), Optional.of(payload.ciphertext()));
    }

    private BareJid ownAccount() {
        return context.own().address().jid();
    }

    private byte[] bytes(SceContent content) {
        return content.toBytes(SceForm.of(context.profile().family()).orElseThrow());
    }

    private Outgoing ready(Addressees addressees, byte[] keyMaterial, Optional<byte[]> payload) {
        List<Recipient> recipients = addressees.encrypt(keyMaterial);
        Encrypted message = new Encrypted(context.profile().family(), context.own().address().deviceId(), recipients,
            Optional.empty(), payload.map(Base64Text::encode));
        return new Outgoing.Ready(message, addressees.leftOut(), addressees.identityChanges());
    }

    private static Outgoing withheld(Outgoing.Cause cause) {
        return new Outgoing.Withheld(cause, LeftOut.NOBODY, List.of());
    }

    private static Outgoing withheld(Outgoing.Cause cause, Addressees addressees) {
        return new Outgoing.Withheld(cause, addressees.leftOut(), addressees.identityChanges());
    }
}

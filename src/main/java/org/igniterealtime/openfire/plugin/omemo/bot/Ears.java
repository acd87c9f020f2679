package org.igniterealtime.openfire.plugin.omemo.bot;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.dom4j.Element;
import org.igniterealtime.openfire.plugin.omemo.core.OmemoException;
import org.igniterealtime.openfire.plugin.omemo.core.session.Incoming;
import org.igniterealtime.openfire.plugin.omemo.core.session.Need;
import org.igniterealtime.openfire.plugin.omemo.core.session.OmemoDevice;
import org.igniterealtime.openfire.plugin.omemo.core.session.Outcome;
import org.igniterealtime.openfire.plugin.omemo.core.store.ConversationMode;
import org.igniterealtime.openfire.plugin.omemo.core.store.DeviceAddress;
import org.igniterealtime.openfire.plugin.omemo.protocol.BareJid;
import org.igniterealtime.openfire.plugin.omemo.protocol.Delivery;
import org.igniterealtime.openfire.plugin.omemo.protocol.Encrypted;
import org.igniterealtime.openfire.plugin.omemo.protocol.EncryptedLimits;
import org.igniterealtime.openfire.plugin.omemo.protocol.Family;
import org.igniterealtime.openfire.plugin.omemo.protocol.MalformedElementException;

/**
 * Reads encrypted messages, in whatever family they come, and does what they call for (see {@link Need}). Used on the
 * client's lane only.
 */
final class Ears {

    private record Recovering(Family family, DeviceAddress device) {
    }

    private final Devices devices;
    private final PeerKeys keys;
    private final Voice voice;
    private final ClientEvents events;
    private final Problems problems;
    private final EncryptedLimits limits = EncryptedLimits.DEFAULT;
    private final Set<Recovering> recovering = new HashSet<>();

    Ears(Devices devices, PeerKeys keys, Voice voice, ClientEvents events, Problems problems) {
        this.devices = devices;
        this.keys = keys;
        this.voice = voice;
        this.events = events;
        this.problems = problems;
    }

    /** Whether there is anything in a message for this client's families. */
    boolean concerns(Element message) {
        return devices.byFamily().keySet().stream()
            .anyMatch(family -> Stanzas.child(message, Encrypted.ELEMENT, family.namespace()).isPresent());
    }

    /**
     * Reads a message.
     *
     * @param sender  the session that sent it
     * @param missed  whether it is of the past
     */
    void hear(Talk talk, Address sender, boolean missed, Element message) {
        Delivery delivery = talk.inRoom()
            ? Delivery.inRoom(sender.bare(), talk.jid()) : Delivery.toAccount(sender.bare(), ownAccount());
        boolean wasEncrypted = isEncrypted(talk.jid());
        // The newest family first: a message in two of them is told of once. There is one of each family, says the XEP.
        List<Family> families = new ArrayList<>(devices.byFamily().keySet());
        families.sort(Comparator.reverseOrder());
        boolean told = false;
        for (Family family : families) {
            Optional<Element> element = Stanzas.child(message, Encrypted.ELEMENT, family.namespace());
            if (element.isPresent()) {
                told |= hear(talk, sender, missed, delivery, family, element.get(), told);
            }
        }
        if (wasEncrypted && !isEncrypted(talk.jid())) {
            // Whoever opts out in one family does so in all.
            devices.byFamily().values().forEach(device -> device.confirmPlaintext(talk.jid()));
            events.optedOut(talk, sender.bare());
        }
    }

    private boolean isEncrypted(BareJid conversation) {
        return devices.byFamily().values().stream()
            .allMatch(device -> device.mode(conversation) == ConversationMode.ENCRYPTED);
    }

    private BareJid ownAccount() {
        return devices.any().own().address().jid();
    }

    /** @return whether content was told of */
    private boolean hear(Talk talk, Address sender, boolean missed, Delivery delivery, Family family, Element element,
            boolean told) {
        Encrypted encrypted;
        try {
            encrypted = Encrypted.parse(element, limits);
        } catch (MalformedElementException e) {
            problems.note(sender.bare() + " sends what is no OMEMO message (" + family.label() + "): " + e.getMessage());
            return false;
        }
        DeviceAddress from = new DeviceAddress(sender.bare(), encrypted.sid());
        if (!keys.isAdmitted(from, family)) {
            problems.note(from.jid() + " has too many devices or keys (" + family.label() + ")");
            return false;
        }
        OmemoDevice device = devices.byFamily().get(family);
        Incoming incoming = device.decrypt(delivery, encrypted);
        incoming.identityChange().ifPresent(change -> problems.note(
            "Device " + change.device() + " (" + family.label() + ") has another identity key than before"));
        boolean tells = tell(talk, from, family, missed, incoming.outcome(), told);
        for (Need need : incoming.needs()) {
            meet(need, device, family, from, sender);
        }
        return tells;
    }

    private boolean tell(
            Talk talk, DeviceAddress from, Family family, boolean missed, Outcome outcome, boolean told) {
        if (outcome instanceof Outcome.Content content) {
            if (content.optOut().isEmpty() && !told) {
                events.read(talk, new Reading(from, family, content.content(), content.trust(), missed));
            }
            return true;
        }
        if (outcome instanceof Outcome.Refused refused) {
            if (refused.reason() != OmemoException.Reason.DUPLICATE) {
                unreadable(talk, from, family, refused.reason().name().toLowerCase(Locale.ROOT).replace('_', '-'));
            }
        } else if (outcome instanceof Outcome.Misdirected misdirected) {
            unreadable(talk, from, family, "misdirected: " + misdirected.faults());
        } else if (outcome instanceof Outcome.Unreadable unreadable) {
            unreadable(talk, from, family, "no content: " + unreadable.flaw());
        } else if (outcome instanceof Outcome.NotForThisDevice) {
            unreadable(talk, from, family, "not-for-this-device");
        }
        return false;
    }

    private void unreadable(Talk talk, DeviceAddress from, Family family, String why) {
        problems.note("A message of device " + from + " (" + family.label() + ") cannot be read: " + why);
        events.unreadable(talk, from, family, why);
    }

    private void meet(Need need, OmemoDevice device, Family family, DeviceAddress from, Address sender) {
        switch (need) {
            case ANSWER, HEARTBEAT -> voice.sendEmpty(device.emptyMessage(from), sender.toString());
            case PUBLISH_BUNDLE -> events.bundleChanged(family);
            case FETCH_DEVICE_LIST -> keys.fetchListSoon(from.jid(), family);
            case RECOVERY -> recover(family, from, sender.toString());
        }
    }

    /** Begins a new session with a device whose message could not be read, if it may. */
    void recover(Family family, DeviceAddress device, String to) {
        Recovering one = new Recovering(family, device);
        if (keys.mayFetchBundle(device, family) && recovering.add(one)) {
            keys.fetchBundle(device, family, bundle -> {
                recovering.remove(one);
                voice.sendEmpty(devices.byFamily().get(family).recover(device, bundle), to);
            }, () -> recovering.remove(one));
        }
    }
}

package org.igniterealtime.openfire.plugin.omemo.core.session;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.igniterealtime.openfire.plugin.omemo.core.OmemoException;
import org.igniterealtime.openfire.plugin.omemo.core.OmemoException.Reason;
import org.igniterealtime.openfire.plugin.omemo.core.payload.KeyMaterial;
import org.igniterealtime.openfire.plugin.omemo.core.profile.Profile;
import org.igniterealtime.openfire.plugin.omemo.core.store.DeviceAddress;
import org.igniterealtime.openfire.plugin.omemo.core.store.DeviceSessions;
import org.igniterealtime.openfire.plugin.omemo.core.store.Fingerprint;
import org.igniterealtime.openfire.plugin.omemo.core.store.SessionState;
import org.igniterealtime.openfire.plugin.omemo.core.store.Trust;
import org.igniterealtime.openfire.plugin.omemo.protocol.AffixFault;
import org.igniterealtime.openfire.plugin.omemo.protocol.BareJid;
import org.igniterealtime.openfire.plugin.omemo.protocol.ContentElement;
import org.igniterealtime.openfire.plugin.omemo.protocol.Delivery;
import org.igniterealtime.openfire.plugin.omemo.protocol.Encrypted;
import org.igniterealtime.openfire.plugin.omemo.protocol.EncryptedKey;
import org.igniterealtime.openfire.plugin.omemo.protocol.MalformedElementException;
import org.igniterealtime.openfire.plugin.omemo.protocol.OptOut;
import org.igniterealtime.openfire.plugin.omemo.protocol.SceContent;
import org.igniterealtime.openfire.plugin.omemo.protocol.SceForm;

/**
 * Receiving a message (XEP-0384, section of this name). Everything is decrypted before anything is stored, so that a
 * message that is refused changes nothing.
 */
final class Decryption {

    /** Failures that a new session may mend; nonsense is none of them. */
    private static final Set<Reason> MENDABLE = EnumSet.of(Reason.NO_SESSION, Reason.UNAUTHENTICATED,
        Reason.TOO_MANY_SKIPPED, Reason.UNKNOWN_PREKEY, Reason.UNKNOWN_SIGNED_PREKEY);

    private final DeviceContext context;
    private final OwnKeys ownKeys;
    private final TrustBook trustBook;
    private final OptOuts optOuts;
    private final CatchUp catchUp;

    Decryption(DeviceContext context, OwnKeys ownKeys, TrustBook trustBook, OptOuts optOuts, CatchUp catchUp) {
        this.context = context;
        this.ownKeys = ownKeys;
        this.trustBook = trustBook;
        this.optOuts = optOuts;
        this.catchUp = catchUp;
    }

    Incoming decrypt(Delivery delivery, Encrypted encrypted) {
        DeviceAddress from = new DeviceAddress(delivery.sender(), encrypted.sid());
        if (context.isOwn(from)) {
            return unchanged(from, new Outcome.OwnMessage(), EnumSet.noneOf(Need.class));
        }
        Optional<EncryptedKey> key = keyFor(context.own().address(), encrypted);
        if (key.isEmpty()) {
            return unchanged(from, new Outcome.NotForThisDevice(), needsOfUnlisted(from));
        }
        Opening.Opened opened;
        try {
            Opening opening = new Opening(context, ownKeys, context.store().sessions(from));
            byte[] bytes = key.get().data().decode();
            opened = key.get().keyExchange() ? opening.openKeyExchange(bytes) : opening.open(bytes);
        } catch (OmemoException e) {
            return refused(from, e.reason());
        }
        Optional<byte[]> content;
        try {
            content = content(encrypted, opened.message().plaintext());
        } catch (OmemoException e) {
            return unchanged(from, new Outcome.Refused(e.reason()), needsOfUnlisted(from));
        }
        Incoming incoming = context.store().atomically(() -> accept(delivery, from, opened, content));
        catchUp.read(from);
        return incoming;
    }

    private static Optional<EncryptedKey> keyFor(DeviceAddress address, Encrypted encrypted) {
        return encrypted.recipients().stream()
            .filter(recipient -> recipient.jid().equals(Optional.of(address.jid())))
            .flatMap(recipient -> recipient.keys().stream())
            .filter(key -> key.rid() == address.deviceId()).findFirst();
    }

    /** Empty for an empty message without payload, which 0.7 sends under the namespace of 0.4, too. */
    private Optional<byte[]> content(Encrypted encrypted, byte[] keyMaterial) throws OmemoException {
        if (encrypted.payload().isPresent()) {
            return Optional.of(
                KeyMaterial.decode(context.profile(), keyMaterial).open(encrypted.payload().get().decode()));
        }
        if (!KeyMaterial.isOfEmptyMessage(keyMaterial)) {
            throw new OmemoException(Reason.UNDECODABLE);
        }
        return Optional.empty();
    }

    private Incoming accept(
            Delivery delivery, DeviceAddress from, Opening.Opened opened, Optional<byte[]> content) {
        SessionState next = opened.message().next();
        DeviceSessions sessions = sessionsAfter(from, opened);
        context.store().storeSessions(from, sessions);
        context.store().storeDevice(from, context.device(from).heard(context.now()));
        Optional<IdentityChange> change =
            sessions.current() == next ? trustBook.meet(from, next.identityKey()) : Optional.empty();
        Trust trust = trustBook.of(from.jid(), Fingerprint.of(next.identityKey()));

        Set<Need> needs = needsOfUnlisted(from);
        boolean active = !optOuts.isDeactivated();
        if (opened.begun() && ownKeys.use(opened.preKeyId(), catchUp.isRunning()) && active) {
            needs.add(Need.PUBLISH_BUNDLE);
        }
        if (active && !catchUp.isRunning() && trust.allowsEmptyMessages()) {
            if (opened.begun()) {
                needs.add(Need.ANSWER);
            }
            if (opened.message().heartbeatDue()) {
                needs.add(Need.HEARTBEAT);
            }
        }
        return new Incoming(from, outcome(delivery, content, trust), needs, change);
    }

    /**
     * The session to write in is the one in which the device has written last: so both sides come to the same one after
     * both have begun at once. But an own key exchange stands until it is answered. Theirs replaces even that (XEP-0384,
     * section "Receiving a message"): they may have made it because they could not read the own.
     */
    private DeviceSessions sessionsAfter(DeviceAddress from, Opening.Opened opened) {
        SessionState next = opened.message().next();
        Optional<DeviceSessions> before = context.store().sessions(from);
        if (before.isEmpty()) {
            return DeviceSessions.of(next);
        }
        DeviceSessions sessions = before.get();
        boolean own = sessions.current().unanswered().isPresent();
        if (opened.begun() || opened.message().isNews() && !own) {
            return sessions.withCurrent(next);
        }
        return sessions.with(next);
    }

    private Outcome outcome(Delivery delivery, Optional<byte[]> plaintext, Trust trust) {
        if (plaintext.isEmpty()) {
            return new Outcome.Empty(trust);
        }
        try {
            SceForm form = SceForm.of(context.profile().family()).orElseThrow();
            SceContent content = SceContent.parse(plaintext.get(), form);
            if (content.isEmpty()) {
                return new Outcome.Empty(trust);
            }
            Set<AffixFault> faults = content.faults(delivery);
            Optional<OptOut> optOut = optOut(content);
            if (faults.stream().anyMatch(AffixFault::isFatal)) {
                return new Outcome.Misdirected(content, trust, faults);
            }
            if (optOut.isPresent() && trust != Trust.DISTRUSTED) {
                optOuts.received(conversation(delivery));
            }
            return new Outcome.Content(content, trust, faults, optOut);
        } catch (MalformedElementException e) {
            return new Outcome.Unreadable(trust, e.flaw());
        }
    }

    private Optional<OptOut> optOut(SceContent content) throws MalformedElementException {
        Optional<ContentElement> element =
            content.find(context.profile().family().namespace(), OptOut.ELEMENT);
        return element.isPresent() ? Optional.of(OptOut.parse(element.get().toElement())) : Optional.empty();
    }

    /** What another of one's own devices has sent belongs to the conversation with the recipient. */
    private BareJid conversation(Delivery delivery) {
        return delivery.inRoom() || delivery.sender().equals(context.own().address().jid())
            ? delivery.recipient() : delivery.sender();
    }

    private Incoming refused(DeviceAddress from, Reason reason) {
        Set<Need> needs = needsOfUnlisted(from);
        if (isToBeMended(from, reason)) {
            if (catchUp.isRunning()) {
                catchUp.failed(from);
            } else {
                needs.add(Need.RECOVERY);
            }
        }
        return unchanged(from, new Outcome.Refused(reason), needs);
    }

    /** 0.8 and later mend no session by themselves, but begin one where there is none. */
    private boolean isToBeMended(DeviceAddress from, Reason reason) {
        boolean wanted = reason == Reason.NO_SESSION
            || MENDABLE.contains(reason) && context.profile().recovery() == Profile.Recovery.NEW_KEY_EXCHANGE;
        return wanted && !optOuts.isDeactivated() && trustBook.of(from).allowsEmptyMessages()
            && context.mayRecover(from);
    }

    private Set<Need> needsOfUnlisted(DeviceAddress from) {
        return context.device(from).listed()
            ? EnumSet.noneOf(Need.class) : EnumSet.of(Need.FETCH_DEVICE_LIST);
    }

    private static Incoming unchanged(DeviceAddress from, Outcome outcome, Set<Need> needs) {
        return new Incoming(from, outcome, needs, Optional.empty());
    }
}

package org.igniterealtime.openfire.plugin.omemo.core.session;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.igniterealtime.openfire.plugin.omemo.core.OmemoException;
import org.igniterealtime.openfire.plugin.omemo.core.crypto.IdentityKey;
import org.igniterealtime.openfire.plugin.omemo.core.store.DeviceAddress;
import org.igniterealtime.openfire.plugin.omemo.core.store.DeviceSessions;
import org.igniterealtime.openfire.plugin.omemo.core.store.Fingerprint;
import org.igniterealtime.openfire.plugin.omemo.core.store.SessionState;
import org.igniterealtime.openfire.plugin.omemo.core.store.Trust;
import org.igniterealtime.openfire.plugin.omemo.protocol.BareJid;
import org.igniterealtime.openfire.plugin.omemo.protocol.Base64Text;
import org.igniterealtime.openfire.plugin.omemo.protocol.Bundle;
import org.igniterealtime.openfire.plugin.omemo.protocol.EncryptedKey;
import org.igniterealtime.openfire.plugin.omemo.protocol.Recipient;

/** The devices that one message is for: with a session that stands or is built now, and trusted as far as needed. */
final class Addressees {

    private final DeviceContext context;
    private final TrustBook trustBook;
    private final Map<DeviceAddress, DeviceSessions> sessions = new LinkedHashMap<>();
    private final Set<BareJid> withoutDevices = new LinkedHashSet<>();
    private final Set<DeviceAddress> withoutBundle = new LinkedHashSet<>();
    private final Map<DeviceAddress, OmemoException.Reason> invalidBundles = new LinkedHashMap<>();
    private final Map<DeviceAddress, Fingerprint> undecided = new LinkedHashMap<>();
    private final Map<DeviceAddress, Fingerprint> distrusted = new LinkedHashMap<>();
    private final List<IdentityChange> identityChanges = new ArrayList<>();

    Addressees(DeviceContext context, TrustBook trustBook) {
        this.context = context;
        this.trustBook = trustBook;
    }

    void addWithoutDevices(BareJid jid) {
        withoutDevices.add(jid);
    }

    /** A device that is to read content: by the session that stands, or by one with this bundle. */
    void addForContent(DeviceAddress address, Optional<Bundle> bundle) {
        Optional<DeviceSessions> known = context.store().sessions(address);
        if (known.isPresent()) {
            if (isTrusted(address, known.get().current().identityKey(), true)) {
                sessions.put(address, known.get());
            }
        } else if (bundle.isEmpty()) {
            withoutBundle.add(address);
        } else {
            build(address, bundle.get(), true);
        }
    }

    /** A device that is to read an empty message by the session that stands. */
    void addForEmptyMessage(DeviceAddress address) {
        Optional<DeviceSessions> known = context.store().sessions(address);
        if (known.isEmpty()) {
            withoutBundle.add(address);
        } else if (isTrusted(address, known.get().current().identityKey(), false)) {
            sessions.put(address, known.get());
        }
    }

    /** A device that is to read an empty message by a new session, whatever session stands. */
    void addForNewSession(DeviceAddress address, Bundle bundle) {
        build(address, bundle, false);
    }

    private void build(DeviceAddress address, Bundle bundle, boolean forContent) {
        try {
            PublishedBundle published = PublishedBundle.verify(context.profile(), bundle);
            context.store().storeDevice(address,
                context.device(address).withBundle(published.keys().signedPreKey(), context.now()));
            trustBook.meet(address, published.keys().identityKey()).ifPresent(identityChanges::add);
            if (isTrusted(address, published.keys().identityKey(), forContent)) {
                SessionState built = Session.initiate(context.own().identity(), published.keys(),
                    Optional.of(published.anyPreKey(context.random())), context.random());
                sessions.put(address, context.store().sessions(address)
                    .map(known -> known.withCurrent(built)).orElseGet(() -> DeviceSessions.of(built)));
            }
        } catch (OmemoException e) {
            invalidBundles.put(address, e.reason());
            context.store().storeDevice(address, context.device(address).withoutBundle(context.now()));
        }
    }

    private boolean isTrusted(DeviceAddress address, IdentityKey key, boolean forContent) {
        Fingerprint fingerprint = Fingerprint.of(key);
        Trust trust = trustBook.of(address.jid(), fingerprint);
        if (forContent ? trust.allowsContent() : trust.allowsEmptyMessages()) {
            return true;
        }
        (trust == Trust.DISTRUSTED ? distrusted : undecided).put(address, fingerprint);
        return false;
    }

    /** Whether one of these accounts has a device that reads it. */
    boolean includeAny(Collection<BareJid> jids) {
        return sessions.keySet().stream().anyMatch(address -> jids.contains(address.jid()));
    }

    /** Encrypts what the ratchets carry, and stores how they go on. */
    List<Recipient> encrypt(byte[] keyMaterial) {
        Map<BareJid, List<EncryptedKey>> keys = new LinkedHashMap<>();
        sessions.forEach((address, all) -> {
            Session.Sent sent = Session.encrypt(all.current(), keyMaterial, context.random());
            context.store().storeSessions(address, all.with(sent.next()));
            context.store().storeDevice(address, context.device(address).written());
            keys.computeIfAbsent(address.jid(), jid -> new ArrayList<>()).add(
                new EncryptedKey(address.deviceId(), sent.keyExchange(), Base64Text.encode(sent.wire())));
        });
        List<Recipient> recipients = new ArrayList<>(keys.size());
        keys.forEach((jid, list) -> recipients.add(new Recipient(Optional.of(jid), list)));
        return recipients;
    }

    LeftOut leftOut() {
        return new LeftOut(withoutDevices, withoutBundle, invalidBundles, undecided, distrusted);
    }

    List<IdentityChange> identityChanges() {
        return List.copyOf(identityChanges);
    }
}

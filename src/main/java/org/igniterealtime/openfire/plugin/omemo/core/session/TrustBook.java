package org.igniterealtime.openfire.plugin.omemo.core.session;

import java.util.Map;
import java.util.Optional;
import org.igniterealtime.openfire.plugin.omemo.core.crypto.IdentityKey;
import org.igniterealtime.openfire.plugin.omemo.core.store.DeviceAddress;
import org.igniterealtime.openfire.plugin.omemo.core.store.DeviceRecord;
import org.igniterealtime.openfire.plugin.omemo.core.store.Fingerprint;
import org.igniterealtime.openfire.plugin.omemo.core.store.Trust;
import org.igniterealtime.openfire.plugin.omemo.protocol.BareJid;

/** Which keys are trusted. A decision is about a key of an account; a device has the key that it was seen with last. */
final class TrustBook {

    private final DeviceContext context;

    TrustBook(DeviceContext context) {
        this.context = context;
    }

    /** The trust in a key; undecided if it was never seen. */
    Trust of(BareJid jid, Fingerprint fingerprint) {
        return context.store().trust(jid).getOrDefault(fingerprint, Trust.UNDECIDED);
    }

    /** The trust in the key that a device was seen with last; undecided if it was never seen. */
    Trust of(DeviceAddress address) {
        return context.device(address).identity().map(key -> of(address.jid(), key)).orElse(Trust.UNDECIDED);
    }

    /** Notes the key that a device has; tells if it had another. */
    Optional<IdentityChange> meet(DeviceAddress address, IdentityKey key) {
        Fingerprint fingerprint = Fingerprint.of(key);
        DeviceRecord device = context.device(address);
        Optional<IdentityChange> change = device.identity().filter(before -> !before.equals(fingerprint))
            .map(before -> new IdentityChange(address, before, fingerprint));
        Map<Fingerprint, Trust> known = context.store().trust(address.jid());
        if (!known.containsKey(fingerprint)) {
            boolean blind = context.settings().blindTrust() && change.isEmpty() && !known.containsValue(Trust.TRUSTED);
            context.store().storeTrust(address.jid(), fingerprint, blind ? Trust.BLIND : Trust.UNDECIDED);
        }
        if (device.identity().isEmpty() || change.isPresent()) {
            context.store().storeDevice(address, device.withIdentity(fingerprint));
        }
        return change;
    }
}

package org.igniterealtime.openfire.plugin.omemo.core.session;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.igniterealtime.openfire.plugin.omemo.core.OmemoException;
import org.igniterealtime.openfire.plugin.omemo.core.store.DeviceAddress;
import org.igniterealtime.openfire.plugin.omemo.core.store.Fingerprint;
import org.igniterealtime.openfire.plugin.omemo.protocol.BareJid;

/**
 * Who cannot read a message, and why. This device itself is never among them.
 *
 * @param withoutDevices recipients without any listed device: their list is to be fetched, or they do not use OMEMO
 * @param withoutBundle devices without a session whose bundle is to be fetched
 * @param invalidBundles devices whose bundle was handed in and is of no use
 * @param undecided devices whose key waits for a decision
 * @param distrusted devices whose key is distrusted
 */
public record LeftOut(
    Set<BareJid> withoutDevices,
    Set<DeviceAddress> withoutBundle,
    Map<DeviceAddress, OmemoException.Reason> invalidBundles,
    Map<DeviceAddress, Fingerprint> undecided,
    Map<DeviceAddress, Fingerprint> distrusted) {

    static final LeftOut NOBODY = new LeftOut(Set.of(), Set.of(), Map.of(), Map.of(), Map.of());

    public LeftOut {
        withoutDevices = Collections.unmodifiableSet(new LinkedHashSet<>(withoutDevices));
        withoutBundle = Collections.unmodifiableSet(new LinkedHashSet<>(withoutBundle));
        invalidBundles = Collections.unmodifiableMap(new LinkedHashMap<>(invalidBundles));
        undecided = Collections.unmodifiableMap(new LinkedHashMap<>(undecided));
        distrusted = Collections.unmodifiableMap(new LinkedHashMap<>(distrusted));
    }

    /** Whether all can read it. */
    public boolean isNobody() {
        return equals(NOBODY);
    }
}

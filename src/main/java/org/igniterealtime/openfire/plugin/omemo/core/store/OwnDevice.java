package org.igniterealtime.openfire.plugin.omemo.core.store;

import java.security.SecureRandom;
import java.util.Optional;
import java.util.Set;
import org.igniterealtime.openfire.plugin.omemo.core.crypto.IdentityKeyPair;
import org.igniterealtime.openfire.plugin.omemo.core.profile.Profile;
import org.igniterealtime.openfire.plugin.omemo.protocol.BareJid;

/**
 * Who this device is. One identity may serve both profiles, with a store for each.
 *
 * @param profile the version of OMEMO that it speaks
 * @param address the own account and the device's id in it
 * @param identity IK
 * @param label what the user calls the device, for the device list; under 53 code points is recommended
 */
public record OwnDevice(
    Profile profile, DeviceAddress address, IdentityKeyPair identity, Optional<String> label) {

    /**
     * A new device of an account.
     *
     * @param taken the ids on the account's device list (XEP-0384, section "Business Rules")
     */
    public static OwnDevice generate(Profile profile, BareJid jid, Set<Integer> taken, SecureRandom random) {
        int id;
        do {
            id = random.nextInt(Integer.MAX_VALUE) + 1;
        } while (taken.contains(id));
        return new OwnDevice(
            profile, new DeviceAddress(jid, id), IdentityKeyPair.generate(random), Optional.empty());
    }

    /** The same with a label. */
    public OwnDevice labelled(String text) {
        return new OwnDevice(profile, address, identity, Optional.of(text));
    }
}

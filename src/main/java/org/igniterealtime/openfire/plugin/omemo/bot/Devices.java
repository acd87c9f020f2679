package org.igniterealtime.openfire.plugin.omemo.bot;

import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.igniterealtime.openfire.plugin.omemo.core.profile.Profile;
import org.igniterealtime.openfire.plugin.omemo.core.session.DeviceSettings;
import org.igniterealtime.openfire.plugin.omemo.core.session.OmemoDevice;
import org.igniterealtime.openfire.plugin.omemo.core.store.OmemoStore;
import org.igniterealtime.openfire.plugin.omemo.core.store.OwnDevice;
import org.igniterealtime.openfire.plugin.omemo.protocol.BareJid;
import org.igniterealtime.openfire.plugin.omemo.protocol.Family;

/**
 * One client's device in every family that it speaks: the same id, the same identity key, and a store for each family.
 *
 * @param stores what is kept of each
 * @param byFamily the device in each
 */
record Devices(Map<Family, OmemoStore> stores, Map<Family, OmemoDevice> byFamily) {

    Devices {
        stores = Collections.unmodifiableMap(new EnumMap<>(stores));
        byFamily = Collections.unmodifiableMap(new EnumMap<>(byFamily));
    }

    /** The families that the core speaks. */
    static final Set<Family> SPOKEN = Set.of(Family.OMEMO_1, Family.OMEMO_2);

    /**
     * Opens the devices that the stores hold, or makes them. A family that is added later gets the id and the identity of
     * those that are there.
     *
     * @param label for the device list
     * @param families which are spoken, at least one of {@link #SPOKEN}
     */
    static Devices open(BareJid account, String label, Set<Family> families, Function<Family, OmemoStore> storeOf,
            SecureRandom random, InstantSource clock, DeviceSettings settings) {
        Map<Family, OmemoStore> stores = new EnumMap<>(Family.class);
        SPOKEN.forEach(family -> stores.put(family, storeOf.apply(family)));
        Optional<OwnDevice> known =
            stores.values().stream().flatMap(store -> store.ownDevice().stream()).findFirst();
        OwnDevice own = known.orElseGet(() -> OwnDevice.generate(Profile.OMEMO_2, account, Set.of(), random));
        Map<Family, OmemoDevice> devices = new EnumMap<>(Family.class);
        for (Profile profile : Profile.values()) {
            if (families.contains(profile.family())) {
                OmemoStore store = stores.get(profile.family());
                OwnDevice named = new OwnDevice(profile, own.address(), own.identity(), Optional.of(label));
                if (store.ownDevice().isEmpty()) {
                    devices.put(profile.family(), OmemoDevice.create(named, store, random, clock, settings));
                } else {
                    store.atomically(() -> {
                        store.storeOwnDevice(named);
                        return named;
                    });
                    devices.put(profile.family(), OmemoDevice.open(store, random, clock, settings));
                }
            }
        }
        return new Devices(stores, devices);
    }

    OmemoDevice any() {
        return byFamily.values().iterator().next();
    }
}

package org.igniterealtime.openfire.plugin.omemo.load;

import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.igniterealtime.openfire.plugin.omemo.core.profile.Profile;
import org.igniterealtime.openfire.plugin.omemo.core.session.DeviceSettings;
import org.igniterealtime.openfire.plugin.omemo.core.session.OmemoDevice;
import org.igniterealtime.openfire.plugin.omemo.core.store.InMemoryStore;
import org.igniterealtime.openfire.plugin.omemo.core.store.OwnDevice;
import org.igniterealtime.openfire.plugin.omemo.protocol.BareJid;

/**
 * Bundles with valid keys and signatures, made by the core. Making one for each device would take minutes, so devices
 * have one of a few; nothing in a bundle says whose it is.
 */
final class Bundles {

    private static final int MADE = 32;

    private final List<String> omemo1 = make(Profile.OMEMO_1);
    private final List<String> omemo2 = make(Profile.OMEMO_2);

    /** The bundle of a device, as XML. */
    String of(Profile profile, int device) {
        return (profile == Profile.OMEMO_1 ? omemo1 : omemo2).get(device % MADE);
    }

    private static List<String> make(Profile profile) {
        SecureRandom random = new SecureRandom();
        BareJid jid = BareJid.of("maker@example.org").orElseThrow();
        return IntStream.range(0, MADE).mapToObj(i -> OmemoDevice.create(
            OwnDevice.generate(profile, jid, Set.of(), random), new InMemoryStore(), random, InstantSource.system(),
            DeviceSettings.DEFAULT).bundle().toElement().asXML()).toList();
    }
}

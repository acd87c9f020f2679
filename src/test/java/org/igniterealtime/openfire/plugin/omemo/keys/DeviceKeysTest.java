package org.igniterealtime.openfire.plugin.omemo.keys;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.dom4j.Element;
import org.igniterealtime.openfire.plugin.omemo.keys.DeviceKeys.State;
import org.igniterealtime.openfire.plugin.omemo.protocol.Family;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What pages tell of single devices. */
class DeviceKeysTest {

    @ParameterizedTest
    @EnumSource(Family.class)
    void itIsToldHowEachDevicesBundleIs(Family family) {
        List<Element> bundles = Samples.bundles(family);
        String signature = family == Family.LEGACY ? "signedPreKeySignature" : "spks";
        bundles.get(0).element(signature).setText(bundles.get(1).element(signature).getText());
        AccountKeys keys = new StoredAccount(family).list(1, 1, 2, 3, 4).bundle(1, 1).bundle(1, 2, bundles.get(0).asXML())
            .bundle(1, 3, "<nothing/>").bundle(1, 5).keys();

        List<DeviceKeys> devices = DeviceKeys.of(keys);

        assertThat(devices).extracting(DeviceKeys::id).containsExactly(1, 2, 3, 4, 5);
        assertThat(devices).extracting(DeviceKeys::bundle)
            .containsExactly(State.SIGNED, State.NOT_SIGNED, State.FAULTY, State.ABSENT, State.SIGNED);
        assertThat(devices).extracting(DeviceKeys::isListed).containsExactly(true, true, true, true, false);
        assertThat(devices).extracting(DeviceKeys::preKeys)
            .containsExactly(Samples.PREKEYS, Samples.PREKEYS, 0, 0, Samples.PREKEYS);
        assertThat(devices).extracting(device -> device.fingerprint().isPresent())
            .containsExactly(true, false, false, false, true);
    }

    @ParameterizedTest
    @EnumSource(Family.class)
    void ofOneDeviceTheSameIsToldAsOfAll(Family family) {
        AccountKeys keys = new StoredAccount(family).list(1, 1, 2).bundle(1, 1).bundle(1, 5).keys();

        for (DeviceKeys device : DeviceKeys.of(keys)) {
            assertThat(DeviceKeys.of(keys, family, device.id())).contains(device);
        }
        assertThat(DeviceKeys.of(keys, family, 3)).isEmpty();
        for (Family other : Family.values()) {
            assertThat(DeviceKeys.of(keys, other, 1).isPresent()).isEqualTo(other == family);
        }
    }
}

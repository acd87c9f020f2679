package org.igniterealtime.openfire.plugin.omemo.keys;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.dom4j.Element;
import org.igniterealtime.openfire.plugin.omemo.protocol.Family;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The identity keys that are told of accounts. */
class FamilyKeysTest {

    @ParameterizedTest
    @EnumSource(Family.class)
    void anIdentityKeyIsToldOfABundleThatVerifies(Family family) {
        assertThat(FamilyKeys.fingerprint(Samples.bundles(family).get(0))).isPresent();
    }

    @ParameterizedTest
    @EnumSource(Family.class)
    void noneIsToldOfABundleWithAForeignSignature(Family family) {
        List<Element> bundles = Samples.bundles(family);
        String signature = family == Family.LEGACY ? "signedPreKeySignature" : "spks";
        bundles.get(0).element(signature).setText(bundles.get(1).element(signature).getText());

        assertThat(FamilyKeys.fingerprint(bundles.get(0))).isEmpty();
    }
}

package org.igniterealtime.openfire.plugin.omemo.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.igniterealtime.openfire.plugin.omemo.protocol.OmemoNode.Content.BUNDLES;
import static org.igniterealtime.openfire.plugin.omemo.protocol.OmemoNode.Content.DEVICE_LIST;

import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class FamilyTest {

    @ParameterizedTest
    @CsvSource({
        "LEGACY,  legacy, eu.siacs.conversations.axolotl, eu.siacs.conversations.axolotl.devicelist, "
                + "eu.siacs.conversations.axolotl.bundles:31415",
        "OMEMO_1, 0.4,    urn:xmpp:omemo:1,               urn:xmpp:omemo:1:devices, urn:xmpp:omemo:1:bundles",
        "OMEMO_2, 0.8+,   urn:xmpp:omemo:2,               urn:xmpp:omemo:2:devices, urn:xmpp:omemo:2:bundles"
    })
    void hasTheNamesOfItsSpecification(Family family, String label, String namespace, String devices, String bundle) {
        assertThat(family.label()).isEqualTo(label);
        assertThat(family.namespace()).isEqualTo(namespace);
        assertThat(family.deviceListNode()).isEqualTo(devices);
        assertThat(family.bundleNode(31415)).isEqualTo(bundle);
    }

    @ParameterizedTest
    @EnumSource
    void isFoundByNamespaceAndLabel(Family family) {
        assertThat(Family.ofNamespace(family.namespace())).contains(family);
        assertThat(Family.ofLabel(family.label())).contains(family);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "urn:xmpp:omemo:0", "urn:xmpp:omemo:3", "URN:XMPP:OMEMO:1", "jabber:client"})
    void isNotFoundByAnotherName(String name) {
        assertThat(Family.ofNamespace(name)).isEmpty();
        assertThat(Family.ofLabel(name)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void recognisesItsNodes(Family family) {
        boolean legacy = family == Family.LEGACY;
        assertThat(Family.ofNode(family.deviceListNode()))
                .contains(new OmemoNode(family, DEVICE_LIST, OptionalInt.empty()));
        assertThat(Family.ofNode(family.bundleNode(Integer.MAX_VALUE)))
                .contains(new OmemoNode(family, BUNDLES,
                        legacy ? OptionalInt.of(Integer.MAX_VALUE) : OptionalInt.empty()));
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "", "urn:xmpp:omemo:1", "urn:xmpp:omemo:1:bundles:1", "urn:xmpp:omemo:2:devices ", "urn:xmpp:omemo:10:devices",
        "eu.siacs.conversations.axolotl", "eu.siacs.conversations.axolotl.bundles",
        "eu.siacs.conversations.axolotl.bundles:", "eu.siacs.conversations.axolotl.bundles:0",
        "eu.siacs.conversations.axolotl.bundles:01", "eu.siacs.conversations.axolotl.bundles:+1",
        "eu.siacs.conversations.axolotl.bundles:2147483648", "eu.siacs.conversations.axolotl.verification:1",
        "urn:xmpp:avatar:data"})
    void doesNotRecogniseOthers(String node) {
        assertThat(Family.ofNode(node)).isEmpty();
    }

    @Test
    void namesNoNodeForAnImpossibleDevice() {
        assertThatIllegalArgumentException().isThrownBy(() -> Family.LEGACY.bundleNode(0));
    }
}

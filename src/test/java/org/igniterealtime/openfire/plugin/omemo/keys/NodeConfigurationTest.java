package org.igniterealtime.openfire.plugin.omemo.keys;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.igniterealtime.openfire.plugin.omemo.protocol.Family;
import org.igniterealtime.openfire.plugin.omemo.protocol.OmemoNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class NodeConfigurationTest {

    private static NodeConfiguration required(String node) {
        OmemoNode omemo = Family.ofNode(node).orElseThrow();
        return NodeConfiguration.required(omemo, 500);
    }

    @ParameterizedTest
    @EnumSource(Family.class)
    void aListIsOpenAndHoldsOneItem(Family family) {
        assertThat(required(family.deviceListNode())).isEqualTo(new NodeConfiguration("open", true, 1));
    }

    @ParameterizedTest
    @EnumSource(Family.class)
    void bundlesHaveRoomForEveryDevice(Family family) {
        assertThat(required(family.bundleNode(1)).maxItems()).isEqualTo(family == Family.LEGACY ? 1 : 500);
    }

    @Test
    void whatPepMakesOnItsOwnHasToChange() {
        NodeConfiguration made = new NodeConfiguration("presence", false, 1);

        assertThat(made.differences(required("urn:xmpp:omemo:1:bundles"))).isEqualTo(Map.of(
            "pubsub#access_model", "open", "pubsub#persist_items", "1", "pubsub#max_items", "500"));
        assertThat(made.satisfies(required("urn:xmpp:omemo:1:bundles"))).isFalse();
    }

    @Test
    void onlyWhatIsWrongChanges() {
        assertThat(new NodeConfiguration("open", true, 1).differences(required("urn:xmpp:omemo:1:devices"))).isEmpty();
        assertThat(new NodeConfiguration("whitelist", true, 1).differences(required("urn:xmpp:omemo:1:devices")))
            .isEqualTo(Map.of("pubsub#access_model", "open"));
    }

    @Test
    void roomForMoreStaysAsItIs() {
        assertThat(new NodeConfiguration("open", true, 600).satisfies(required("urn:xmpp:omemo:1:bundles"))).isTrue();
        assertThat(new NodeConfiguration("open", false, 600).differences(required("urn:xmpp:omemo:1:devices")))
            .containsEntry("pubsub#max_items", "600");
    }

    @Test
    void aNodeWithoutALimitIsLargeEnough() {
        NodeConfiguration required = new NodeConfiguration(NodeConfiguration.OPEN, true, 500);

        assertThat(new NodeConfiguration(NodeConfiguration.OPEN, true, -1).satisfies(required)).isTrue();
        assertThat(new NodeConfiguration(NodeConfiguration.OPEN, false, -1).differences(required))
            .containsEntry(ConfigurationForm.MAX_ITEMS, "-1").containsEntry(ConfigurationForm.PERSIST_ITEMS, "1");
    }
}

package org.igniterealtime.openfire.plugin.omemo.keys;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.dom4j.Element;
import org.igniterealtime.openfire.plugin.omemo.protocol.Family;
import org.igniterealtime.openfire.plugin.omemo.protocol.OmemoNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PublishedDevicesTest {

    @ParameterizedTest
    @EnumSource(Family.class)
    void theStoredListAndThePublishedOneAreRead(Family family) {
        String list = Samples.deviceList(family, 3, 5).asXML();

        assertThat(PublishedDevices.of(stored(family, list), family.deviceListNode())).containsExactlyInAnyOrder(3, 5);
        assertThat(PublishedDevices.of(List.of(item("current", list)))).containsExactlyInAnyOrder(3, 5);
    }

    @Test
    void whatIsAbsentOrMalformedHasNone() {
        String node = Family.OMEMO_2.deviceListNode();

        assertThat(PublishedDevices.of(AccountKeys.NONE, node)).isEmpty();
        assertThat(PublishedDevices.of(stored(Family.OMEMO_2, "<x/>"), node)).isEmpty();
        assertThat(PublishedDevices.of(stored(Family.OMEMO_2, ""), node)).isEmpty();
        assertThat(PublishedDevices.of(List.of(item("current", "")))).isEmpty();
        assertThat(PublishedDevices.of(List.of(item("current",
            "<devices xmlns='urn:xmpp:omemo:2'><device id='0'/></devices>")))).isEmpty();
    }

    @Test
    void aBundleNamesItsDeviceInTheNodeOrInTheItem() {
        OmemoNode legacy = Family.ofNode(Family.LEGACY.bundleNode(9)).orElseThrow();
        OmemoNode newer = Family.ofNode(Family.OMEMO_1.bundleNode(9)).orElseThrow();

        assertThat(PublishedDevices.ofBundle(legacy, List.of(item("current", "<x/>")))).contains(9);
        assertThat(PublishedDevices.ofBundle(newer, List.of(item("7", "<x/>")))).contains(7);
        assertThat(PublishedDevices.ofBundle(newer, List.of(item("../x", "<x/>")))).isEmpty();
        assertThat(PublishedDevices.ofBundle(newer, List.of(Samples.parse("<item><x/></item>")))).isEmpty();
    }

    private static AccountKeys stored(Family family, String list) {
        return AccountKeys.of(Map.of(family.deviceListNode(), new PublishedNode(
            new NodeConfiguration(NodeConfiguration.OPEN, true, 1), true, Map.of("current", list))));
    }

    private static Element item(String id, String payload) {
        return Samples.parse("<item id='" + id + "'>" + payload + "</item>");
    }
}

package org.igniterealtime.openfire.plugin.omemo.keys;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.dom4j.DocumentHelper;
import org.dom4j.Element;
import org.igniterealtime.openfire.plugin.omemo.protocol.Family;
import org.igniterealtime.openfire.plugin.omemo.protocol.OmemoNode;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PublicationTest {

    private static OmemoNode listNode(Family family) {
        return Family.ofNode(family.deviceListNode()).orElseThrow();
    }

    private static OmemoNode bundleNode(Family family) {
        return Family.ofNode(family.bundleNode(4711)).orElseThrow();
    }

    private static String bundleItem(Family family) {
        return family == Family.LEGACY ? "current" : "4711";
    }

    private static List<PublicationFault> faults(OmemoNode node, String itemId, Element payload) {
        return Publication.judge(node, itemId, payload).stream().map(PublicationFinding::fault).toList();
    }

    private static List<PublicationFault> bundleFaults(Family family, Element bundle) {
        return faults(bundleNode(family), bundleItem(family), bundle);
    }

    static Stream<Arguments> bundles() {
        return Stream.of(Family.values())
            .flatMap(family -> Samples.bundles(family).stream().map(bundle -> Arguments.of(family, bundle)));
    }

    @ParameterizedTest
    @MethodSource("bundles")
    void findsNothingWrongWithBundlesOfOthersLibraries(Family family, Element bundle) {
        assertThat(bundleFaults(family, bundle)).isEmpty();
    }

    /** 0.5 to 0.7 write the Ed25519 point under the namespace of 0.4. */
    @Test
    void readsTheIdentityKeyOfTheNamespaceOf04EitherWay() {
        for (Element bundle : Samples.bundles(Family.OMEMO_2)) {
            String xml = bundle.asXML().replace("urn:xmpp:omemo:2", "urn:xmpp:omemo:1");

            assertThat(bundleFaults(Family.OMEMO_1, Samples.parse(xml))).isEmpty();
        }
    }

    @Test
    void readsTheIdentityKeyOf08OneWayOnly() {
        String xml = Samples.bundles(Family.OMEMO_1).get(0).asXML().replace("urn:xmpp:omemo:1", "urn:xmpp:omemo:2");

        assertThat(bundleFaults(Family.OMEMO_2, Samples.parse(xml)))
            .containsAnyOf(PublicationFault.INVALID_SIGNATURE, PublicationFault.INVALID_IDENTITY_KEY);
    }

    @ParameterizedTest
    @EnumSource(Family.class)
    void findsAForeignSignature(Family family) {
        List<Element> bundles = Samples.bundles(family);
        String signature = family == Family.LEGACY ? "signedPreKeySignature" : "spks";
        String foreign = bundles.get(1).element(signature).getText();
        bundles.get(0).element(signature).setText(foreign);

        assertThat(bundleFaults(family, bundles.get(0))).containsExactly(PublicationFault.INVALID_SIGNATURE);
    }

    @ParameterizedTest
    @EnumSource(Family.class)
    void countsPrekeys(Family family) {
        int least = family == Family.LEGACY ? 20 : 25;
        Element bundle = Samples.bundles(family).get(0);

        assertThat(bundleFaults(family, Samples.withPreKeys(family, bundle, least))).isEmpty();
        assertThat(Publication.judge(bundleNode(family), bundleItem(family),
            Samples.withPreKeys(family, bundle, least - 1))).singleElement().satisfies(finding -> {
                assertThat(finding.fault()).isEqualTo(PublicationFault.TOO_FEW_PREKEYS);
                assertThat(finding.sentence()).contains(Integer.toString(least - 1), Integer.toString(least));
            });
    }

    @ParameterizedTest
    @EnumSource(Family.class)
    void findsAPrekeyIdThatIsUsedTwice(Family family) {
        Element bundle = Samples.bundles(family).get(0);
        Element last = (Element) bundle.element("prekeys").elements().get(Samples.PREKEYS - 1);
        last.addAttribute(family == Family.LEGACY ? "preKeyId" : "id", "1");

        assertThat(bundleFaults(family, bundle)).containsExactly(PublicationFault.MALFORMED);
    }

    @ParameterizedTest
    @EnumSource(Family.class)
    void findsAKeyOfTheWrongLength(Family family) {
        Element bundle = Samples.bundles(family).get(0);
        bundle.element(family == Family.LEGACY ? "identityKey" : "ik").setText("AAAA");

        assertThat(bundleFaults(family, bundle)).containsExactly(PublicationFault.MALFORMED);
    }

    @Test
    void findsAnIdentityKeyThatIsNone() {
        Element bundle = Samples.bundles(Family.OMEMO_2).get(0);
        bundle.element("ik").setText("/".repeat(42) + "8=");

        assertThat(bundleFaults(Family.OMEMO_2, bundle)).containsExactly(PublicationFault.INVALID_IDENTITY_KEY);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "01", "-1", "+1", "2147483648", "99999999999999999999", "../x", "current", "1 ", "١"})
    void demandsADeviceIdAsTheItemsId(String itemId) {
        Element bundle = Samples.bundles(Family.OMEMO_1).get(0);

        assertThat(faults(bundleNode(Family.OMEMO_1), itemId, bundle))
            .containsExactly(PublicationFault.ITEM_ID_NOT_A_DEVICE_ID);
    }

    @Test
    void takesTheLargestDeviceId() {
        Element bundle = Samples.bundles(Family.OMEMO_1).get(0);

        assertThat(faults(bundleNode(Family.OMEMO_1), "2147483647", bundle)).isEmpty();
    }

    @Test
    void demandsAnItemId() {
        assertThat(faults(bundleNode(Family.OMEMO_1), null, Samples.bundles(Family.OMEMO_1).get(0)))
            .containsExactly(PublicationFault.ITEM_ID_NOT_A_DEVICE_ID);
        assertThat(faults(listNode(Family.OMEMO_1), null, Samples.deviceList(Family.OMEMO_1, 1)))
            .containsExactly(PublicationFault.ITEM_ID_NOT_CURRENT);
        assertThat(faults(bundleNode(Family.LEGACY), "4711", Samples.bundles(Family.LEGACY).get(0)))
            .containsExactly(PublicationFault.ITEM_ID_NOT_CURRENT);
    }

    @ParameterizedTest
    @EnumSource(Family.class)
    void takesDeviceLists(Family family) {
        assertThat(faults(listNode(family), "current", Samples.deviceList(family, 1, Integer.MAX_VALUE))).isEmpty();
        assertThat(faults(listNode(family), "current", Samples.deviceList(family))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "01", "2147483648", "", "x"})
    void findsDeviceIdsOutOfRange(String id) {
        Element list = Samples.deviceList(Family.OMEMO_1, 1);
        list.element("device").addAttribute("id", id);

        assertThat(faults(listNode(Family.OMEMO_1), "current", list)).containsExactly(PublicationFault.MALFORMED);
    }

    @Test
    void findsDeviceIdsThatAreUsedTwice() {
        assertThat(faults(listNode(Family.OMEMO_1), "current", Samples.deviceList(Family.OMEMO_1, 7, 8, 7)))
            .containsExactly(PublicationFault.MALFORMED);
    }

    @Test
    void demandsTheElementOfTheNode() {
        assertThat(faults(listNode(Family.OMEMO_1), "current", Samples.deviceList(Family.OMEMO_2, 1)))
            .containsExactly(PublicationFault.WRONG_ELEMENT);
        assertThat(faults(listNode(Family.OMEMO_1), "current", Samples.bundles(Family.OMEMO_1).get(0)))
            .containsExactly(PublicationFault.WRONG_ELEMENT);
        assertThat(faults(bundleNode(Family.OMEMO_1), "4711", Samples.deviceList(Family.OMEMO_1, 1)))
            .containsExactly(PublicationFault.WRONG_ELEMENT);
        assertThat(faults(listNode(Family.OMEMO_1), "current", null)).containsExactly(PublicationFault.NO_PAYLOAD);
    }

    @Test
    void findsWhatIsTooLargeAtNoCost() {
        Element list = Samples.deviceList(Family.OMEMO_1);
        for (int id = 1; id <= 100_000; id++) {
            list.addElement("device").addAttribute("id", Integer.toString(id));
        }
        Element longKey = Samples.bundles(Family.OMEMO_1).get(0);
        longKey.element("ik").setText("A".repeat(20 << 20));
        Element pieces = Samples.bundles(Family.OMEMO_1).get(0);
        for (int i = 0; i < 1_000_000; i++) {
            pieces.element("ik").addText("AAAAAAAAAAAAAAAAAAAA");
        }
        Element deep = DocumentHelper.createElement(list.getQName());
        Element innermost = deep;
        for (int i = 0; i < 100_000; i++) {
            innermost = innermost.addElement(list.getQName());
        }

        Assertions.assertTimeout(Duration.ofMillis(100), () -> {
            assertThat(faults(listNode(Family.OMEMO_1), "current", list)).containsExactly(PublicationFault.TOO_LARGE);
            assertThat(bundleFaults(Family.OMEMO_1, longKey)).containsExactly(PublicationFault.TOO_LARGE);
            assertThat(bundleFaults(Family.OMEMO_1, pieces)).containsExactly(PublicationFault.TOO_LARGE);
        });
        assertThat(faults(listNode(Family.OMEMO_1), "current", deep)).containsExactly(PublicationFault.TOO_LARGE);
    }

    @Test
    void quotesNothing() {
        Element list = Samples.deviceList(Family.OMEMO_1, 1);
        list.element("device").addAttribute("id", "SECRET").addAttribute("SECRET", "SECRET");
        list.addElement("SECRET", "SECRET");

        assertThat(Publication.judge(listNode(Family.OMEMO_1), "SECRET", list))
            .hasSize(2).noneMatch(finding -> finding.sentence().contains("SECRET"));
    }

    @ParameterizedTest
    @EnumSource(Family.class)
    void doesNotTakeABundleOfTheLargestAllowedSizeForTooLarge(Family family) {
        Element bundle = Samples.withPreKeys(family, Samples.bundles(family).get(0), 1_000);

        assertThat(bundleFaults(family, bundle)).isEmpty();
    }
}

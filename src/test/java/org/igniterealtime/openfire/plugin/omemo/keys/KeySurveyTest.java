package org.igniterealtime.openfire.plugin.omemo.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.igniterealtime.openfire.plugin.omemo.keys.KeyFindingCode.ABANDONED_BUNDLE;
import static org.igniterealtime.openfire.plugin.omemo.keys.KeyFindingCode.BUNDLE_WITHOUT_DEVICE;
import static org.igniterealtime.openfire.plugin.omemo.keys.KeyFindingCode.CLOSED_NODE;
import static org.igniterealtime.openfire.plugin.omemo.keys.KeyFindingCode.DEAD_DEVICE;
import static org.igniterealtime.openfire.plugin.omemo.keys.KeyFindingCode.DEVICE_WITHOUT_BUNDLE;
import static org.igniterealtime.openfire.plugin.omemo.keys.KeyFindingCode.FAULTY_BUNDLE;
import static org.igniterealtime.openfire.plugin.omemo.keys.KeyFindingCode.FAULTY_LIST;
import static org.igniterealtime.openfire.plugin.omemo.keys.KeyFindingCode.FEW_PREKEYS;
import static org.igniterealtime.openfire.plugin.omemo.keys.KeyFindingCode.SILENT_DEVICE;
import static org.igniterealtime.openfire.plugin.omemo.keys.KeyFindingCode.WRONG_CONFIGURATION;
import static org.igniterealtime.openfire.plugin.omemo.keys.StoredAccount.MOST_ITEMS;
import static org.igniterealtime.openfire.plugin.omemo.keys.StoredAccount.NOW;
import static org.igniterealtime.openfire.plugin.omemo.keys.StoredAccount.daysAgo;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.dom4j.Element;
import org.igniterealtime.openfire.plugin.omemo.protocol.BareJid;
import org.igniterealtime.openfire.plugin.omemo.protocol.Family;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeySurveyTest {

    private static final BareJid OWNER = BareJid.of("alice@example.org").orElseThrow();
    private static final String LIST = Family.OMEMO_2.deviceListNode();
    private static final String BUNDLES = Family.OMEMO_2.bundleNode(1);

    private static List<KeyFinding> survey(StoredAccount account, Instant lastSeen) {
        return new KeySurvey(MOST_ITEMS, SurveyLimits.DEFAULT, (owner, device) -> Optional.ofNullable(lastSeen))
            .of(OWNER, account.keys(), account.times(), NOW);
    }

    private static List<KeyFinding> survey(StoredAccount account) {
        return survey(account, null);
    }

    private static void assertCodes(List<KeyFinding> findings, KeyFindingCode... codes) {
        assertThat(findings).extracting(KeyFinding::code).containsExactly(codes);
    }

    @ParameterizedTest
    @EnumSource(Family.class)
    void findsNothingWhereAllIsInOrder(Family family) {
        assertThat(survey(new StoredAccount(family).list(200, 1, 2).bundle(2, 1).bundle(3, 2))).isEmpty();
        assertThat(survey(new StoredAccount(family))).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Family.class)
    void looksAtEachFamilyByItself(Family family) {
        Family other = family == Family.LEGACY ? Family.OMEMO_1 : Family.LEGACY;
        StoredAccount account = new StoredAccount(family).list(1, 5)
            .item(other.bundleNode(5), other == Family.LEGACY ? "current" : "5", Samples.bundles(other).get(0).asXML(), 1);

        assertThat(survey(account)).extracting(KeyFinding::code)
            .containsExactlyInAnyOrder(DEVICE_WITHOUT_BUNDLE, BUNDLE_WITHOUT_DEVICE);
    }

    @ParameterizedTest
    @EnumSource(Family.class)
    void findsADeviceWithoutABundleAndWaitsAWeekBeforeItIsDead(Family family) {
        assertThat(survey(new StoredAccount(family).list(6, 1, 2).bundle(1, 1))).singleElement().satisfies(finding -> {
            assertThat(finding.code()).isEqualTo(DEVICE_WITHOUT_BUNDLE);
            assertThat(finding.node()).isEqualTo(family.deviceListNode());
            assertThat(finding.device()).hasValue(2);
        });
        StoredAccount old = new StoredAccount(family).node(family.bundleNode(2), 9).list(8, 1, 2).bundle(1, 1);
        assertCodes(survey(old), DEAD_DEVICE);
        assertCodes(survey(old, daysAgo(9)), DEAD_DEVICE);
        assertCodes(survey(old, daysAgo(6)), DEVICE_WITHOUT_BUNDLE);
    }

    @Test
    void doesNotTakeADeviceForDeadWhoseBundleANodeMayHaveForgotten() {
        StoredAccount account = new StoredAccount(Family.OMEMO_2).list(30, 1, 2).bundle(30, 2);
        assertCodes(survey(account), DEAD_DEVICE);

        assertCodes(survey(account.configured(BUNDLES, new NodeConfiguration("open", true, 1), 30)),
            WRONG_CONFIGURATION, DEVICE_WITHOUT_BUNDLE);
        assertCodes(survey(account.configured(BUNDLES, new NodeConfiguration("open", false, MOST_ITEMS), 30)),
            WRONG_CONFIGURATION, DEVICE_WITHOUT_BUNDLE);
        assertCodes(survey(account.configured(BUNDLES, new NodeConfiguration("open", true, MOST_ITEMS), 6)),
            DEVICE_WITHOUT_BUNDLE);
        assertCodes(survey(account.configured(BUNDLES, new NodeConfiguration("whitelist", true, MOST_ITEMS), 8)),
            CLOSED_NODE, DEAD_DEVICE);
    }

    @ParameterizedTest
    @EnumSource(Family.class)
    void knowsThatADeviceIsDeadOnlyIfItWasWatched(Family family) {
        StoredAccount account = new StoredAccount(family).list(200, 1).bundle(181, 1);

        assertCodes(survey(account), SILENT_DEVICE);
        assertCodes(survey(account, daysAgo(300)), DEAD_DEVICE);
        assertCodes(survey(account, daysAgo(181)), DEAD_DEVICE);
        assertCodes(survey(account, daysAgo(179)));
        assertCodes(survey(new StoredAccount(family).list(200, 1).bundle(179, 1), daysAgo(300)));
    }

    @Test
    void takesNothingForDeadWhoseTimeIsNotKnown() {
        StoredAccount account = new StoredAccount(Family.OMEMO_2).list(400, 1, 2).bundle(400, 1).bundle(400, 3);
        KeySurvey survey = new KeySurvey(MOST_ITEMS, SurveyLimits.DEFAULT, (owner, device) -> Optional.of(daysAgo(400)));

        assertCodes(survey.of(OWNER, account.keys(), account.times(), NOW), DEAD_DEVICE, DEAD_DEVICE, ABANDONED_BUNDLE);
        assertCodes(survey.of(OWNER, account.keys(), KeyTimes.UNKNOWN, NOW),
            DEVICE_WITHOUT_BUNDLE, BUNDLE_WITHOUT_DEVICE);
    }

    @ParameterizedTest
    @EnumSource(Family.class)
    void findsABundleWithoutADeviceAndWaitsAWeekBeforeItIsAbandoned(Family family) {
        assertThat(survey(new StoredAccount(family).list(1, 1).bundle(20, 1).bundle(20, 7))).singleElement()
            .isEqualTo(KeyFinding.of(BUNDLE_WITHOUT_DEVICE, family.bundleNode(7), 7, ""));
        assertCodes(survey(new StoredAccount(family).list(20, 1).bundle(20, 1).bundle(6, 7)), BUNDLE_WITHOUT_DEVICE);
        assertCodes(survey(new StoredAccount(family).list(20, 1).bundle(1, 1).bundle(8, 7)), ABANDONED_BUNDLE);
        assertCodes(survey(new StoredAccount(family).list(20).bundle(20, 7)), ABANDONED_BUNDLE);
        assertCodes(survey(new StoredAccount(family).list(20).bundle(20, 7), daysAgo(1)), BUNDLE_WITHOUT_DEVICE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "no XML", "<devices", "<devices xmlns='urn:xmpp:omemo:2'><device id='0'/></devices>",
        "<devices xmlns='urn:xmpp:omemo:2'><device id='1'/><device id='1'/></devices>", "<devices/>",
        "<bundle xmlns='urn:xmpp:omemo:2'/>", "<list xmlns='eu.siacs.conversations.axolotl'/>",
        "<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><devices xmlns='urn:xmpp:omemo:2'>&e;</devices>"})
    void takesNoBundleForAbandonedBesideAListThatIsNotInOrder(String list) {
        assertCodes(survey(new StoredAccount(Family.OMEMO_2).item(LIST, "current", list, 400).bundle(400, 1)),
            FAULTY_LIST, BUNDLE_WITHOUT_DEVICE);
    }

    @Test
    void takesNothingForAbandonedOrDeadBesideAListThatIsNotThereOrNotTheOnlyOne() {
        String list = Samples.deviceList(Family.OMEMO_2, 2).asXML();

        assertCodes(survey(new StoredAccount(Family.OMEMO_2).bundle(400, 1)), BUNDLE_WITHOUT_DEVICE);
        assertCodes(survey(new StoredAccount(Family.OMEMO_2).node(LIST, 400).bundle(400, 1)), BUNDLE_WITHOUT_DEVICE);
        assertCodes(survey(new StoredAccount(Family.OMEMO_2).list(400).item(LIST, "x", list, 400).bundle(400, 1)),
            FAULTY_LIST, DEVICE_WITHOUT_BUNDLE, BUNDLE_WITHOUT_DEVICE);
        assertCodes(survey(new StoredAccount(Family.OMEMO_2).item(LIST, "x", list, 400).bundle(400, 2), daysAgo(400)),
            FAULTY_LIST, SILENT_DEVICE);
    }

    @ParameterizedTest
    @EnumSource(Family.class)
    void findsBundlesThatAreNone(Family family) {
        String garbage = "<bundle xmlns='" + family.namespace() + "'>SECRET</bundle>";
        Element foreign = Samples.bundles(family).get(0);
        String signature = family == Family.LEGACY ? "signedPreKeySignature" : "spks";
        foreign.element(signature).setText(Samples.bundles(family).get(1).element(signature).getText());

        assertThat(survey(new StoredAccount(family).list(1, 1, 2, 3).bundle(1, 1, garbage).bundle(1, 2, foreign.asXML())
            .bundle(1, 3, "")))
            .hasSize(3).allMatch(finding -> finding.code() == FAULTY_BUNDLE && !finding.detail().contains("SECRET"))
            .extracting(finding -> finding.device().orElseThrow()).containsExactlyInAnyOrder(1, 2, 3);
    }

    @Test
    void quotesNothingOfAnItemThatBelongsToNoDevice() {
        StoredAccount account = new StoredAccount(Family.OMEMO_1)
            .item(Family.OMEMO_1.bundleNode(1), "../x", Samples.bundles(Family.OMEMO_1).get(0).asXML(), 1);

        assertThat(survey(account)).singleElement().satisfies(finding -> {
            assertThat(finding.code()).isEqualTo(FAULTY_BUNDLE);
            assertThat(finding.device()).isEmpty();
            assertThat(finding.toString()).doesNotContain("..");
        });
    }

    @ParameterizedTest
    @EnumSource(Family.class)
    void findsABundleThatRunsOutOfPrekeys(Family family) {
        String few = Samples.withPreKeys(family, Samples.bundles(family).get(0), 3).asXML();

        assertThat(survey(new StoredAccount(family).list(1, 1).bundle(1, 1, few))).singleElement().satisfies(finding -> {
            assertThat(finding.code()).isEqualTo(FEW_PREKEYS);
            assertThat(finding.device()).hasValue(1);
            assertThat(finding.detail()).contains("3");
        });
    }

    @Test
    void tellsWhichFieldsOfANodeAreWrong() {
        StoredAccount account = new StoredAccount(Family.OMEMO_2).list(1, 1).bundle(1, 1)
            .configured(BUNDLES, new NodeConfiguration("whitelist", false, 1), 1);

        assertThat(survey(account)).containsExactlyInAnyOrder(
            KeyFinding.of(CLOSED_NODE, BUNDLES, "pubsub#access_model=whitelist"),
            KeyFinding.of(WRONG_CONFIGURATION, BUNDLES, "pubsub#persist_items=0, pubsub#max_items=1"));
    }

    @Test
    void isNotHeldUpByWhatIsHuge() {
        String large = "<devices xmlns='urn:xmpp:omemo:2'>" + "<device id='1'/>".repeat(2_000_000) + "</devices>";
        String deep = "<x xmlns='urn:xmpp:omemo:2'>" + "<x>".repeat(100_000) + "</x>".repeat(100_000) + "</x>";
        StoredAccount account = new StoredAccount(Family.OMEMO_2).item(LIST, "current", large, 400).bundle(400, 2, deep);

        Assertions.assertTimeout(Duration.ofSeconds(5), () -> assertThat(survey(account))
            .extracting(KeyFinding::code).containsExactly(FAULTY_BUNDLE, FAULTY_LIST, BUNDLE_WITHOUT_DEVICE));
    }
}

package org.igniterealtime.openfire.plugin.omemo.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.igniterealtime.openfire.plugin.omemo.keys.StoredAccount.MOST_ITEMS;
import static org.igniterealtime.openfire.plugin.omemo.keys.StoredAccount.NOW;
import static org.igniterealtime.openfire.plugin.omemo.keys.StoredAccount.daysAgo;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.dom4j.DocumentHelper;
import org.igniterealtime.openfire.plugin.omemo.keys.RepairStep.Configure;
import org.igniterealtime.openfire.plugin.omemo.keys.RepairStep.Delete;
import org.igniterealtime.openfire.plugin.omemo.keys.RepairStep.PublishList;
import org.igniterealtime.openfire.plugin.omemo.keys.RepairStep.Retract;
import org.igniterealtime.openfire.plugin.omemo.protocol.BareJid;
import org.igniterealtime.openfire.plugin.omemo.protocol.Family;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RepairPlanTest {

    private static final RepairOptions NOTHING_MORE = new RepairOptions(false, false);
    private static final RepairOptions OPENING = new RepairOptions(true, false);
    private static final RepairOptions REMOVING = new RepairOptions(false, true);
    private static final String BUNDLES = Family.OMEMO_2.bundleNode(1);

    private static List<RepairStep> steps(StoredAccount account, RepairOptions options) {
        List<KeyFinding> findings = new KeySurvey(MOST_ITEMS, SurveyLimits.DEFAULT, (owner, device) -> Optional.empty())
            .of(BareJid.of("alice@example.org").orElseThrow(), account.keys(), account.times(), NOW);
        return new RepairPlan(MOST_ITEMS, options).steps(account.keys(), findings);
    }

    @Test
    void hasNothingToDoWhereAllIsInOrder() {
        assertThat(steps(new StoredAccount(Family.OMEMO_2).list(1, 1).bundle(1, 1), new RepairOptions(true, true))).isEmpty();
    }

    @Test
    void makesANodeKeepWhatItHoldsAndOpensItIfAskedTo() {
        StoredAccount account = new StoredAccount(Family.OMEMO_2).list(1, 1).bundle(1, 1)
            .configured(BUNDLES, new NodeConfiguration("presence", false, 1), 1);

        assertThat(steps(account, NOTHING_MORE)).containsExactly(
            new Configure(BUNDLES, Map.of("pubsub#persist_items", "1", "pubsub#max_items", "2000")));
        assertThat(steps(account, OPENING)).containsExactly(new Configure(BUNDLES,
            Map.of("pubsub#persist_items", "1", "pubsub#max_items", "2000", "pubsub#access_model", "open")));
    }

    @Test
    void leavesANodeClosedThatItsOwnerMayHaveClosed() {
        StoredAccount account = new StoredAccount(Family.OMEMO_2).list(1, 1).bundle(1, 1)
            .configured(BUNDLES, new NodeConfiguration("whitelist", true, MOST_ITEMS), 1);

        assertThat(steps(account, NOTHING_MORE)).isEmpty();
        assertThat(steps(account, OPENING)).containsExactly(new Configure(BUNDLES, Map.of("pubsub#access_model", "open")));
    }

    @ParameterizedTest
    @EnumSource(Family.class)
    void takesADeadDeviceFromTheListIfAskedTo(Family family) {
        StoredAccount account = new StoredAccount(family).node(family.bundleNode(2), 9).list(8, 1, 2, 3)
            .bundle(1, 1).bundle(1, 3);

        assertThat(steps(account, NOTHING_MORE)).isEmpty();
        assertThat(steps(account, OPENING)).isEmpty();
        assertThat(steps(account, REMOVING)).singleElement().isInstanceOfSatisfying(PublishList.class, step -> {
            assertThat(step.node()).isEqualTo(family.deviceListNode());
            assertThat(step.without()).containsExactly(2);
            assertThat(step.list().devices()).extracting(device -> device.id()).containsExactly(1, 3);
            assertThat(step.description()).isEqualTo("publish the list without 2");
        });
    }

    @Test
    void keepsTheLabelsOfTheOthers() throws Exception {
        String list = "<devices xmlns='urn:xmpp:omemo:2'><device id='1' label='Desk'/><device id='2' label='Lost'/></devices>";
        StoredAccount account = new StoredAccount(Family.OMEMO_2)
            .item(Family.OMEMO_2.deviceListNode(), "current", list, 8).node(BUNDLES, 9).bundle(1, 1);

        assertThat(steps(account, REMOVING)).singleElement().isInstanceOfSatisfying(PublishList.class, step ->
            assertThat(step.list().toElement().asXML()).contains("Desk").doesNotContain("Lost"));
        assertThat(DocumentHelper.parseText(list).getRootElement().elements()).hasSize(2);
    }

    @Test
    void retractsAListOfWhichNothingIsLeft() {
        assertThat(steps(new StoredAccount(Family.OMEMO_2).list(8, 1), REMOVING))
            .containsExactly(new Retract(Family.OMEMO_2.deviceListNode(), List.of("current")));
    }

    @Test
    void removesTheBundleOfADeadDeviceBehindTheDevice() {
        StoredAccount account = new StoredAccount(Family.OMEMO_2).list(300, 1, 2).bundle(1, 1).bundle(300, 2);
        KeySurvey survey = new KeySurvey(MOST_ITEMS, SurveyLimits.DEFAULT, (owner, device) -> Optional.of(daysAgo(300)));
        List<KeyFinding> findings = survey.of(BareJid.of("a@example.org").orElseThrow(), account.keys(), account.times(), NOW);

        List<RepairStep> steps = new RepairPlan(MOST_ITEMS, REMOVING).steps(account.keys(), findings);

        assertThat(steps).hasSize(2);
        assertThat(steps.get(0)).isInstanceOf(PublishList.class);
        assertThat(steps.get(1)).isEqualTo(new Retract(BUNDLES, List.of("2")));
    }

    @ParameterizedTest
    @EnumSource(Family.class)
    void removesAbandonedBundlesIfAskedTo(Family family) {
        StoredAccount account = new StoredAccount(family).list(8, 1).bundle(1, 1).bundle(8, 7).bundle(8, 9);

        assertThat(steps(account, OPENING)).isEmpty();
        assertThat(steps(account, REMOVING)).containsExactlyElementsOf(family == Family.LEGACY
            ? List.of(new Delete(family.bundleNode(7)), new Delete(family.bundleNode(9)))
            : List.of(new Retract(family.bundleNode(1), List.of("7", "9"))));
    }

    @ParameterizedTest
    @EnumSource(Family.class)
    void removesNothingThatMayBeAlive(Family family) {
        StoredAccount silent = new StoredAccount(family).list(400, 1).bundle(400, 1);
        StoredAccount fresh = new StoredAccount(family).list(1, 1, 2).bundle(400, 1).bundle(1, 7);
        StoredAccount unlisted = new StoredAccount(family).bundle(400, 1);
        StoredAccount unreadable = new StoredAccount(family).item(family.deviceListNode(), "current", "", 400).bundle(400, 1);

        for (StoredAccount account : List.of(silent, fresh, unlisted, unreadable)) {
            assertThat(steps(account, new RepairOptions(true, true))).isEmpty();
        }
    }

    @Test
    void isBounded() {
        StoredAccount account = new StoredAccount(Family.LEGACY).list(400);
        String bundle = Samples.bundles(Family.LEGACY).get(0).asXML();
        for (int device = 1; device <= RepairPlan.MOST_STEPS + 50; device++) {
            account.bundle(400, device, bundle);
        }
        StoredAccount other = new StoredAccount(Family.OMEMO_2).list(400);
        for (int device = 1; device <= 100; device++) {
            other.bundle(400, device, "");
        }

        assertThat(steps(account, REMOVING)).hasSize(RepairPlan.MOST_STEPS);
        assertThat(steps(other, REMOVING)).singleElement()
            .satisfies(step -> assertThat(step.description()).contains("1, 2, ").endsWith("and 80 more").hasSizeLessThan(120));
    }

    @Test
    void isAddedUpInAReportThatStaysSmall() {
        HousekeepingTally tally = new HousekeepingTally();
        BareJid owner = BareJid.of("alice@example.org").orElseThrow();
        KeyFinding finding = KeyFinding.of(KeyFindingCode.FAULTY_LIST, Family.LEGACY.deviceListNode(), "");

        for (int i = 0; i < 600; i++) {
            tally.found(owner, List.of(finding, finding));
            tally.changed(owner, List.of(new Delete("x"), new Delete("y")));
        }
        tally.failed();

        HousekeepingReport report = tally.report();
        assertThat(report.accounts()).isEqualTo(600);
        assertThat(report.failed()).isEqualTo(1);
        assertThat(report.found()).isEqualTo(1_200);
        assertThat(report.totals()).isEqualTo(Map.of(KeyFindingCode.FAULTY_LIST, 1_200L));
        assertThat(report.steps()).isEqualTo(1_200);
        assertThat(report.findings()).hasSize(1_000);
        assertThat(report.changes()).hasSize(1_000);
    }
}

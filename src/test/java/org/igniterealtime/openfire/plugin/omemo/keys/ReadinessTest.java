package org.igniterealtime.openfire.plugin.omemo.keys;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.igniterealtime.openfire.plugin.omemo.keys.Readiness.State;
import org.igniterealtime.openfire.plugin.omemo.protocol.Family;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Who is ready, and who is not. */
class ReadinessTest {

    @ParameterizedTest
    @EnumSource(Family.class)
    void aListedDeviceWithABundleIsEnough(Family family) {
        Readiness readiness = Readiness.of(new StoredAccount(family).list(1, 1, 2).bundle(1, 2).keys());

        assertThat(readiness.isAble(family)).isTrue();
        for (Family other : Family.values()) {
            assertThat(readiness.in(Set.of(other))).isEqualTo(other == family ? State.ABLE : State.NO_DEVICE);
        }
        assertThat(readiness.in(Set.of(Family.values()))).isEqualTo(State.ABLE);
    }

    @ParameterizedTest
    @EnumSource(Family.class)
    void devicesAreThoseOnTheListWhoseBundlesAreInOrder(Family family) {
        Readiness readiness = Readiness.of(new StoredAccount(family).list(1, 9, 1, 2, 3)
            .bundle(1, 9).bundle(1, 1).bundle(1, 2, "<nothing/>").bundle(1, 5).keys());

        assertThat(readiness.devices()).isEqualTo(Map.of(family, List.of(1, 9)));
        assertThat(readiness.without(Map.of(family, Set.of(9))).devices(family)).containsExactly(1);
        assertThat(readiness.without(Map.of(family, Set.of(9, 1)))).isEqualTo(new Readiness(readiness.families(), Map.of()));
        assertThat(Readiness.of(new StoredAccount(family).list(1, 1).keys()).devices(family)).isEmpty();
    }

    @Test
    void nothingPublishedIsNoDevice() {
        assertThat(Readiness.of(AccountKeys.NONE).in(Set.of(Family.values()))).isEqualTo(State.NO_DEVICE);
    }

    @ParameterizedTest
    @EnumSource(Family.class)
    void aBundleThatNobodyIsToldOfIsNoDevice(Family family) {
        assertThat(Readiness.of(new StoredAccount(family).bundle(1, 5).keys()).in(Set.of(family))).isEqualTo(State.NO_DEVICE);
        assertThat(Readiness.of(new StoredAccount(family).list(1).bundle(1, 5).keys()).in(Set.of(family)))
            .isEqualTo(State.NO_DEVICE);
    }

    @ParameterizedTest
    @EnumSource(Family.class)
    void devicesWithoutABundleInOrderAreBroken(Family family) {
        assertThat(Readiness.of(new StoredAccount(family).list(1, 1).keys()).in(Set.of(family))).isEqualTo(State.BROKEN);
        assertThat(Readiness.of(new StoredAccount(family).list(1, 1).bundle(1, 2).keys()).in(Set.of(family)))
            .isEqualTo(State.BROKEN);
        assertThat(Readiness.of(new StoredAccount(family).list(1, 1).bundle(1, 1, "<nothing/>").keys()).in(Set.of(family)))
            .isEqualTo(State.BROKEN);
    }

    @ParameterizedTest
    @EnumSource(Family.class)
    void keysThatNotEverybodyMayReadAreClosed(Family family) {
        for (String node : Set.of(family.deviceListNode(), family.bundleNode(1))) {
            StoredAccount account = new StoredAccount(family).list(1, 1).bundle(1, 1);
            AccountKeys keys = account.configured(node, NodeConfiguration.required(Family.ofNode(node).orElseThrow(),
                StoredAccount.MOST_ITEMS).withAccessModel("presence"), 1).keys();

            assertThat(Readiness.of(keys).in(Set.of(family))).as(node).isEqualTo(State.CLOSED);
        }
    }

    @Test
    void whatIsBestCountsAmongAcceptedFamilies() {
        Readiness readiness = Readiness.of(new StoredAccount(Family.LEGACY).list(1, 1).keys());

        assertThat(readiness.in(Set.of(Family.OMEMO_1, Family.LEGACY))).isEqualTo(State.BROKEN);
        assertThat(readiness.in(Set.of(Family.OMEMO_1))).isEqualTo(State.NO_DEVICE);
    }
}

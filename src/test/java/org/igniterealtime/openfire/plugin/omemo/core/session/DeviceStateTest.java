package org.igniterealtime.openfire.plugin.omemo.core.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.igniterealtime.openfire.plugin.omemo.core.profile.Profile;
import org.igniterealtime.openfire.plugin.omemo.core.store.DeviceAddress;
import org.igniterealtime.openfire.plugin.omemo.protocol.Bundle;
import org.igniterealtime.openfire.plugin.omemo.protocol.DeviceList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a session can know of docs/POLICY.md, "Device states". */
class DeviceStateTest extends TwoDevices {

    private static final Duration DAY = Duration.ofDays(1);

    private DeviceState state() {
        Map<DeviceAddress, DeviceState> states = alice.device.states(bob.jid(), DeviceState.Bounds.DEFAULT);
        assertThat(states).containsOnlyKeys(bob.address());
        return states.get(bob.address());
    }

    private void hear() {
        alice.receive(bob, bob.send("hello", alice));
    }

    private void pass(int days) {
        clock.pass(DAY.multipliedBy(days).minusSeconds(1));
    }

    private void tick() {
        clock.pass(Duration.ofSeconds(1));
    }

    @Test
    void theNumbersAreThoseOfThePolicy() {
        assertThat(DeviceState.Bounds.DEFAULT).isEqualTo(
            new DeviceState.Bounds(DAY.multipliedBy(30), 53, DAY.multipliedBy(180), DAY.multipliedBy(7)));
    }

    @ParameterizedTest
    @EnumSource
    void whatWasNeverObservedIsUnknownForEver(Profile profile) {
        meet(profile);
        assertThat(state()).isEqualTo(DeviceState.UNKNOWN);
        pass(1000);
        assertThat(state()).isEqualTo(DeviceState.UNKNOWN);
    }

    @ParameterizedTest
    @EnumSource
    void whoWroteIsActiveThenInactiveThenDead(Profile profile) {
        meet(profile);
        hear();
        assertThat(state()).isEqualTo(DeviceState.ACTIVE);
        pass(30);
        assertThat(state()).isEqualTo(DeviceState.ACTIVE);
        tick();
        assertThat(state()).isEqualTo(DeviceState.INACTIVE);
        pass(150);
        assertThat(state()).isEqualTo(DeviceState.INACTIVE);
        tick();
        assertThat(state()).isEqualTo(DeviceState.DEAD);
        hear();
        assertThat(state()).isEqualTo(DeviceState.ACTIVE);
    }

    /** The first bundle may be old; another signed prekey is not. */
    @ParameterizedTest
    @EnumSource
    void whoPublishesAnewIsSeen(Profile profile) {
        meet(profile);
        alice.send("hello", bob);
        assertThat(state()).isEqualTo(DeviceState.UNKNOWN);
        clock.pass(TestDevice.SETTINGS.signedPreKeyPeriod());
        bob.device.maintain();
        TestDevice.ready(alice.device.startOver(bob.address(), bob.device.bundle()));
        assertThat(state()).isEqualTo(DeviceState.ACTIVE);
    }

    @ParameterizedTest
    @EnumSource
    void whoGets53MessagesWithoutAWordIsStale(Profile profile) {
        talk(profile);
        hear();
        for (int i = 0; i < 52; i++) {
            alice.send("message " + i, bob);
        }
        assertThat(state()).isEqualTo(DeviceState.ACTIVE);
        alice.send("one more", bob);
        assertThat(state()).isEqualTo(DeviceState.STALE);
        hear();
        assertThat(state()).isEqualTo(DeviceState.ACTIVE);
    }

    @ParameterizedTest
    @EnumSource
    void whoIsListedWithoutABundleFor7DaysIsDead(Profile profile) {
        meet(profile);
        hear();
        alice.device.bundleMissing(bob.address());
        assertThat(state()).isNotEqualTo(DeviceState.ACTIVE);
        pass(7);
        alice.device.bundleMissing(bob.address());
        assertThat(state()).isNotEqualTo(DeviceState.DEAD);
        tick();
        assertThat(state()).isEqualTo(DeviceState.DEAD);
        alice.device.startOver(bob.address(), bob.device.bundle());
        assertThat(state()).isEqualTo(DeviceState.ACTIVE);
    }

    @ParameterizedTest
    @EnumSource
    void timeOffTheListDoesNotCount(Profile profile) {
        meet(profile);
        alice.device.bundleMissing(bob.address());
        alice.device.takeOver(bob.jid(), new DeviceList(profile.family(), List.of()));
        assertThat(alice.device.states(bob.jid(), DeviceState.Bounds.DEFAULT)).isEmpty();
        pass(8);
        alice.knows(bob);
        assertThat(state()).isEqualTo(DeviceState.UNKNOWN);
    }

    @ParameterizedTest
    @EnumSource
    void anInvalidBundleIsNone(Profile profile) {
        meet(profile);
        Bundle bundle = bob.device.bundle();
        Bundle forged = new Bundle(bundle.family(), bundle.signedPreKey(), alice.device.bundle().identityKey(),
            bundle.preKeys());
        alice.device.startOver(bob.address(), forged);
        pass(8);
        assertThat(state()).isEqualTo(DeviceState.DEAD);
    }
}

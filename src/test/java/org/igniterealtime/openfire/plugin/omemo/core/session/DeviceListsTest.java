package org.igniterealtime.openfire.plugin.omemo.core.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.igniterealtime.openfire.plugin.omemo.core.profile.Profile;
import org.igniterealtime.openfire.plugin.omemo.core.store.InMemoryStore;
import org.igniterealtime.openfire.plugin.omemo.core.store.OwnDevice;
import org.igniterealtime.openfire.plugin.omemo.core.vectors.SeededRandom;
import org.igniterealtime.openfire.plugin.omemo.protocol.BareJid;
import org.igniterealtime.openfire.plugin.omemo.protocol.Base64Text;
import org.igniterealtime.openfire.plugin.omemo.protocol.Device;
import org.igniterealtime.openfire.plugin.omemo.protocol.DeviceList;
import org.igniterealtime.openfire.plugin.omemo.protocol.Encrypted;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Device lists, the own and those of others (XEP-0384, section "Device list"). */
class DeviceListsTest extends TwoDevices {

    private static DeviceList list(Profile profile, Device... devices) {
        return new DeviceList(profile.family(), List.of(devices));
    }

    private static Device device(int id, String label) {
        return new Device(id, Optional.of(label), Optional.empty());
    }

    private static Device device(int id) {
        return new Device(id, Optional.empty(), Optional.empty());
    }

    @ParameterizedTest
    @EnumSource
    void aNewDeviceTakesAnIdThatIsFree(Profile profile) {
        BareJid jid = BareJid.of("alice@example.org").orElseThrow();
        int first = OwnDevice.generate(profile, jid, Set.of(), new SeededRandom(1)).address().deviceId();
        int second = OwnDevice.generate(profile, jid, Set.of(first), new SeededRandom(1)).address().deviceId();
        assertThat(first).isPositive();
        assertThat(second).isPositive().isNotEqualTo(first);
    }

    @ParameterizedTest
    @EnumSource
    void itAnnouncesItselfBesideTheOthers(Profile profile) {
        meet(profile);
        assertThat(alice.device.announce(Optional.empty())).isEqualTo(list(profile, device(1001)));
        assertThat(alice.device.announce(Optional.of(list(profile, device(5, "Old"), device(1001, "stale label")))))
            .isEqualTo(list(profile, device(5, "Old"), device(1001)));
    }

    @ParameterizedTest
    @EnumSource
    void itsOwnLabelIsAnnounced(Profile profile) {
        meet(profile);
        OwnDevice own = alice.device.own().labelled("Phone");
        OmemoDevice phone =
            OmemoDevice.create(own, new InMemoryStore(), alice.random, clock, DeviceSettings.DEFAULT);
        assertThat(phone.announce(Optional.empty())).isEqualTo(list(profile, device(1001, "Phone")));
    }

    @ParameterizedTest
    @EnumSource
    void whoIsMissingOnTheOwnListAnnouncesItselfAgain(Profile profile) {
        meet(profile);
        Device laptop = device(1002, "Laptop");
        assertThat(alice.device.takeOver(alice.jid(), list(profile, laptop)))
            .contains(list(profile, laptop, device(1001)));
        assertThat(alice.device.takeOver(alice.jid(), list(profile))).contains(list(profile, device(1001)));
        assertThat(alice.device.takeOver(alice.jid(), list(profile, laptop, device(1001)))).isEmpty();
        assertThat(alice.device.takeOver(bob.jid(), list(profile, device(2002)))).isEmpty();
    }

    @Test
    void theLabelsOfOthersKeepTheirSignatures() {
        meet(Profile.OMEMO_2);
        Device laptop = new Device(1002, Optional.of("Laptop"), Optional.of(Base64Text.encode(new byte[64])));
        assertThat(alice.device.takeOver(alice.jid(), list(Profile.OMEMO_2, laptop)))
            .contains(list(Profile.OMEMO_2, laptop, device(1001)));
    }

    @Test
    void aListOfAnotherFamilyIsNotTakenOver() {
        meet(Profile.OMEMO_1);
        DeviceList other = list(Profile.OMEMO_2, device(2002));
        assertThatIllegalArgumentException().isThrownBy(() -> alice.device.takeOver(bob.jid(), other));
    }

    @ParameterizedTest
    @EnumSource
    void aMessageOfAnUnlistedDeviceCallsForTheList(Profile profile) {
        meet(profile);
        bob.device.takeOver(alice.jid(), list(profile, device(7)));
        Encrypted message = alice.send("hello", bob);
        assertThat(bob.receive(alice, message).needs())
            .containsExactlyInAnyOrder(Need.ANSWER, Need.PUBLISH_BUNDLE, Need.FETCH_DEVICE_LIST);
        assertThat(bob.receive(alice, message).needs()).containsExactly(Need.FETCH_DEVICE_LIST);
        bob.device.takeOver(alice.jid(), list(profile, device(1001)));
        assertThat(bob.receive(alice, alice.send("hello", bob)).needs()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void soDoesOneThatIsForOthers(Profile profile) {
        meet(profile);
        TestDevice carol = TestDevice.create(profile, "carol@example.org", 3003, clock);
        Incoming incoming = carol.receive(alice, alice.send("hello", bob));
        assertThat(incoming.outcome()).isInstanceOf(Outcome.NotForThisDevice.class);
        assertThat(incoming.needs()).containsExactly(Need.FETCH_DEVICE_LIST);
    }

    /** A server may list new devices day by day. */
    @ParameterizedTest
    @EnumSource
    void devicesThatWereOnlyListedAreForgotten(Profile profile) {
        meet(profile);
        for (int id = 1; id < 100; id++) {
            alice.device.takeOver(bob.jid(), list(profile, device(id)));
        }
        assertThat(alice.store.devices(bob.jid())).containsOnlyKeys(99);
    }
}

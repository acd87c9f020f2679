package org.igniterealtime.openfire.plugin.omemo.core.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.igniterealtime.openfire.plugin.omemo.core.OmemoException.Reason;
import org.igniterealtime.openfire.plugin.omemo.core.profile.Profile;
import org.igniterealtime.openfire.plugin.omemo.core.store.InMemoryStore;
import org.igniterealtime.openfire.plugin.omemo.core.store.Trust;
import org.igniterealtime.openfire.plugin.omemo.protocol.DeviceList;
import org.igniterealtime.openfire.plugin.omemo.protocol.Encrypted;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever is refused, and whatever the store refuses, leaves everything as it was. */
class UnchangedTest extends TwoDevices {

    private static final DeviceSettings SETTINGS = TestDevice.SETTINGS;

    /** What a device is given that it must refuse. */
    enum Refusal {
        REPLAY(Reason.DUPLICATE), ALTERED(Reason.UNAUTHENTICATED), OTHER_PAYLOAD(Reason.UNAUTHENTICATED),
        NO_PAYLOAD(Reason.UNDECODABLE), NONSENSE(Reason.UNDECODABLE), REPLAYED_KEY_EXCHANGE(Reason.DUPLICATE),
        ALTERED_KEY_EXCHANGE(Reason.UNAUTHENTICATED), KEY_EXCHANGE_WITH_OTHER_PAYLOAD(Reason.UNAUTHENTICATED),
        KEY_EXCHANGE_THAT_IS_NONE(Reason.UNDECODABLE);

        private final Reason reason;

        Refusal(Reason reason) {
            this.reason = reason;
        }
    }

    private static Stream<Arguments> refusals() {
        return Stream.of(Profile.values())
            .flatMap(profile -> Stream.of(Refusal.values()).map(refusal -> arguments(profile, refusal)));
    }

    private Encrypted prepare(Refusal refusal) {
        Encrypted first = TestDevice.ready(bob.device.startOver(alice.address(), alice.device.bundle()));
        Encrypted message = switch (refusal) {
            case REPLAYED_KEY_EXCHANGE, ALTERED_KEY_EXCHANGE, KEY_EXCHANGE_WITH_OTHER_PAYLOAD ->
                TestDevice.ready(alice.device.startOver(bob.address(), bob.device.bundle()));
            default -> {
                alice.receive(bob, first);
                yield alice.send("hello", bob);
            }
        };
        return switch (refusal) {
            case REPLAY, REPLAYED_KEY_EXCHANGE -> {
                bob.receive(alice, message);
                yield message;
            }
            case ALTERED, ALTERED_KEY_EXCHANGE -> altered(message);
            case OTHER_PAYLOAD -> withPayload(message, Optional.of(new byte[64]));
            case KEY_EXCHANGE_WITH_OTHER_PAYLOAD ->
                withPayload(alice.send("hello", bob), Optional.of(new byte[64]));
            case NO_PAYLOAD -> withPayload(message, Optional.empty());
            case NONSENSE -> withKey(message, false, new byte[48]);
            case KEY_EXCHANGE_THAT_IS_NONE -> withKey(message, true, key(message).data().decode());
        };
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void byAMessageThatIsRefused(Profile profile, Refusal refusal) {
        talk(profile);
        Encrypted message = prepare(refusal);
        StoreContents before = bob.contents(alice);
        clock.pass(Duration.ofMinutes(1));
        assertRefused(refusal.reason, bob.receive(alice, message));
        assertThat(bob.contents(alice)).isEqualTo(before);
    }

    @ParameterizedTest
    @EnumSource
    void byAMessageThatIsForOthersOrComesFromOneself(Profile profile) {
        talk(profile);
        TestDevice carol = TestDevice.create(profile, "carol@example.org", 3003, clock).knows(bob);
        bob.knows(alice, carol);
        Encrypted message = alice.send("hello", bob);
        StoreContents carols = carol.contents(alice, bob);
        carol.receive(alice, message);
        assertThat(carol.contents(alice, bob)).isEqualTo(carols);
        StoreContents alices = alice.contents(bob);
        alice.receive(alice, message);
        assertThat(alice.contents(bob)).isEqualTo(alices);
    }

    /** What was refused in vain is still readable when it comes unaltered. */
    @ParameterizedTest
    @EnumSource
    void soThatTheGenuineMessageIsRead(Profile profile) {
        meet(profile);
        Encrypted message = alice.send("genuine", bob);
        bob.receive(alice, altered(message));
        bob.receive(alice, withPayload(message, Optional.of(new byte[64])));
        assertThat(bob.read(alice, message)).isEqualTo("genuine");
    }

    /** A store whose disk is full from some moment on. */
    private static final class FullStore extends InMemoryStore {

        private boolean full;

        @Override
        protected void makeLast() {
            if (full) {
                throw new IllegalStateException("full");
            }
        }
    }

    private void assertThatNothingIsHalfDone(FullStore store, Runnable change) {
        StoreContents before = bob.contents(alice);
        store.full = true;
        assertThatIllegalStateException().isThrownBy(change::run).withMessage("full");
        store.full = false;
        assertThat(bob.contents(alice)).isEqualTo(before);
        change.run();
        assertThat(bob.contents(alice)).isNotEqualTo(before);
    }

    @ParameterizedTest
    @EnumSource
    void byAnythingThatTheStoreDoesNotTake(Profile profile) {
        talk(profile);
        FullStore store = new FullStore();
        StoreContents contents = bob.contents(alice);
        bob.restart(before -> contents.into(store), SETTINGS);
        Encrypted message = alice.send("hello", bob);
        Encrypted keyExchange = TestDevice.ready(alice.device.startOver(bob.address(), bob.device.bundle()));
        DeviceList list = new DeviceList(profile.family(), List.of());
        assertThatNothingIsHalfDone(store, () -> bob.read(alice, message));
        assertThatNothingIsHalfDone(store, () -> bob.receive(alice, keyExchange));
        assertThatNothingIsHalfDone(store, () -> bob.send("hello", alice));
        assertThatNothingIsHalfDone(store, () -> bob.device.emptyMessage(alice.address()));
        assertThatNothingIsHalfDone(store, () ->
            bob.device.startOver(alice.address(), alice.device.bundle()));
        assertThatNothingIsHalfDone(store, () ->
            bob.device.recover(alice.address(), alice.device.bundle()));
        assertThatNothingIsHalfDone(store, () ->
            bob.device.optOut(Conversation.with(alice.jid()), Optional.empty(), Map.of()));
        assertThatNothingIsHalfDone(store, () -> bob.device.resume(alice.jid()));
        assertThatNothingIsHalfDone(store, () -> bob.decide(alice, Trust.TRUSTED));
        assertThatNothingIsHalfDone(store, () -> bob.device.bundleMissing(alice.address()));
        assertThatNothingIsHalfDone(store, () -> bob.device.takeOver(alice.jid(), list));
        clock.pass(SETTINGS.signedPreKeyPeriod());
        assertThatNothingIsHalfDone(store, bob.device::maintain);
    }

    /** A device of which nothing else is known is forgotten with its list, unless the store does not take that. */
    @ParameterizedTest
    @EnumSource
    void byAListThatTheStoreDoesNotTake(Profile profile) {
        meet(profile);
        FullStore store = new FullStore();
        StoreContents contents = bob.contents(alice);
        bob.restart(before -> contents.into(store), SETTINGS);
        assertThatNothingIsHalfDone(store, () ->
            bob.device.takeOver(alice.jid(), new DeviceList(profile.family(), List.of())));
    }

    /** The end of a catch-up forgets prekeys and encrypts answers at once, or can be tried again. */
    @ParameterizedTest
    @EnumSource
    void byTheEndOfACatchUpThatTheStoreDoesNotTake(Profile profile) {
        talk(profile);
        FullStore store = new FullStore();
        StoreContents contents = bob.contents(alice);
        bob.restart(before -> contents.into(store), SETTINGS);
        bob.device.beginCatchUp();
        bob.receive(alice, TestDevice.ready(alice.device.startOver(bob.address(), bob.device.bundle())));
        Encrypted unreadable = altered(alice.send("unreadable", bob));
        List<CatchUpResult> results = new ArrayList<>();
        bob.receive(alice, unreadable);
        assertThatNothingIsHalfDone(store, () -> results.add(bob.device.endCatchUp()));
        assertThat(results).hasSize(1);
        assertThat(results.get(0).answers()).containsOnlyKeys(alice.address());
        assertThat(results.get(0).toRecover().isEmpty()).isEqualTo(profile == Profile.OMEMO_2);
    }

    @Test
    void byADeviceThatCouldNotBeMade() {
        FullStore store = new FullStore();
        store.full = true;
        assertThatIllegalStateException().isThrownBy(() -> TestDevice.create(
            Profile.OMEMO_1, "alice@example.org", 1001, 1001, clock, SETTINGS, store)).withMessage("full");
        assertThat(store.ownDevice()).isEmpty();
        assertThat(store.preKeys()).isEmpty();
        assertThat(store.signedPreKeys()).isEmpty();
    }

    @Test
    void aStoreHoldsOneDevice() {
        meet(Profile.OMEMO_1);
        assertThatIllegalStateException().isThrownBy(() -> OmemoDevice.create(
            alice.device.own(), alice.store, alice.random, clock, SETTINGS));
        assertThatIllegalStateException().isThrownBy(() -> OmemoDevice.open(
            new InMemoryStore(), alice.random, clock, SETTINGS));
    }
}

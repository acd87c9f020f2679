package org.igniterealtime.openfire.plugin.omemo.core.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.igniterealtime.openfire.plugin.omemo.core.OmemoException;
import org.igniterealtime.openfire.plugin.omemo.core.OmemoException.Reason;
import org.igniterealtime.openfire.plugin.omemo.core.profile.Profile;
import org.igniterealtime.openfire.plugin.omemo.core.store.InMemoryStore;
import org.igniterealtime.openfire.plugin.omemo.core.store.OmemoStore;
import org.igniterealtime.openfire.plugin.omemo.core.store.StoreSnapshot;
import org.igniterealtime.openfire.plugin.omemo.protocol.BareJid;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever the network does, each message that arrives comes out once, and nothing else does. */
class NetworkTest {

    /** How many conversations of each kind; more with {@code -Domemo.conversations=1000}. */
    private static final int CONVERSATIONS = Integer.getInteger("omemo.conversations", 10);
    private static final int MOST_MESSAGES = 500;

    private static final Optional<BareJid> ROOM = BareJid.of("room@conference.example.org");
    private static final String ALICE = "alice@example.org/1001";
    private static final String BOB = "bob@example.org/2002";

    /** Few prekeys, so that some are taken by two. */
    private static final DeviceSettings SETTINGS =
        new DeviceSettings(DeviceSettings.MIN_PRE_KEYS, Duration.ofHours(12), true, RecoveryLimit.DEFAULT);

    static Stream<Arguments> conversations() {
        return new Random(384).longs(CONVERSATIONS).boxed()
            .flatMap(seed -> Stream.of(Profile.values()).map(profile -> Arguments.of(profile, seed)));
    }

    private static Network network(
            Profile profile, long seed, Optional<BareJid> room, boolean isTroubled, String... addresses) {
        BareJid[] accounts = Stream.of(addresses).map(address -> BareJid.of(address.split("/")[0]).orElseThrow())
            .toArray(BareJid[]::new);
        return new Network(profile, seed, room, List.of(addresses), isTroubled, SETTINGS,
            store -> throughBytes(store, accounts));
    }

    private static OmemoStore throughBytes(OmemoStore store, BareJid... accounts) {
        InMemoryStore restored = new InMemoryStore();
        try {
            StoreSnapshot.restore(StoreSnapshot.of((InMemoryStore) store), restored);
        } catch (OmemoException e) {
            throw new AssertionError(e);
        }
        assertThat(StoreContents.of(restored, accounts)).isEqualTo(StoreContents.of(store, accounts));
        return restored;
    }

    private static int messages(long seed, int most) {
        return 1 + new Random(seed).nextInt(most);
    }

    private static void assertThatAllWasReadOnce(Network network) {
        assertThat(network.lost).isEmpty();
        assertThat(network.read).doesNotHaveDuplicates();
        assertThat(network.refusals).isSubsetOf(Reason.DUPLICATE);
    }

    /** The later of two key exchanges over one prekey is lost, and what follows it until the other side writes. */
    private static void assertThatAllWasReadOnceUnlessAPreKeyWasTakenTwice(Network network) {
        assertThat(network.lost).extracting(Network.Lost::outcome)
            .isSubsetOf(new Outcome.Refused(Reason.UNKNOWN_PREKEY));
        assertThat(network.read).doesNotHaveDuplicates();
        assertThat(network.refusals).isSubsetOf(Reason.DUPLICATE);
    }

    /** Each has written since the other did, so that both know. */
    private static void assertThatBothAreInOneSession(Network network, TestDevice one, TestDevice other) {
        int before = network.read.size();
        network.lost.clear();
        for (TestDevice from : List.of(one, other, one, other)) {
            network.send(MOST_MESSAGES, from);
            network.settle();
        }
        assertThat(network.lost).isEmpty();
        assertThat(network.read.size() - before).isGreaterThanOrEqualTo(4);
        assertThat(TwoDevices.current(one, other)).isEqualTo(TwoDevices.current(other, one));
        assertThat(one.store.sessions(other.address()).orElseThrow().current().unanswered()).isEmpty();
        assertThat(other.store.sessions(one.address()).orElseThrow().current().unanswered()).isEmpty();
    }

    private static void assertThatAllAreInOneSession(Network network) {
        for (int i = 0; i < 3; i++) {
            network.send(MOST_MESSAGES, network.device(i));
            network.settle();
        }
        assertThatBothAreInOneSession(network, network.device(0), network.device(1));
        assertThatBothAreInOneSession(network, network.device(0), network.device(2));
        assertThatBothAreInOneSession(network, network.device(1), network.device(2));
    }

    @ParameterizedTest
    @MethodSource("conversations")
    void betweenTwoDevices(Profile profile, long seed) {
        Network network = network(profile, seed, Optional.empty(), false, ALICE, BOB);
        network.run(messages(seed, MOST_MESSAGES));
        assertThatAllWasReadOnce(network);
        assertThatBothAreInOneSession(network, network.device(0), network.device(1));
    }

    @ParameterizedTest
    @MethodSource("conversations")
    void betweenTwoDevicesOfOneAccountAndAPeer(Profile profile, long seed) {
        Network network = network(profile, seed, Optional.empty(), false, ALICE, "alice@example.org/1002", BOB);
        network.run(messages(seed, MOST_MESSAGES / 3));
        assertThatAllWasReadOnceUnlessAPreKeyWasTakenTwice(network);
        assertThatAllAreInOneSession(network);
    }

    @ParameterizedTest
    @MethodSource("conversations")
    void inARoomOfThree(Profile profile, long seed) {
        Network network = network(profile, seed, ROOM, false, ALICE, BOB, "carol@example.org/3003");
        network.run(messages(seed, MOST_MESSAGES / 3));
        assertThatAllWasReadOnceUnlessAPreKeyWasTakenTwice(network);
        assertThatAllAreInOneSession(network);
    }

    /** Messages of sessions that were lost are lost, too; nothing else is, and it heals. */
    @ParameterizedTest
    @MethodSource("conversations")
    void betweenTwoDevicesThatLoseTheirSessions(Profile profile, long seed) {
        Network network = network(profile, seed, Optional.empty(), true, ALICE, BOB);
        network.run(messages(seed, MOST_MESSAGES));
        assertThat(network.read).doesNotHaveDuplicates();
        network.clock.pass(Duration.ofDays(1));
        for (int i = 0; i < 2; i++) {
            network.send(MOST_MESSAGES, network.device(i));
            network.settle();
        }
        assertThatBothAreInOneSession(network, network.device(0), network.device(1));
    }
}

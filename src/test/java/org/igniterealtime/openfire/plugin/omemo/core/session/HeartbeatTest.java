package org.igniterealtime.openfire.plugin.omemo.core.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.igniterealtime.openfire.plugin.omemo.core.profile.Profile;
import org.igniterealtime.openfire.plugin.omemo.core.store.Trust;
import org.igniterealtime.openfire.plugin.omemo.protocol.Encrypted;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Heartbeats (XEP-0384, section "Business Rules"): a device that only reads lets the ratchet turn all the same. */
class HeartbeatTest extends TwoDevices {

    private static final int LIMIT = 53;

    /** Messages of Alice's with the numbers of one chain, the first of them 0. */
    private List<Encrypted> chain(int length) {
        List<Encrypted> messages = new ArrayList<>();
        for (int number = 0; number < length; number++) {
            messages.add(alice.send("message " + number, bob));
        }
        assertThat(header(alice, messages.get(length - 1)).number()).isEqualTo(length - 1);
        return messages;
    }

    private Set<Need> needs(Encrypted message) {
        return bob.receive(alice, message).needs();
    }

    @ParameterizedTest
    @EnumSource
    void theFirstMessageWithANumberOf53CallsForOne(Profile profile) {
        talk(profile);
        List<Encrypted> chain = chain(LIMIT + 3);
        for (Encrypted message : chain.subList(0, LIMIT)) {
            assertThat(needs(message)).isEmpty();
        }
        assertThat(needs(chain.get(LIMIT))).containsExactly(Need.HEARTBEAT);
        assertThat(needs(chain.get(LIMIT + 1))).isEmpty();
        assertThat(needs(chain.get(LIMIT + 2))).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void soDoesALaterOneIfItComesFirst(Profile profile) {
        talk(profile);
        List<Encrypted> chain = chain(LIMIT + 8);
        assertThat(needs(chain.get(LIMIT + 7))).containsExactly(Need.HEARTBEAT);
        assertThat(needs(chain.get(LIMIT))).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void oneMakesThePeersRatchetTurn(Profile profile) {
        talk(profile);
        List<Encrypted> chain = chain(LIMIT + 1);
        chain.forEach(this::needs);
        assertThat(heartbeat(bob, alice).needs()).isEmpty();
        Encrypted next = alice.send("next", bob);
        assertThat(header(alice, next).number()).isZero();
        assertThat(header(alice, next).ratchetKey()).isNotEqualTo(header(alice, chain.get(0)).ratchetKey());
        assertThat(bob.read(alice, next)).isEqualTo("next");
    }

    @ParameterizedTest
    @EnumSource
    void eachRatchetKeyCallsForItsOwn(Profile profile) {
        talk(profile);
        for (int i = 0; i < 3; i++) {
            List<Encrypted> chain = chain(LIMIT + 1);
            chain.subList(0, LIMIT).forEach(this::needs);
            assertThat(needs(chain.get(LIMIT))).containsExactly(Need.HEARTBEAT);
            heartbeat(bob, alice);
        }
    }

    @ParameterizedTest
    @EnumSource
    void theNeedIsToldOnceAlsoAfterARestart(Profile profile) {
        talk(profile);
        List<Encrypted> chain = chain(LIMIT + 2);
        assertThat(needs(chain.get(LIMIT))).containsExactly(Need.HEARTBEAT);
        bob.restart(bob.contents(alice));
        assertThat(needs(chain.get(LIMIT + 1))).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void twoLongChainsAtOnceEndInOneEach(Profile profile) {
        talk(profile);
        List<Encrypted> fromAlice = chain(LIMIT + 1);
        List<Encrypted> fromBob = new ArrayList<>();
        for (int i = 0; i < LIMIT + 1; i++) {
            fromBob.add(bob.send("message " + i, alice));
        }
        fromAlice.forEach(message -> bob.receive(alice, message));
        List<Need> needsOfAlice = new ArrayList<>();
        fromBob.forEach(message -> needsOfAlice.addAll(alice.receive(bob, message).needs()));
        assertThat(needsOfAlice).containsExactly(Need.HEARTBEAT);
        Encrypted heartbeatOfAlice = TestDevice.ready(alice.device.emptyMessage(bob.address()));
        assertThat(heartbeat(bob, alice).needs()).isEmpty();
        assertThat(bob.receive(alice, heartbeatOfAlice).needs()).isEmpty();
        assertThat(header(alice, alice.send("next", bob)).number()).isLessThan(2);
        assertThat(header(bob, bob.send("next", alice)).number()).isLessThan(2);
    }

    @ParameterizedTest
    @EnumSource
    void theAnswerToAKeyExchangeIsOne(Profile profile) {
        meet(profile);
        List<Encrypted> chain = chain(LIMIT + 2);
        assertThat(needs(chain.get(LIMIT))).containsExactlyInAnyOrder(Need.ANSWER, Need.PUBLISH_BUNDLE);
        assertThat(needs(chain.get(LIMIT + 1))).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void keyExchangesThatAreRepeatedForLongCallForOne(Profile profile) {
        meet(profile);
        List<Encrypted> chain = chain(LIMIT + 1);
        needs(chain.get(0));
        assertThat(key(chain.get(LIMIT)).keyExchange()).isTrue();
        assertThat(needs(chain.get(LIMIT))).containsExactly(Need.HEARTBEAT);
    }

    @ParameterizedTest
    @EnumSource
    void aDistrustedDeviceGetsNone(Profile profile) {
        talk(profile);
        bob.decide(alice, Trust.DISTRUSTED);
        assertThat(needs(chain(LIMIT + 1).get(LIMIT))).isEmpty();
        Outgoing outgoing = bob.device.emptyMessage(alice.address());
        assertThat(TestDevice.withheld(outgoing)).isEqualTo(Outgoing.Cause.NOBODY_TO_READ);
        assertThat(outgoing.leftOut().distrusted()).containsExactly(Map.entry(alice.address(), alice.fingerprint()));
    }

    @ParameterizedTest
    @EnumSource
    void anUndecidedDeviceGetsOne(Profile profile) {
        talk(profile);
        bob.decide(alice, Trust.UNDECIDED);
        assertThat(needs(chain(LIMIT + 1).get(LIMIT))).containsExactly(Need.HEARTBEAT);
        heartbeat(bob, alice);
    }
}

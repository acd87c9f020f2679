package org.igniterealtime.openfire.plugin.omemo.core.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.igniterealtime.openfire.plugin.omemo.core.OmemoException;
import org.igniterealtime.openfire.plugin.omemo.core.OmemoException.Reason;
import org.igniterealtime.openfire.plugin.omemo.core.profile.Profile;
import org.igniterealtime.openfire.plugin.omemo.core.ratchet.SkippedKeys;
import org.igniterealtime.openfire.plugin.omemo.core.store.proto.StoredDevice;
import org.igniterealtime.openfire.plugin.omemo.core.store.proto.StoredInstant;
import org.igniterealtime.openfire.plugin.omemo.core.vectors.Refused;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class StoreSnapshotTest {

    private static final int ROUNDS = 3000;

    private final InMemoryStore store = new InMemoryStore();

    @ParameterizedTest
    @EnumSource
    void aStoreIsWhatItWas(Profile profile) throws OmemoException {
        new Devices(profile, new InMemoryStore(), store).talk(SkippedKeys.MAX_SKIP);
        InMemoryStore restored = new InMemoryStore();
        StoreSnapshot.restore(StoreSnapshot.of(store), restored);
        assertSame(restored, store);
        var session = restored.allSessions().values().iterator().next();
        assertThat(session.all().mapToInt(state -> state.ratchet().skipped().entries().size()).max())
            .hasValue(SkippedKeys.MAX_SKIP);
        assertThat(session.previous()).isNotEmpty();
        assertThat(restored.preKeys().orElseThrow().kept()).isNotEmpty();
        assertThat(restored.allModes()).isNotEmpty();
    }

    /** A record compares all of its parts, secrets included. */
    private static void assertSame(InMemoryStore actual, InMemoryStore expected) {
        assertThat(actual.ownDevice()).isPresent().isEqualTo(expected.ownDevice());
        assertThat(actual.signedPreKeys()).isPresent().isEqualTo(expected.signedPreKeys());
        assertThat(actual.preKeys()).isPresent().isEqualTo(expected.preKeys());
        assertThat(actual.allSessions()).isNotEmpty().isEqualTo(expected.allSessions());
        assertThat(actual.allDevices()).isNotEmpty().isEqualTo(expected.allDevices());
        assertThat(actual.allTrust()).isNotEmpty().isEqualTo(expected.allTrust());
        assertThat(actual.allModes()).isEqualTo(expected.allModes());
    }

    @Test
    void anEmptyStoreIsEmptyAgain() throws OmemoException {
        InMemoryStore restored = new InMemoryStore();
        StoreSnapshot.restore(StoreSnapshot.of(store), restored);
        assertThat(restored.ownDevice()).isEmpty();
        assertThat(restored.allSessions()).isEmpty();
    }

    /** Whoever logs what is stored logs no key. */
    @ParameterizedTest
    @EnumSource
    void whatIsStoredShowsNoSecret(Profile profile) {
        new Devices(profile, new InMemoryStore(), store).talk(3);
        String shown = "" + store.ownDevice() + store.signedPreKeys() + store.preKeys() + store.allSessions();
        assertThat(shown).contains("RootKey", "ChainKey", "IdentityKeyPair[", "PreKeyPair[");
        List<byte[]> secrets = secrets();
        assertThat(secrets).hasSizeGreaterThan(100);
        for (byte[] secret : secrets) {
            assertThat(shown).doesNotContain(HexFormat.of().formatHex(secret))
                .doesNotContain(Base64.getEncoder().encodeToString(secret)).doesNotContain(Arrays.toString(secret));
        }
    }

    private List<byte[]> secrets() {
        List<byte[]> secrets = new ArrayList<>(List.of(store.ownDevice().orElseThrow().identity().seed(),
            store.signedPreKeys().orElseThrow().current().privateBytes()));
        store.preKeys().orElseThrow().published().forEach(pair -> secrets.add(pair.privateBytes()));
        store.allSessions().values().stream().flatMap(DeviceSessions::all).map(SessionState::ratchet).forEach(ratchet -> {
            secrets.add(ratchet.rootKey().toBytes());
            ratchet.receiving().ifPresent(chain -> secrets.add(chain.key().toBytes()));
            ratchet.sending().ifPresent(sending ->
                secrets.addAll(List.of(sending.own().privateBytes(), sending.chain().key().toBytes())));
            ratchet.skipped().entries().forEach(entry -> secrets.add(entry.messageKey().toBytes()));
        });
        return secrets;
    }

    @Test
    void whatIsCutOffIsRefusedOrSmaller() {
        new Devices(Profile.OMEMO_1, new InMemoryStore(), store).talk(3);
        byte[] bytes = StoreSnapshot.of(store);
        for (int length = 0; length < bytes.length; length++) {
            assertRefusedOrRead(Arrays.copyOf(bytes, length));
        }
    }

    @Test
    void mutatedBytesAreRefusedOrRead() {
        new Devices(Profile.OMEMO_2, new InMemoryStore(), store).talk(3);
        byte[] bytes = StoreSnapshot.of(store);
        Random dice = new Random(1);
        for (int round = 0; round < ROUNDS; round++) {
            byte[] mutated = bytes.clone();
            for (int changes = dice.nextInt(4); changes >= 0; changes--) {
                mutated[dice.nextInt(mutated.length)] = (byte) dice.nextInt();
            }
            assertRefusedOrRead(mutated);
        }
    }

    @Test
    void aTimeBeyondAllTimesIsRefused() {
        byte[] device = StoredDevice.newBuilder().setListed(true).setUnheard(0)
            .setLastSeen(StoredInstant.newBuilder().setSeconds(Long.MAX_VALUE).setNanos(0)).build().toByteArray();
        Refused.with(Reason.UNDECODABLE, () -> DeviceCodec.decode(device));
    }

    private static void assertRefusedOrRead(byte[] bytes) {
        Throwable thrown = catchThrowable(() -> StoreSnapshot.restore(bytes, new InMemoryStore()));
        if (thrown != null) {
            assertThat(thrown).isInstanceOfSatisfying(OmemoException.class,
                e -> assertThat(e.reason()).isEqualTo(Reason.UNDECODABLE));
        }
    }
}

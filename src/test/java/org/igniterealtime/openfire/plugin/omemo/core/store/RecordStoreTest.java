package org.igniterealtime.openfire.plugin.omemo.core.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.igniterealtime.openfire.plugin.omemo.core.OmemoException;
import org.igniterealtime.openfire.plugin.omemo.core.OmemoException.Reason;
import org.igniterealtime.openfire.plugin.omemo.core.profile.Profile;
import org.igniterealtime.openfire.plugin.omemo.core.ratchet.SkippedKeys;
import org.igniterealtime.openfire.plugin.omemo.core.vectors.Refused;
import org.igniterealtime.openfire.plugin.omemo.protocol.BareJid;
import org.igniterealtime.openfire.plugin.omemo.protocol.Encrypted;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class RecordStoreTest {

    private static final BareJid ALICE = BareJid.of("alice@example.org").orElseThrow();
    private static final BareJid CAROL = BareJid.of("carol@example.org").orElseThrow();
    private static final DeviceAddress CAROLS = new DeviceAddress(CAROL, 3003);
    private static final Fingerprint KEY = fingerprint(1);
    private static final int ROUNDS = 300;

    private final MapRecords records = new MapRecords();
    private final RecordStore store = open(records);

    @ParameterizedTest
    @EnumSource
    void afterEveryChangeTheReopenedStoreIsTheSame(Profile profile) {
        records.afterWrite(() -> assertSame(open(records), store));
        new Devices(profile, new InMemoryStore(), store).talk(SkippedKeys.MAX_SKIP);
        assertSame(open(records), store);
        assertThat(records.writes()).isGreaterThan(10);
        assertThat(store.allSessions()).isNotEmpty();
        assertThat(store.allDevices()).isNotEmpty();
        assertThat(store.allTrust()).isNotEmpty();
        assertThat(store.allModes()).isNotEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void aDeviceGoesOnAfterEveryMessage(Profile profile) {
        Devices devices = new Devices(profile, new InMemoryStore(), store);
        devices.talk(3);
        Encrypted late = devices.aliceWrites("late");
        for (int i = 0; i < 5; i++) {
            devices.bobRestarts(open(records));
            devices.bobReads("to bob " + i, devices.aliceWrites("to bob " + i));
            devices.bobAnswers("to alice " + i);
        }
        devices.bobReads("late", late);
    }

    @Test
    void aWriteThatFailsUndoesTheChange() {
        change(() -> store.storeMode(CAROL, ConversationMode.PLAINTEXT));
        UncheckedIOException failure = new UncheckedIOException(new IOException("no space"));
        records.failWith(failure);
        assertThatThrownBy(() -> change(() -> {
            store.storeMode(CAROL, ConversationMode.ENCRYPTED);
            store.storeDevice(CAROLS, DeviceRecord.UNKNOWN.listed(true));
            store.storeTrust(CAROL, KEY, Trust.TRUSTED);
        })).isSameAs(failure);
        assertThat(store.mode(CAROL)).isEqualTo(ConversationMode.PLAINTEXT);
        assertThat(store.devices(CAROL)).isEmpty();
        assertThat(store.trust(CAROL)).isEmpty();
        records.failWith(null);
        change(() -> store.storeDevice(CAROLS, DeviceRecord.UNKNOWN.listed(true)));
        assertThat(records.lastWrite()).containsOnlyKeys("device/carol@example.org/3003");
        assertSame(open(records), store);
    }

    @Test
    void aChangeThatFailsIsNotWritten() {
        assertThatThrownBy(() -> change(() -> {
            store.storeMode(CAROL, ConversationMode.PLAINTEXT);
            throw new IllegalStateException("in the middle");
        })).hasMessage("in the middle");
        assertThat(records.writes()).isZero();
        change(() -> store.storeTrust(CAROL, KEY, Trust.BLIND));
        assertThat(records.lastWrite()).containsOnlyKeys("trust/carol@example.org");
    }

    @Test
    void onlyWhatChangedIsWritten() {
        change(() -> {
            store.storeTrust(CAROL, KEY, Trust.TRUSTED);
            store.storeTrust(ALICE, KEY, Trust.TRUSTED);
            store.storeDevice(CAROLS, DeviceRecord.UNKNOWN.listed(true));
            store.storeMode(CAROL, ConversationMode.PLAINTEXT);
        });
        assertThat(records.lastWrite()).hasSize(4);
        change(() -> {
            store.storeTrust(CAROL, KEY, Trust.DISTRUSTED);
            store.storeTrust(ALICE, KEY, Trust.TRUSTED);
            store.storeDevice(CAROLS, DeviceRecord.UNKNOWN.listed(true));
            store.storeMode(CAROL, ConversationMode.ENCRYPTED);
            store.storeMode(CAROL, ConversationMode.PLAINTEXT);
        });
        assertThat(records.lastWrite()).containsOnlyKeys("trust/carol@example.org");
        assertSame(open(records), store);
    }

    @Test
    void aMessageToOneDeviceWritesNoOtherSessions() {
        Devices devices = new Devices(Profile.OMEMO_2, new InMemoryStore(), store);
        devices.talk(3);
        devices.bob().endCatchUp();
        change(() -> store.storeSessions(CAROLS, store.allSessions().values().iterator().next()));
        devices.bobAnswers("again");
        assertThat(records.lastWrite().keySet())
            .contains("sessions/alice@example.org/1001")
            .allMatch(name -> name.matches("(sessions|device)/alice@example\\.org/1001"));
    }

    @Test
    void whatChangesNothingIsNotWritten() {
        change(() -> store.storeMode(CAROL, ConversationMode.PLAINTEXT));
        change(() -> store.storeMode(CAROL, ConversationMode.PLAINTEXT));
        assertThat(records.writes()).isEqualTo(1);
    }

    @Test
    void aForgottenDeviceIsRemoved() {
        change(() -> store.storeDevice(CAROLS, DeviceRecord.UNKNOWN.heard(Instant.EPOCH)));
        change(() -> store.storeDevice(CAROLS, DeviceRecord.UNKNOWN));
        assertThat(records.lastWrite()).isEqualTo(Map.of("device/carol@example.org/3003", Optional.empty()));
        assertThat(records.read()).isEmpty();
    }

    @Test
    void nothingIsStoredOutsideOfAChange() {
        assertThatIllegalStateException().isThrownBy(() -> store.storeMode(CAROL, ConversationMode.PLAINTEXT));
        change(() -> store.storeMode(ALICE, ConversationMode.PLAINTEXT));
        assertThatIllegalStateException().isThrownBy(() -> store.storeMode(CAROL, ConversationMode.PLAINTEXT));
        assertThat(store.mode(CAROL)).isEqualTo(ConversationMode.ENCRYPTED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "other", "mode", "mode/", "mode/a@b/c", "mode/@b", "device/carol@example.org",
        "device/carol@example.org/0", "device/carol@example.org/x", "device/carol@example.org/1/1"})
    void aRecordOfAnotherNameIsRefused(String name) {
        byte[] bytes = name.startsWith("device")
            ? DeviceCodec.encode(DeviceRecord.UNKNOWN.listed(true)) : ModeCodec.encode(ConversationMode.PLAINTEXT);
        records.put(name, bytes);
        Refused.with(Reason.UNDECODABLE, () -> RecordStore.open(records));
    }

    @Test
    void mutatedTrustAndModesAreRefusedOrRead() {
        Random dice = new Random(1);
        List<byte[]> seeds = List.of(ModeCodec.encode(ConversationMode.PLAINTEXT),
            TrustCodec.encode(Map.of(KEY, Trust.BLIND, fingerprint(2), Trust.DISTRUSTED)));
        int refused = 0;
        for (int round = 0; round < ROUNDS; round++) {
            byte[] mutated = seeds.get(round % 2).clone();
            mutated[dice.nextInt(mutated.length)] = (byte) dice.nextInt();
            records.put(round % 2 == 0 ? "mode/carol@example.org" : "trust/carol@example.org", mutated);
            try {
                RecordStore.open(records);
            } catch (OmemoException e) {
                assertThat(e.reason()).isEqualTo(Reason.UNDECODABLE);
                refused++;
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }
        assertThat(refused).isGreaterThan(ROUNDS / 2);
    }

    private void change(Runnable change) {
        store.atomically(() -> {
            change.run();
            return true;
        });
    }

    private static Fingerprint fingerprint(int first) {
        byte[] bytes = new byte[32];
        bytes[0] = (byte) first;
        return Fingerprint.of(bytes);
    }

    private static RecordStore open(Records records) {
        try {
            return RecordStore.open(records);
        } catch (IOException | OmemoException e) {
            throw new AssertionError(e);
        }
    }

    private static void assertSame(InMemoryStore actual, InMemoryStore expected) {
        assertThat(contents(actual)).isEqualTo(contents(expected));
    }

    /** A record compares all of its parts, secrets included. Of an account without an entry nothing is known. */
    private static List<Object> contents(InMemoryStore store) {
        Map<BareJid, Object> trust = new HashMap<>(store.allTrust());
        trust.values().removeIf(Map.of()::equals);
        Map<BareJid, Object> devices = new HashMap<>(store.allDevices());
        devices.values().removeIf(Map.of()::equals);
        return new ArrayList<>(List.of(store.ownDevice(), store.signedPreKeys(), store.preKeys(), store.allSessions(),
            trust, devices, store.allModes()));
    }
}

package org.igniterealtime.openfire.plugin.omemo.core.session;

import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.igniterealtime.openfire.plugin.omemo.core.OmemoException;
import org.igniterealtime.openfire.plugin.omemo.core.store.DeviceAddress;
import org.igniterealtime.openfire.plugin.omemo.core.store.DeviceSessions;
import org.igniterealtime.openfire.plugin.omemo.core.store.PreKeys;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.whispersystems.libsignal.protocol.PreKeySignalMessage;

/**
 * From the bytes of a key exchange to its 64 bytes of plaintext: X3DH with a one-time prekey, the first message, the
 * session in the store, the prekey taken out of it. Before each the store is as it was at first. What the core leaves
 * for its first answer, which may never be sent, the peer does here: the own ratchet key.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(3)
public class KeyExchangeBenchmark {

    private CoreDevice bob;
    private DeviceAddress alice;
    private PreKeys preKeys;
    private byte[] message;

    private SignalDevice signalBob;
    private SignalDevice signalAlice;
    private byte[] signalMessage;

    @Setup
    public void write() throws Exception {
        bob = new CoreDevice("bob@example.org");
        CoreDevice other = new CoreDevice("alice@example.org");
        alice = other.address();
        preKeys = bob.store.preKeys().orElseThrow();
        message = other.begin(bob).recipients().get(0).keys().get(0).data().decode();
        signalBob = new SignalDevice("bob");
        signalAlice = new SignalDevice("alice");
        signalMessage = signalAlice.begin(signalBob, new byte[64]).serialize();
    }

    @Benchmark
    public byte[] core() throws OmemoException {
        Opening opening = new Opening(bob.context, new OwnKeys(bob.context), Optional.empty());
        Opening.Opened opened = opening.openKeyExchange(message);
        return bob.store.atomically(() -> {
            bob.store.storeSessions(alice, DeviceSessions.of(opened.message().next()));
            bob.store.storePreKeys(preKeys.withdraw(opened.preKeyId().orElseThrow(), false));
            bob.store.storePreKeys(preKeys);
            return opened.message().plaintext();
        });
    }

    @Benchmark
    public byte[] signal() throws Exception {
        signalBob.store.deleteSession(signalAlice.address);
        signalBob.store.storePreKey(signalBob.preKey.getId(), signalBob.preKey);
        return signalBob.with(signalAlice).decrypt(new PreKeySignalMessage(signalMessage));
    }
}

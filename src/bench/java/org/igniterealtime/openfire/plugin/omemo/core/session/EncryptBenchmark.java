package org.igniterealtime.openfire.plugin.omemo.core.session;

import java.util.concurrent.TimeUnit;
import org.igniterealtime.openfire.plugin.omemo.core.store.DeviceAddress;
import org.igniterealtime.openfire.plugin.omemo.core.store.DeviceSessions;
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
import org.whispersystems.libsignal.SessionCipher;

/**
 * 64 bytes through the ratchet to one device with which there is a session: from the session in the store to the bytes
 * to send, and the session after it in the store again.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(3)
public class EncryptBenchmark {

    private final byte[] plaintext = new byte[64];

    private CoreDevice alice;
    private DeviceAddress bob;
    private SessionCipher signal;

    @Setup
    public void meet() throws Exception {
        alice = new CoreDevice("alice@example.org");
        CoreDevice other = new CoreDevice("bob@example.org");
        alice.talkTo(other);
        bob = other.address();
        SignalDevice signalAlice = new SignalDevice("alice");
        SignalDevice signalBob = new SignalDevice("bob");
        signalAlice.talkTo(signalBob);
        signal = signalAlice.with(signalBob);
    }

    @Benchmark
    public byte[] core() {
        return alice.store.atomically(() -> {
            DeviceSessions sessions = alice.store.sessions(bob).orElseThrow();
            Session.Sent sent = Session.encrypt(sessions.current(), plaintext, alice.context.random());
            alice.store.storeSessions(bob, sessions.with(sent.next()));
            return sent.wire();
        });
    }

    @Benchmark
    public byte[] signal() throws Exception {
        return signal.encrypt(plaintext).serialize();
    }
}

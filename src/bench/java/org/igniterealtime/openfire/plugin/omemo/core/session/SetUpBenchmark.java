package org.igniterealtime.openfire.plugin.omemo.core.session;

import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.igniterealtime.openfire.plugin.omemo.core.OmemoException;
import org.igniterealtime.openfire.plugin.omemo.core.store.DeviceAddress;
import org.igniterealtime.openfire.plugin.omemo.core.store.DeviceSessions;
import org.igniterealtime.openfire.plugin.omemo.protocol.Bundle;
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
import org.whispersystems.libsignal.SessionBuilder;
import org.whispersystems.libsignal.state.PreKeyBundle;

/**
 * From a bundle to a session in the store that can send: the signature is verified, X3DH with a one-time prekey is done,
 * and the sending chain is begun. The core reads its bundle from base64, with 100 prekeys; the peer's is decoded.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(3)
public class SetUpBenchmark {

    private CoreDevice alice;
    private DeviceAddress bob;
    private Bundle bundle;

    private SignalDevice signalAlice;
    private SignalDevice signalBob;
    private PreKeyBundle signalBundle;

    @Setup
    public void publish() throws Exception {
        alice = new CoreDevice("alice@example.org");
        CoreDevice other = new CoreDevice("bob@example.org");
        bob = other.address();
        bundle = other.device.bundle();
        signalAlice = new SignalDevice("alice");
        signalBob = new SignalDevice("bob");
        signalBundle = signalBob.bundle();
    }

    @Benchmark
    public DeviceSessions core() throws OmemoException {
        DeviceContext context = alice.context;
        PublishedBundle published = PublishedBundle.verify(context.profile(), bundle);
        DeviceSessions sessions = DeviceSessions.of(Session.initiate(context.own().identity(), published.keys(),
            Optional.of(published.anyPreKey(context.random())), context.random()));
        return alice.store.atomically(() -> {
            alice.store.storeSessions(bob, sessions);
            return sessions;
        });
    }

    @Benchmark
    public SessionBuilder signal() throws Exception {
        signalAlice.store.deleteSession(signalBob.address);
        SessionBuilder builder = new SessionBuilder(signalAlice.store, signalBob.address);
        builder.process(signalBundle);
        return builder;
    }
}

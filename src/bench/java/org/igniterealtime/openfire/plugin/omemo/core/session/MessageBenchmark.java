package org.igniterealtime.openfire.plugin.omemo.core.session;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.igniterealtime.openfire.plugin.omemo.protocol.BareJid;
import org.igniterealtime.openfire.plugin.omemo.protocol.ContentElement;
import org.igniterealtime.openfire.plugin.omemo.protocol.Encrypted;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.whispersystems.libsignal.SessionCipher;

/**
 * A message to a room with so many devices, each with a session. The core does all that a message takes: opt-outs, trust,
 * content with padding, the payload, the ratchets, the records of the devices, one change of the store. The peer encrypts
 * the bare text with AES-128-GCM, as legacy OMEMO does, and as many bytes as the core for each device. Both end in base64.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(3)
public class MessageBenchmark {

    private static final String TEXT = "See you at the usual place, at half past seven?";

    /** Alice with the core. */
    @State(Scope.Thread)
    public static class Core {
        @Param({"10", "100", "1000"})
        int devices;
        private final CoreDevice alice = new CoreDevice("alice@example.org");
        private Conversation room;

        @Setup
        public void meet() {
            List<BareJid> members = new ArrayList<>();
            for (int i = 0; i < devices; i++) {
                CoreDevice member = new CoreDevice("member" + i + "@example.org");
                alice.talkTo(member);
                members.add(member.address().jid());
            }
            room = Conversation.inRoom(BareJid.of("room@conference.example.org").orElseThrow(), members);
        }
    }

    /** Alice with the peer. */
    @State(Scope.Thread)
    public static class Signal {
        @Param({"10", "100", "1000"})
        int devices;
        private final SecureRandom random = new SecureRandom();
        private final List<SessionCipher> members = new ArrayList<>();

        @Setup
        public void meet() throws Exception {
            SignalDevice alice = new SignalDevice("alice");
            for (int i = 0; i < devices; i++) {
                SignalDevice member = new SignalDevice("member" + i);
                alice.talkTo(member);
                members.add(alice.with(member));
            }
        }
    }

    @Benchmark
    public Encrypted core(Core state) {
        return CoreDevice.ready(
            state.alice.device.encrypt(state.room, List.of(ContentElement.body(TEXT)), Map.of()));
    }

    @Benchmark
    public List<String> signal(Signal state) throws Exception {
        byte[] secrets = new byte[28];
        state.random.nextBytes(secrets);
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(secrets, 0, 16, "AES"),
            new GCMParameterSpec(128, secrets, 16, 12));
        List<String> texts = new ArrayList<>(state.members.size() + 1);
        texts.add(base64(cipher.doFinal(TEXT.getBytes(StandardCharsets.UTF_8))));
        byte[] keyMaterial = Arrays.copyOf(secrets, 64);
        for (SessionCipher member : state.members) {
            texts.add(base64(member.encrypt(keyMaterial).serialize()));
        }
        return texts;
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }
}

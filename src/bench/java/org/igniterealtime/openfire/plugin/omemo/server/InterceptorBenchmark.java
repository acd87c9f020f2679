package org.igniterealtime.openfire.plugin.omemo.server;

import java.io.StringReader;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.dom4j.io.XMPPPacketReader;
import org.igniterealtime.openfire.plugin.omemo.policy.Finding;
import org.igniterealtime.openfire.plugin.omemo.policy.InvalidPolicyException;
import org.igniterealtime.openfire.plugin.omemo.policy.Occupant;
import org.igniterealtime.openfire.plugin.omemo.policy.Policy;
import org.igniterealtime.openfire.plugin.omemo.policy.PolicyBook;
import org.igniterealtime.openfire.plugin.omemo.policy.PolicyText;
import org.igniterealtime.openfire.plugin.omemo.stats.Activity;
import org.igniterealtime.openfire.plugin.omemo.stats.Counters;
import org.igniterealtime.openfire.plugin.omemo.stats.MessageCounts;
import org.igniterealtime.openfire.plugin.omemo.stats.Sightings;
import org.igniterealtime.openfire.plugin.omemo.stats.Violations;
import org.jivesoftware.openfire.interceptor.PacketRejectedException;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.xmpp.packet.JID;
import org.xmpp.packet.Message;

/**
 * What a stanza costs at the interceptor. The messages are as Conversations writes them, three devices to a member;
 * their fallback body is replaced anew in each round.
 */
@State(Scope.Thread)
@BenchmarkMode(org.openjdk.jmh.annotations.Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(3)
public class InterceptorBenchmark {

    private static final int DEVICES = 3;
    private static final int KEY_BYTES = 150;

    /** What needs room or device lists is left out: it costs what they take to be read. */
    private static final String FORM_ALONE =
        "enforce; sender-device=off; recipients=off; recipient-devices=off; counterfeit=enforce; coverage=off";

    private MucInterceptor interceptor;

    /** A stanza to a user. */
    @State(Scope.Thread)
    public static class ToUser {
        Message message;

        @Setup
        public void parse() throws Exception {
            message = message("bob@example.org/phone", "chat", "");
        }
    }

    /** A groupchat message with so many keys. */
    @State(Scope.Thread)
    public static class ToRoom {
        @Param({"10", "100", "1000"})
        int keys;
        Message message;

        @Setup
        public void parse() throws Exception {
            Random random = new Random(1);
            byte[] payload = new byte[256];
            random.nextBytes(payload);
            String members = IntStream.rangeClosed(1, (keys + DEVICES - 1) / DEVICES)
                .mapToObj(member -> "<keys jid='member" + member + "@example.org'>"
                    + IntStream.range(0, Math.min(DEVICES, keys - (member - 1) * DEVICES))
                        .mapToObj(device -> "<key rid='" + (1 + random.nextInt(Integer.MAX_VALUE)) + "'>" + key(random)
                            + "</key>").collect(Collectors.joining()) + "</keys>")
                .collect(Collectors.joining());
            message = message("room@conference.example.org", "groupchat",
                "<encrypted xmlns='urn:xmpp:omemo:1'><header sid='1'>" + members + "</header><payload>"
                    + Base64.getEncoder().encodeToString(payload) + "</payload></encrypted>");
        }

        private static String key(Random random) {
            byte[] key = new byte[KEY_BYTES];
            random.nextBytes(key);
            // An OMEMOAuthenticatedMessage: a mac of 16 bytes, and a message that takes the rest.
            key[0] = 0x0A;
            key[1] = 16;
            key[18] = 0x12;
            key[19] = (byte) 0x81;
            key[20] = 1;
            return Base64.getEncoder().encodeToString(key);
        }
    }

    private static Message message(String to, String type, String encrypted) throws Exception {
        return new Message(new XMPPPacketReader().read(new StringReader("<message to='" + to
            + "' from='alice@example.org/phone' type='" + type + "' id='m1'>" + encrypted
            + "<body>fallback</body><store xmlns='urn:xmpp:hints'/><origin-id xmlns='urn:xmpp:sid:0' id='m1'/>"
            + "<encryption xmlns='urn:xmpp:eme:0' name='OMEMO' namespace='urn:xmpp:omemo:1'/>"
            + "<markable xmlns='urn:xmpp:chat-markers:0'/></message>")).getRootElement());
    }

    @Setup
    public void guardTheRoom() throws InvalidPolicyException {
        Rooms rooms = new Rooms() {
            @Override
            public Optional<RoomConfiguration> configuration(JID room) {
                throw new UnsupportedOperationException();
            }

            @Override
            public Optional<RoomPeople> people(JID room) {
                return Optional.empty();
            }

            @Override
            public boolean serves(String domain) {
                return domain.equals("conference.example.org");
            }

            @Override
            public Optional<Occupant> occupant(JID room, JID fullJid) {
                throw new IllegalStateException("A message in order needs no look at the room");
            }

            @Override
            public List<Finding> requirementFindings(JID room) {
                return List.of();
            }
        };
        PolicyBook book = new PolicyBook(Map.of("room@conference.example.org", PolicyText.parse(FORM_ALONE)), List.of(),
            Map.of(), Policy.OFF);
        Counters counters = new Counters();
        MessageRecorder recorder = new MessageRecorder(new MessageCounts(), new Violations(), new Sightings(), jid -> true,
            InstantSource.system());
        recorder.keep(Activity.ROOMS);
        interceptor = new MucInterceptor(() -> book, room -> false, rooms, Optional::empty, new RoomWatch(rooms), new Bounces(null, counters),
            new Notices(null), counters, recorder);
    }

    @Benchmark
    public void notForARoom(ToUser state) throws PacketRejectedException {
        interceptor.interceptPacket(state.message, null, true, false);
    }

    @Benchmark
    public void encryptedForARoom(ToRoom state) throws PacketRejectedException {
        interceptor.interceptPacket(state.message, null, true, false);
    }
}

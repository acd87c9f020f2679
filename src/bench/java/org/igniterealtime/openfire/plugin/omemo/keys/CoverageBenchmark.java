package org.igniterealtime.openfire.plugin.omemo.keys;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.dom4j.DocumentHelper;
import org.igniterealtime.openfire.plugin.omemo.protocol.BareJid;
import org.igniterealtime.openfire.plugin.omemo.protocol.Encrypted;
import org.igniterealtime.openfire.plugin.omemo.protocol.EncryptedLimits;
import org.igniterealtime.openfire.plugin.omemo.protocol.Family;
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

/**
 * What it costs to find whom a message to a room of 1,000 members leaves out, three devices each, of which one in a hundred
 * has no key in it. The message was read before, as it is when it is judged; what is known of the members is at hand.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(3)
public class CoverageBenchmark {

    private static final int DEVICES = 3;
    private static final int LEFT_OUT = 100;

    @Param({"100", "1000"})
    int members;

    @Param({"LEGACY", "OMEMO_1"})
    Family family;

    private final List<Member> known = new ArrayList<>();
    private BareJid sender;
    private Encrypted message;

    @Setup
    public void fill() throws Exception {
        Random random = new Random(1);
        StringBuilder header = new StringBuilder();
        int count = 0;
        int sid = 0;
        for (int i = 0; i < members; i++) {
            // Never the same object as in the message.
            BareJid account = BareJid.of("member" + i + "@example.org").orElseThrow();
            List<Integer> ids = new ArrayList<>();
            StringBuilder keys = new StringBuilder();
            for (int j = 0; j < DEVICES; j++) {
                int id = 1 + random.nextInt(Integer.MAX_VALUE - 1);
                ids.add(id);
                if (sid == 0) {
                    sid = id;
                } else if (++count % LEFT_OUT != 0) {
                    keys.append("<key rid='").append(id).append("'>").append("A".repeat(200)).append("</key>");
                }
            }
            known.add(new Member(account, Optional.of(new Readiness(Map.of(), Map.of(family, List.copyOf(ids))))));
            header.append(family == Family.LEGACY ? keys : "<keys jid='" + account + "'>" + keys + "</keys>");
        }
        sender = known.get(0).account();
        message = Encrypted.parse(DocumentHelper.parseText("<encrypted xmlns='" + family.namespace() + "'><header sid='" + sid
            + "'>" + header + "</header></encrypted>").getRootElement(), new EncryptedLimits(10_000, 1_000));
        int expected = (members * DEVICES - 1) / LEFT_OUT;
        if (leftOut().leftOut().size() != expected) {
            throw new IllegalStateException(leftOut().leftOut().size() + " instead of " + expected);
        }
    }

    @Benchmark
    public Coverage leftOut() {
        return Coverage.of(known, sender, List.of(Addressees.of(message)));
    }
}

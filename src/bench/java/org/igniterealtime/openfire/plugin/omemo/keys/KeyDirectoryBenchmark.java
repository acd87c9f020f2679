package org.igniterealtime.openfire.plugin.omemo.keys;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.igniterealtime.openfire.plugin.omemo.protocol.BareJid;
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
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What an answer costs in the key directory, up to the text that goes to the wire, by how many devices are known. Each is
 * another one than the last, chosen at random. Texts are as long as real ones; with 100,000 devices they take 650 MB,
 * so that each comes from main memory.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 3, jvmArgsAppend = "-Xmx3g")
public class KeyDirectoryBenchmark {

    private static final Family FAMILY = Family.OMEMO_2;
    private static final int DEVICES_OF_AN_ACCOUNT = 3;
    private static final int BUNDLE_CHARACTERS = 6_369;
    private static final long MOST_BYTES = 2L << 30;

    @Param({"1000", "100000"})
    int devices;

    private final Random random = new Random(1);
    private KeyDirectory directory;
    private BareJid[] owners;
    private KeyRequest list;
    private KeyRequest[] bundles;

    @Setup
    public void fill() {
        owners = new BareJid[devices / DEVICES_OF_AN_ACCOUNT];
        bundles = new KeyRequest[owners.length];
        list = new KeyRequest(FAMILY.deviceListNode(), Set.of(), Integer.MAX_VALUE);
        directory = new KeyDirectory(this::keys, MOST_BYTES);
        for (int i = 0; i < owners.length; i++) {
            owners[i] = BareJid.of("account" + i + "@example.org").orElseThrow();
            bundles[i] = new KeyRequest(FAMILY.bundleNode(1), Set.of(Integer.toString(device(i, 0))), Integer.MAX_VALUE);
            directory.read(owners[i]).join();
        }
        for (BareJid owner : owners) {
            directory.known(owner).orElseThrow();
        }
    }

    @TearDown
    public void close() {
        directory.close();
    }

    private static int device(int account, int index) {
        return 1_000_000_000 + account * DEVICES_OF_AN_ACCOUNT + index;
    }

    private AccountKeys keys(BareJid owner) {
        int account = Integer.parseInt(owner.local().orElseThrow().substring("account".length()));
        StringBuilder devices = new StringBuilder("<devices xmlns=\"urn:xmpp:omemo:2\">");
        Map<String, String> items = new LinkedHashMap<>();
        for (int index = 0; index < DEVICES_OF_AN_ACCOUNT; index++) {
            String device = Integer.toString(device(account, index));
            devices.append("<device id=\"").append(device).append("\"/>");
            items.put(device, device + "x".repeat(BUNDLE_CHARACTERS - device.length()));
        }
        NodeConfiguration configuration = new NodeConfiguration(NodeConfiguration.OPEN, true, 1_000);
        return AccountKeys.of(Map.of(
            FAMILY.deviceListNode(), new PublishedNode(configuration, true, Map.of("current", devices + "</devices>")),
            FAMILY.bundleNode(1), new PublishedNode(configuration, true, items)));
    }

    @Benchmark
    public String deviceList() {
        return answer(random.nextInt(owners.length), list);
    }

    @Benchmark
    public String bundle() {
        int account = random.nextInt(owners.length);
        return answer(account, bundles[account]);
    }

    private String answer(int account, KeyRequest request) {
        AccountKeys keys = directory.known(owners[account]).orElseThrow();
        return request.answer(keys.node(request.node()).orElseThrow());
    }
}

package org.igniterealtime.openfire.plugin.omemo.bot;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.igniterealtime.openfire.plugin.omemo.core.profile.Profile;
import org.igniterealtime.openfire.plugin.omemo.core.session.DeviceSettings;
import org.igniterealtime.openfire.plugin.omemo.core.session.OmemoDevice;
import org.igniterealtime.openfire.plugin.omemo.core.store.InMemoryStore;
import org.igniterealtime.openfire.plugin.omemo.core.store.OwnDevice;
import org.igniterealtime.openfire.plugin.omemo.embedded.EmbeddedOpenfire;
import org.igniterealtime.openfire.plugin.omemo.embedded.RoomBuilder;
import org.igniterealtime.openfire.plugin.omemo.embedded.TestClient;
import org.igniterealtime.openfire.plugin.omemo.protocol.BareJid;
import org.igniterealtime.openfire.plugin.omemo.protocol.ContentElement;
import org.igniterealtime.openfire.plugin.omemo.protocol.Device;
import org.igniterealtime.openfire.plugin.omemo.protocol.DeviceList;
import org.igniterealtime.openfire.plugin.omemo.protocol.Family;
import org.igniterealtime.openfire.plugin.omemo.server.PluginParts;

/**
 * What bots cost, in a real server with the plugin's parts: {@code mvn -Pbench-bots}. Two bots in a room talk as canaries
 * do; all other members are accounts that have published the keys of three devices, and are not there.
 */
public final class BotLoad {

    private static final int[] MEMBERS = {2, 20, 200};
    private static final int DEVICES = 3;
    private static final int MADE = 32;
    private static final int ROUND_TRIPS = 60;
    private static final int WARM_UP = 20;
    private static final int IDLE_BOTS = 50;
    private static final int SELF_TESTS = 9;
    private static final String PUBSUB = "http://jabber.org/protocol/pubsub";
    private static final Set<Family> FAMILY = Set.of(Family.OMEMO_2);

    private final EmbeddedOpenfire server;
    private final BotHost host;
    private final List<String> bundles = bundles();

    private BotLoad(EmbeddedOpenfire server, BotHost host) {
        this.server = server;
        this.host = host;
    }

    public static void main(String[] arguments) throws Exception {
        try (EmbeddedOpenfire server = EmbeddedOpenfire.start()) {
            PluginParts plugin = new PluginParts(server);
            plugin.start();
            BotLoad load = new BotLoad(server, plugin.bots().host().orElseThrow());
            load.publish(MEMBERS[MEMBERS.length - 1] - 2);
            for (int members : MEMBERS) {
                load.roundTrips(members);
            }
            load.idleBots();
            double[] seconds = new double[SELF_TESTS];
            for (int i = 0; i < SELF_TESTS; i++) {
                SelfTestReport report = plugin.bots().selfTest().orElseThrow().run(step -> { });
                if (!report.passed()) {
                    throw new IllegalStateException("the self-test has not passed: " + report);
                }
                seconds[i] = report.duration().toNanos() / 1e9;
            }
            print("self-test, first %.2f s, median of the others %.2f s", seconds[0],
                median(Arrays.copyOfRange(seconds, 1, SELF_TESTS)));
            plugin.stop();
        }
        System.exit(0);
    }

    private static void print(String format, Object... values) {
        System.out.println("[bots] " + String.format(Locale.ROOT, format, values));
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    /** Devices have one of a few bundles; nothing in a bundle says whose it is. */
    private List<String> bundles() {
        BareJid jid = BareJid.of("maker@example.org").orElseThrow();
        return IntStream.range(0, MADE).mapToObj(i -> OmemoDevice.create(
            OwnDevice.generate(Profile.OMEMO_2, jid, Set.of(), new SecureRandom()), new InMemoryStore(),
            new SecureRandom(), InstantSource.system(), DeviceSettings.DEFAULT).bundle().toElement().asXML()).toList();
    }

    private static String member(int number) {
        return "member" + number;
    }

    private void publish(int accounts) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        List<Future<?>> tasks = new ArrayList<>();
        for (int i = 0; i < accounts; i++) {
            int number = i;
            tasks.add(threads.submit(() -> publishOne(number)));
        }
        for (Future<?> task : tasks) {
            task.get();
        }
        threads.shutdown();
    }

    private void publishOne(int number) {
        server.createUser(member(number), "secret");
        try (TestClient client = TestClient.login(server, member(number), "secret")) {
            List<Device> devices = new ArrayList<>();
            for (int i = 1; i <= DEVICES; i++) {
                devices.add(new Device(number * DEVICES + i, Optional.empty(), Optional.empty()));
                publish(client, Family.OMEMO_2.bundleNode(1), Integer.toString(number * DEVICES + i),
                    bundles.get((number + i) % MADE));
            }
            publish(client, Family.OMEMO_2.deviceListNode(), "current",
                new DeviceList(Family.OMEMO_2, devices).toElement().asXML());
        }
    }

    private static void publish(TestClient client, String node, String id, String payload) {
        if (!client.request("type='set'", "<pubsub xmlns='" + PUBSUB + "'><publish node='" + node + "'><item id='" + id
                + "'>" + payload + "</item></publish></pubsub>").type().equals("result")) {
            throw new IllegalStateException("keys could not be published");
        }
    }

    private void roundTrips(int members) throws Exception {
        Actor first = wake("first" + members);
        Actor second = wake("second" + members);
        RoomBuilder builder = server.room("room" + members).membersOnly().nonAnonymous()
            .owners(first.address().bare().toString()).members(second.address().bare().toString());
        for (int i = 0; i < members - 2; i++) {
            builder.members(member(i));
        }
        BareJid room = BareJid.of(builder.create()).orElseThrow();
        first.enter(room);
        second.enter(room);
        double cold = message(first, second, room);
        double coldBack = message(second, first, room);
        double[] trips = new double[ROUND_TRIPS];
        double[] encryption = new double[ROUND_TRIPS];
        for (int i = -WARM_UP; i < ROUND_TRIPS; i++) {
            long begin = System.nanoTime();
            double sending = message(first, second, room);
            message(second, first, room);
            if (i >= 0) {
                trips[i] = (System.nanoTime() - begin) / 1e6;
                encryption[i] = sending;
            }
            first.forget();
            second.forget();
        }
        print("room of %d members, %d devices: first message %.1f ms (and %.1f ms by the other), encrypting and sending "
            + "afterwards %.2f ms, round trip %.2f ms (medians of %d)", members, (members - 2) * DEVICES + 2, cold, coldBack,
            median(encryption), median(trips), ROUND_TRIPS);
        host.dismiss(first.name());
        host.dismiss(second.name());
    }

    /** @return how long it took until it was sent, in ms */
    private double message(Actor sender, Actor reader, BareJid room) throws Exception {
        String text = host.surroundings().token();
        long begin = System.nanoTime();
        sender.say(room, List.of(ContentElement.body(text)), FAMILY);
        double sent = (System.nanoTime() - begin) / 1e6;
        reader.awaitReading(reading -> reading.content().body().filter(text::equals).isPresent(), "could not read");
        return sent;
    }

    private Actor wake(String name) throws Exception {
        BareJid jid = BareJid.of(name + "@" + host.domain()).orElseThrow();
        Keeping keeping = Keeping.open(host.table(), name, jid, "load", FAMILY, host.surroundings(), true);
        OwnNodes nodes = new OwnNodes(keeping.devices(), "load", host.version());
        Actor actor = new Actor(name, new Address(jid, "bot"), keeping.devices(), host.surroundings(),
            Duration.ofSeconds(5), nodes::answer);
        host.admit(name, actor);
        return actor;
    }

    private void idleBots() throws InterruptedException {
        long before = used();
        Map<String, String> wanted = new HashMap<>();
        for (int i = 0; i < IDLE_BOTS; i++) {
            wanted.put("idle" + i, "echo");
        }
        long begin = System.nanoTime();
        host.want(wanted);
        double seconds = (System.nanoTime() - begin) / 1e9;
        long each = (used() - before) / IDLE_BOTS;
        if (host.states().stream().anyMatch(state -> state.status() != BotState.Status.RUNNING)) {
            throw new IllegalStateException("a bot does not run");
        }
        print("idle bot of both families: %d KB of heap each, %.0f ms to make one", each / 1024,
            seconds * 1000 / IDLE_BOTS);
        host.want(Map.of());
    }

    private static long used() throws InterruptedException {
        for (int i = 0; i < 3; i++) {
            System.gc();
            Thread.sleep(200);
        }
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}

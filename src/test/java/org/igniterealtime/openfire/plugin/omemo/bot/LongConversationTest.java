package org.igniterealtime.openfire.plugin.omemo.bot;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.dom4j.Element;
import org.igniterealtime.openfire.plugin.omemo.core.crypto.SealingKey;
import org.igniterealtime.openfire.plugin.omemo.core.store.DeviceAddress;
import org.igniterealtime.openfire.plugin.omemo.protocol.BareJid;
import org.igniterealtime.openfire.plugin.omemo.protocol.ContentElement;
import org.igniterealtime.openfire.plugin.omemo.protocol.Encrypted;
import org.igniterealtime.openfire.plugin.omemo.protocol.EncryptedLimits;
import org.igniterealtime.openfire.plugin.omemo.protocol.Family;
import org.igniterealtime.openfire.plugin.omemo.store.BotDatabase;
import org.igniterealtime.openfire.plugin.omemo.store.BotTable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Two bots write to each other over a line that loses and mixes up messages, and are started anew again and again. */
class LongConversationTest {

    private static final int MESSAGES = 1_000;
    private static final int MOST_UNDER_WAY = 30;

    private final SecureRandom keys = new SecureRandom();
    private final Map<BareJid, Peer> peers = new ConcurrentHashMap<>();
    private final List<Element> underWay = new ArrayList<>();
    private BotTable table;

    @ParameterizedTest
    @CsvSource({"0.4, 0.4, true", "0.8+, 0.8+, true", "0.4|0.8+, 0.4|0.8+, true", "0.4|0.8+, 0.4, true",
        "0.4|0.8+, 0.4|0.8+, false"})
    void whatIsNotLostIsReadAndNoSessionIsBegunAnew(String familiesOfA, String familiesOfB, boolean acquainted)
            throws Exception {
        long seed = keys.nextLong();
        try (BotDatabase database = new BotDatabase()) {
            table = new BotTable(database, SealingKey.generate(keys), keys);
            play(new Random(seed), new Peer("a", families(familiesOfA)), new Peer("b", families(familiesOfB)),
                acquainted);
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError("With the seed " + seed, e);
        }
    }

    private static Set<Family> families(String labels) {
        return Arrays.stream(labels.split("\\|")).map(label -> Family.ofLabel(label).orElseThrow())
            .collect(Collectors.toSet());
    }

    private void play(Random random, Peer a, Peer b, boolean acquainted) {
        List<Peer> both = List.of(a, b);
        for (Peer peer : both) {
            peer.start();
        }
        for (int i = 0; i < (acquainted ? 2 : 0); i++) {
            both.forEach(peer -> {
                peer.write();
                deliverAll();
            });
        }
        both.forEach(peer -> peer.exchanges = 0);
        Set<String> lost = new HashSet<>();
        int restarts = 0;
        while (a.written.size() + b.written.size() < MESSAGES) {
            both.get(random.nextInt(2)).write();
            if (random.nextInt(40) == 0) {
                both.get(random.nextInt(2)).start();
                restarts++;
            }
            while (underWay.size() > random.nextInt(MOST_UNDER_WAY)) {
                Element message = underWay.remove(random.nextInt(underWay.size()));
                if (random.nextInt(8) == 0) {
                    lost.add(Stanzas.attribute(message, "id"));
                } else {
                    deliver(message);
                }
            }
        }
        deliverAll();

        assertThat(restarts).isGreaterThan(5);
        assertThat(lost).hasSizeGreaterThan(MESSAGES / 20);
        for (Peer reader : both) {
            Map<String, String> expected = new HashMap<>(other(reader).written);
            expected.keySet().removeAll(lost);
            assertThat(reader.read).as("read by " + reader.name).containsExactlyInAnyOrderElementsOf(expected.values());
            if (acquainted) {
                assertThat(reader.exchanges).as("key exchanges of " + reader.name).isZero();
            }
            assertThat(reader.problems.list()).isEmpty();
        }
        both.forEach(peer -> {
            peer.start();
            String text = peer.write();
            deliverAll();
            assertThat(other(peer).read).contains(text);
        });
    }

    private Peer other(Peer peer) {
        return peers.values().stream().filter(one -> one != peer).findFirst().orElseThrow();
    }

    private void deliverAll() {
        while (!underWay.isEmpty()) {
            deliver(underWay.remove(0));
        }
    }

    private void deliver(Element stanza) {
        Address.of(Stanzas.attribute(stanza, "to")).map(to -> peers.get(to.bare())).ifPresent(peer -> peer.receive(stanza));
    }

    /** Messages wait; questions are answered at once. */
    private void send(Element stanza) {
        if (stanza.getName().equals("message")) {
            underWay.add(stanza);
        } else {
            deliver(stanza);
        }
    }

    private final class Peer implements ClientEvents {

        private final String name;
        private final BareJid jid;
        private final Set<Family> families;
        private final Map<String, String> written = new HashMap<>();
        private final List<String> read = new ArrayList<>();
        private final Problems problems = new Problems(new TestClock(), text -> { });
        private OmemoClient client;
        private OwnNodes nodes;
        private Lane lane;
        private int exchanges;

        Peer(String name, Set<Family> families) {
            this.name = name;
            this.families = families;
            jid = BareJid.of(name + "@bots.example").orElseThrow();
            peers.put(jid, this);
        }

        /** From what is stored. */
        void start() {
            Surroundings around = new Surroundings(LongConversationTest.this::send, Runnable::run, new NoTimer(),
                new TestClock(), keys);
            try {
                Keeping keeping = Keeping.open(table, name, jid, "test", families, around, true);
                lane = around.lane(1_000, failure -> {
                    throw new IllegalStateException(failure);
                });
                client = new OmemoClient(new Address(jid, "bot"), keeping.devices(), lane,
                    around.with(this::send), this, problems);
                nodes = new OwnNodes(keeping.devices(), "test", "test");
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }

        private void send(Element stanza) {
            for (Family family : families) {
                Stanzas.child(stanza, Encrypted.ELEMENT, family.namespace()).ifPresent(element -> {
                    try {
                        exchanges += Encrypted.parse(element, EncryptedLimits.DEFAULT).recipients().stream()
                            .flatMap(one -> one.keys().stream()).filter(key -> key.keyExchange()).count();
                    } catch (Exception e) {
                        throw new IllegalStateException(e);
                    }
                });
            }
            LongConversationTest.this.send(stanza);
        }

        String write() {
            String text = name + " " + written.size();
            Sent[] sent = new Sent[1];
            lane.execute(() -> client.say(Talk.with(other(this).jid), List.of(ContentElement.body(text)), families,
                result -> sent[0] = result));
            assertThat(sent[0]).isInstanceOf(Sent.Out.class);
            written.put(((Sent.Out) sent[0]).id(), text);
            return text;
        }

        void receive(Element stanza) {
            if (stanza.getName().equals("message")) {
                lane.execute(() -> client.message(stanza));
            } else if (Set.of("get", "set").contains(Stanzas.attribute(stanza, "type"))) {
                LongConversationTest.this.send(nodes.answer(stanza));
            } else {
                lane.execute(() -> client.answered(stanza));
            }
        }

        @Override
        public void read(Talk talk, Reading reading) {
            read.add(reading.content().body().orElseThrow());
        }

        @Override
        public void unreadable(Talk talk, DeviceAddress from, Family family, String why) {
            throw new IllegalStateException(name + " cannot read: " + why);
        }

        @Override
        public void optedOut(Talk talk, BareJid by) {
            throw new IllegalStateException("nobody opts out");
        }

        @Override
        public void entered(BareJid room) {
            throw new IllegalStateException("there are no rooms");
        }

        @Override
        public void left(BareJid room, String why, boolean forGood) {
            throw new IllegalStateException("there are no rooms");
        }

        @Override
        public void bounced(Element stanza) {
            throw new IllegalStateException("nothing comes back");
        }

        @Override
        public void bundleChanged(Family family) {
            // Whoever asks gets the new one.
        }
    }
}

package org.igniterealtime.openfire.plugin.omemo.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.igniterealtime.openfire.plugin.omemo.keys.AccountKeys;
import org.igniterealtime.openfire.plugin.omemo.keys.KeyDirectory;
import org.igniterealtime.openfire.plugin.omemo.keys.NodeConfiguration;
import org.igniterealtime.openfire.plugin.omemo.keys.PublishedNode;
import org.igniterealtime.openfire.plugin.omemo.protocol.BareJid;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Two nodes of a cluster over one slow store; what passes between them is handed over here, not by a network. */
class KeyClusterTest {

    private static final String NODE = "urn:xmpp:omemo:2:devices";
    private static final BareJid ALICE = BareJid.of("alice@example.org").orElseThrow();

    private final AtomicInteger stored = new AtomicInteger();
    private final KeyDirectory here = new KeyDirectory(owner -> read(), 1 << 20);
    private final KeyDirectory there = new KeyDirectory(owner -> read(), 1 << 20);
    private final List<String> told = new ArrayList<>();
    private final KeyCluster cluster = new KeyCluster(here, () -> true, change -> {
        told.add(change.begins() ? "begins" : "ends");
        KeyCluster.take(change, there);
    });

    @AfterEach
    void close() {
        here.close();
        there.close();
    }

    @Test
    void theOtherNodeKnowsNothingFromBeginningToEnd() throws Exception {
        there.read(ALICE).get();

        cluster.announced(ALICE, () -> {
            assertThat(there.known(ALICE)).isEmpty();
            told.add("changes");
            return null;
        });

        assertThat(told).containsExactly("begins", "changes", "ends");
        assertThat(there.known(ALICE)).isEmpty();
        there.read(ALICE).get();
        assertThat(there.known(ALICE)).isPresent();
    }

    @Test
    void itIsToldOfTheEndEvenIfTheChangeFails() throws Exception {
        assertThatThrownBy(() -> cluster.announced(ALICE, () -> {
            throw new IllegalStateException("the database is gone");
        })).isInstanceOf(IllegalStateException.class);

        assertThat(told).containsExactly("begins", "ends");
        there.read(ALICE).get();
        assertThat(there.known(ALICE)).isPresent();
    }

    @Test
    void aServerThatIsAloneTellsNobody() {
        KeyCluster alone = new KeyCluster(here, () -> false, change -> told.add("told"));

        assertThat(alone.announced(ALICE, () -> 7)).isEqualTo(7);

        assertThat(told).isEmpty();
    }

    @Test
    void aChangeOnOneNodeIsNeverFollowedByAStaleAnswerOnTheOther() throws Exception {
        AtomicInteger stale = new AtomicInteger();
        AtomicInteger answers = new AtomicInteger();
        AtomicInteger replied = new AtomicInteger();
        AtomicBoolean done = new AtomicBoolean();
        List<Thread> readers = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            Thread reader = new Thread(() -> {
                while (!done.get()) {
                    int least = replied.get();
                    try {
                        if (version(there.read(ALICE).get(10, TimeUnit.SECONDS)) < least) {
                            stale.incrementAndGet();
                        }
                        answers.incrementAndGet();
                    } catch (Exception e) {
                        stale.incrementAndGet();
                    }
                }
            });
            reader.start();
            readers.add(reader);
        }
        for (int version = 1; version <= 200; version++) {
            int next = version;
            here.change(ALICE, () -> cluster.announced(ALICE, () -> {
                pause();
                stored.set(next);
                pause();
                return null;
            })).get(10, TimeUnit.SECONDS);
            replied.set(version);
        }
        done.set(true);
        for (Thread reader : readers) {
            reader.join();
        }

        assertThat(stale).hasValue(0);
        assertThat(answers.get()).isGreaterThan(200);
    }

    private AccountKeys read() {
        pause();
        int version = stored.get();
        pause();
        return AccountKeys.of(Map.of(NODE, new PublishedNode(
            new NodeConfiguration(NodeConfiguration.OPEN, true, 1), true, Map.of("current", Integer.toString(version)))));
    }

    private static int version(AccountKeys keys) {
        return Integer.parseInt(keys.node(NODE).orElseThrow().items().get("current"));
    }

    private static void pause() {
        try {
            Thread.sleep(new Random().nextInt(2));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

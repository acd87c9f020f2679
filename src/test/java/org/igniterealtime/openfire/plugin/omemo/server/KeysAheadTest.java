package org.igniterealtime.openfire.plugin.omemo.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.igniterealtime.openfire.plugin.omemo.keys.AccountKeys;
import org.igniterealtime.openfire.plugin.omemo.keys.KeyDirectory;
import org.igniterealtime.openfire.plugin.omemo.keys.KeySource;
import org.igniterealtime.openfire.plugin.omemo.keys.NodeConfiguration;
import org.igniterealtime.openfire.plugin.omemo.keys.PublishedNode;
import org.igniterealtime.openfire.plugin.omemo.protocol.BareJid;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class KeysAheadTest {

    private static final List<BareJid> OWNERS = IntStream.range(0, 100)
        .mapToObj(i -> BareJid.of("user" + i + "@example.org").orElseThrow()).toList();

    private final List<BareJid> read = new CopyOnWriteArrayList<>();
    private KeyDirectory directory;
    private KeysAhead ahead;

    @AfterEach
    void close() {
        ahead.stop();
        directory.close();
    }

    @Test
    void keysAreKnownBeforeAnybodyAsks() throws Exception {
        start(1 << 20, owner -> keys(1_000));

        await(() -> OWNERS.stream().allMatch(owner -> directory.known(owner).isPresent()));

        assertThat(read).isEqualTo(OWNERS);
    }

    @Test
    void halfOfTheMemoryIsLeftToWhatIsAskedFor() throws Exception {
        start(100_000, owner -> keys(5_000));

        await(() -> !directory.hasRoom());
        Thread.sleep(100);

        assertThat(read).hasSizeBetween(8, 12);
    }

    @Test
    void whenTheDatabaseFailsItStops() throws Exception {
        CountDownLatch failed = new CountDownLatch(1);
        start(1 << 20, owner -> {
            failed.countDown();
            throw new IllegalStateException("gone");
        });

        assertThat(failed.await(10, TimeUnit.SECONDS)).isTrue();
        Thread.sleep(100);

        assertThat(read).hasSize(1);
    }

    @Test
    void itCanBeStopped() throws Exception {
        CountDownLatch reading = new CountDownLatch(1);
        CountDownLatch released = new CountDownLatch(1);
        start(1 << 20, owner -> {
            reading.countDown();
            try {
                released.await(10, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return keys(10);
        });
        assertThat(reading.await(10, TimeUnit.SECONDS)).isTrue();

        ahead.stop();
        released.countDown();
        Thread.sleep(100);

        assertThat(read).hasSize(1);
    }

    private void start(long mostBytes, KeySource source) {
        directory = new KeyDirectory(owner -> {
            read.add(owner);
            return source.read(owner);
        }, mostBytes);
        ahead = new KeysAhead(directory, () -> OWNERS);
        ahead.start();
    }

    private static AccountKeys keys(int characters) {
        return AccountKeys.of(Map.of("urn:xmpp:omemo:2:devices", new PublishedNode(
            new NodeConfiguration(NodeConfiguration.OPEN, true, 1), true, Map.of("current", "x".repeat(characters)))));
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (!condition.getAsBoolean() && System.nanoTime() < end) {
            Thread.sleep(5);
        }
        assertThat(condition.getAsBoolean()).isTrue();
    }
}

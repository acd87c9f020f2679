package org.igniterealtime.openfire.plugin.omemo.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.igniterealtime.openfire.plugin.omemo.protocol.BareJid;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class KeyDirectoryTest {

    private static final String NODE = "urn:xmpp:omemo:1:devices";
    private static final BareJid ALICE = BareJid.of("alice@example.org").orElseThrow();
    private static final BareJid BOB = BareJid.of("bob@example.org").orElseThrow();

    /** A store whose readings look, wait, and answer with what they saw, and whose writes wait before they are visible. */
    private static final class SlowStore implements KeySource {

        final Map<BareJid, Integer> versions = new ConcurrentHashMap<>();
        final AtomicInteger readings = new AtomicInteger();
        volatile int mostMillis;

        @Override
        public AccountKeys read(BareJid owner) {
            readings.incrementAndGet();
            pause();
            int version = versions.getOrDefault(owner, 0);
            pause();
            return keys(Integer.toString(version));
        }

        int write(BareJid owner, int version) {
            pause();
            versions.put(owner, version);
            pause();
            return version;
        }

        private void pause() {
            if (mostMillis > 0) {
                try {
                    Thread.sleep(new Random().nextInt(mostMillis + 1));
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            }
        }
    }

    private final SlowStore store = new SlowStore();
    private KeyDirectory directory = new KeyDirectory(store, 1 << 20);

    @AfterEach
    void close() {
        directory.close();
    }

    @Test
    void whatWasReadOnceIsKnown() throws Exception {
        assertThat(directory.known(ALICE)).isEmpty();

        assertThat(version(read(ALICE))).isZero();

        assertThat(directory.known(ALICE)).isPresent();
        read(ALICE);
        assertThat(store.readings).hasValue(1);
    }

    @Test
    void whoeverAsksBehindAChangeSeesItAndNothingIsRememberedOfTheQuestion() throws Exception {
        store.mostMillis = 20;
        CompletableFuture<Integer> change = directory.change(ALICE, () -> store.write(ALICE, 1));

        CompletableFuture<AccountKeys> answer = directory.ask(ALICE, () -> store.read(ALICE));

        assertThat(version(answer.get(10, TimeUnit.SECONDS))).isEqualTo(1);
        assertThat(change).isDone();
        assertThat(directory.known(ALICE)).isEmpty();
        assertThatThrownBy(() -> directory.ask(ALICE, () -> {
            throw new IllegalStateException("no answer");
        }).get(10, TimeUnit.SECONDS)).isInstanceOf(ExecutionException.class).hasMessageContaining("no answer");
        directory.close();
        assertThat(directory.ask(ALICE, () -> 1)).failsWithin(java.time.Duration.ofSeconds(1))
            .withThrowableOfType(ExecutionException.class).withCauseInstanceOf(RejectedExecutionException.class);
    }

    @Test
    void absenceIsKnownToo() throws Exception {
        directory.close();
        directory = new KeyDirectory(owner -> AccountKeys.NONE, 1 << 20);

        read(ALICE);

        assertThat(directory.known(ALICE)).contains(AccountKeys.NONE);
    }

    @Test
    void aThousandQuestionsAtOnceAreOneReading() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        AtomicInteger readings = new AtomicInteger();
        directory.close();
        directory = new KeyDirectory(owner -> {
            await(asked);
            readings.incrementAndGet();
            return AccountKeys.NONE;
        }, 1 << 20);

        List<CompletableFuture<AccountKeys>> answers = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            answers.add(directory.read(ALICE));
        }
        asked.countDown();

        for (CompletableFuture<AccountKeys> answer : answers) {
            assertThat(answer.get(10, TimeUnit.SECONDS)).isSameAs(AccountKeys.NONE);
        }
        assertThat(readings).hasValue(1);
    }

    @Test
    void aChangeIsNeverFollowedByAStaleAnswerHoweverSlowTheStoreIs() throws Exception {
        store.mostMillis = 2;
        AtomicInteger stale = new AtomicInteger();
        AtomicInteger answers = new AtomicInteger();
        AtomicInteger stored = new AtomicInteger();
        List<Thread> readers = new ArrayList<>();
        for (int r = 0; r < 4; r++) {
            Thread reader = new Thread(() -> {
                while (!Thread.currentThread().isInterrupted()) {
                    int least = stored.get();
                    try {
                        if (version(read(ALICE)) < least) {
                            stale.incrementAndGet();
                        }
                        answers.incrementAndGet();
                    } catch (InterruptedException e) {
                        return;
                    } catch (Exception e) {
                        stale.incrementAndGet();
                    }
                }
            });
            reader.start();
            readers.add(reader);
        }
        Random random = new Random(1);
        for (int version = 1; version <= 300; version++) {
            int now = version;
            // The change of another node of the cluster is stored by nobody that we know.
            if (random.nextInt(4) == 0) {
                directory.beginsElsewhere(ALICE, "change " + version);
                store.write(ALICE, version);
                directory.endsElsewhere("change " + version);
            } else {
                directory.change(ALICE, () -> store.write(ALICE, now)).get(10, TimeUnit.SECONDS);
            }
            stored.set(version);
            if (random.nextInt(3) == 0) {
                Thread.sleep(random.nextInt(8));
            }
        }
        readers.forEach(Thread::interrupt);
        for (Thread reader : readers) {
            reader.join();
        }

        assertThat(stale).hasValue(0);
        assertThat(answers.get()).isGreaterThan(300);
    }

    @Test
    void aQuestionAskedAfterAChangeSeesItEvenBeforeTheChangeIsStored() throws Exception {
        store.mostMillis = 20;
        read(ALICE);

        directory.change(ALICE, () -> store.write(ALICE, 7));

        assertThat(directory.known(ALICE)).isEmpty();
        assertThat(version(read(ALICE))).isEqualTo(7);
    }

    @Test
    void aReadingDuringWhichAnAccountIsForgottenIsNotRemembered() throws Exception {
        CountDownLatch reading = new CountDownLatch(1);
        CountDownLatch forgotten = new CountDownLatch(1);
        directory.close();
        directory = new KeyDirectory(owner -> {
            reading.countDown();
            await(forgotten);
            return keys("1");
        }, 1 << 20);
        CompletableFuture<AccountKeys> answer = directory.read(ALICE);
        await(reading);

        directory.forget(ALICE);
        forgotten.countDown();

        answer.get(10, TimeUnit.SECONDS);
        assertThat(directory.known(ALICE)).isEmpty();
    }

    @Test
    void duringAChangeElsewhereNothingIsKnownNorRemembered() throws Exception {
        read(ALICE);

        directory.beginsElsewhere(ALICE, "1");
        assertThat(directory.known(ALICE)).isEmpty();
        read(ALICE);
        assertThat(directory.known(ALICE)).isEmpty();
        directory.endsElsewhere("1");

        assertThat(directory.known(ALICE)).isEmpty();
        read(ALICE);
        assertThat(directory.known(ALICE)).isPresent();
    }

    @Test
    void anotherAccountIsNotAffected() throws Exception {
        read(BOB);

        directory.beginsElsewhere(ALICE, "1");
        directory.forget(ALICE);

        assertThat(directory.known(BOB)).isPresent();
        directory.forgetAll();
        assertThat(directory.known(BOB)).isEmpty();
    }

    @Test
    void failuresReachTheOneWhoAskedAndAreNotRemembered() throws Exception {
        AtomicInteger readings = new AtomicInteger();
        directory.close();
        directory = new KeyDirectory(owner -> {
            if (readings.incrementAndGet() == 1) {
                throw new IllegalStateException("the database is gone");
            }
            return AccountKeys.NONE;
        }, 1 << 20);

        assertThatThrownBy(() -> read(ALICE)).hasCauseInstanceOf(IllegalStateException.class);
        assertThat(read(ALICE)).isSameAs(AccountKeys.NONE);
        CompletableFuture<Object> change = directory.change(ALICE, () -> {
            throw new IllegalStateException("the database is gone");
        });
        assertThatThrownBy(() -> change.get(10, TimeUnit.SECONDS)).hasCauseInstanceOf(IllegalStateException.class);
        assertThat(directory.known(ALICE)).isEmpty();
        read(ALICE);
        assertThat(directory.known(ALICE)).isPresent();
    }

    @Test
    void whenTooMuchWaitsTheRestIsRefusedAndHitsAreStillAnswered() throws Exception {
        CountDownLatch released = new CountDownLatch(1);
        directory.close();
        directory = new KeyDirectory(owner -> {
            if (!owner.equals(BOB)) {
                await(released);
            }
            return AccountKeys.NONE;
        }, 1 << 20);
        read(BOB);

        boolean refused = false;
        for (int i = 0; i < 100_000 && !refused; i++) {
            CompletableFuture<AccountKeys> answer = directory.read(BareJid.of("u" + i + "@example.org").orElseThrow());
            refused = answer.isCompletedExceptionally();
        }

        assertThat(refused).isTrue();
        assertThat(directory.known(BOB)).isPresent();
        released.countDown();
    }

    @Test
    void changesOfOneAccountByTheThousandDoNotKeepOthersWaiting() throws Exception {
        CountDownLatch released = new CountDownLatch(1);
        List<CompletableFuture<Integer>> changes = new ArrayList<>();
        for (int i = 0; i < 4_000; i++) {
            changes.add(directory.change(ALICE, () -> {
                await(released);
                return 1;
            }));
        }

        assertThat(changes.stream().filter(change -> !change.isCompletedExceptionally()).count()).isEqualTo(200);
        assertThatThrownBy(() -> changes.get(3_999).get()).hasCauseInstanceOf(RejectedExecutionException.class);
        released.countDown();
        assertThat(changes.get(199).get(10, TimeUnit.SECONDS)).isEqualTo(1);
        assertThat(directory.change(ALICE, () -> 2).get(10, TimeUnit.SECONDS)).isEqualTo(2);
    }

    @Test
    void whoeverStillWaitsAtTheEndIsTold() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        CompletableFuture<Integer> slow = directory.change(ALICE, () -> {
            await(never);
            return 1;
        });
        CompletableFuture<Integer> behind = directory.change(ALICE, () -> 2);
        CompletableFuture<AccountKeys> question = directory.read(ALICE);
        CompletableFuture<Integer> look = directory.ask(ALICE, () -> 3);

        directory.close();

        assertThat(slow.get(10, TimeUnit.SECONDS)).isEqualTo(1);
        for (CompletableFuture<?> waiting : List.of(behind, question, look)) {
            assertThatThrownBy(() -> waiting.get(10, TimeUnit.SECONDS)).hasCauseInstanceOf(RejectedExecutionException.class);
        }
    }

    @Test
    void memoryIsBoundedAndAnAccountThatTakesTooMuchOfItIsNotRemembered() throws Exception {
        directory.close();
        directory = new KeyDirectory(owner -> keys("x".repeat(owner.equals(BOB) ? 20_000 : 5_000)), 100_000);

        read(BOB);
        assertThat(directory.known(BOB)).isEmpty();

        List<BareJid> owners = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            BareJid owner = BareJid.of("u" + i + "@example.org").orElseThrow();
            owners.add(owner);
            read(owner);
        }
        assertThat(owners.stream().filter(owner -> directory.known(owner).isPresent()).count())
            .isBetween(5L, 20L);
    }

    @Test
    void afterTheEndNothingIsTaken() {
        directory.close();

        assertThatThrownBy(() -> directory.read(ALICE).get()).isInstanceOf(ExecutionException.class)
            .hasCauseInstanceOf(RejectedExecutionException.class);
        assertThatThrownBy(() -> directory.change(ALICE, () -> 1).get())
            .hasCauseInstanceOf(RejectedExecutionException.class);
    }

    private AccountKeys read(BareJid owner) throws Exception {
        return directory.read(owner).get(10, TimeUnit.SECONDS);
    }

    private static AccountKeys keys(String item) {
        NodeConfiguration configuration = new NodeConfiguration(NodeConfiguration.OPEN, true, 1);
        return AccountKeys.of(Map.of(NODE, new PublishedNode(configuration, true, Map.of("current", item))));
    }

    private static int version(AccountKeys keys) {
        return Integer.parseInt(keys.node(NODE).orElseThrow().items().get("current"));
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

package org.igniterealtime.openfire.plugin.omemo.keys;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.igniterealtime.openfire.plugin.omemo.keys.Readiness.State;
import org.igniterealtime.openfire.plugin.omemo.protocol.BareJid;
import org.igniterealtime.openfire.plugin.omemo.protocol.Family;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The index never keeps anybody waiting, and never tells what is no longer so. */
@Timeout(20)
class ReadinessIndexTest {

    private static final BareJid ALICE = BareJid.of("alice@example.org").orElseThrow();
    private static final AccountKeys ABLE = new StoredAccount(Family.OMEMO_1).list(1, 1).bundle(1, 1).keys();

    private final AtomicInteger readings = new AtomicInteger();
    private final Semaphore free = new Semaphore(1_000_000);
    private final CountDownLatch begun = new CountDownLatch(1);
    private volatile AccountKeys stored = AccountKeys.NONE;
    private volatile Map<Family, Set<Integer>> dead = Map.of();
    private final KeyDirectory directory = new KeyDirectory(this::read, 1 << 20);
    private final ReadinessIndex index = new ReadinessIndex(directory, account -> dead);

    private AccountKeys read(BareJid owner) {
        AccountKeys keys = stored;
        readings.incrementAndGet();
        begun.countDown();
        free.acquireUninterruptibly();
        if (keys == null) {
            throw new IllegalStateException("no database");
        }
        return keys;
    }

    @AfterEach
    void close() {
        free.release(1_000_000);
        index.close();
        directory.close();
    }

    @Test
    void deadDevicesAreNoneThatOthersNeedToWriteTo() throws Exception {
        stored = new StoredAccount(Family.OMEMO_1).list(1, 1, 2).bundle(1, 1).bundle(1, 2).keys();
        dead = Map.of(Family.OMEMO_1, Set.of(2), Family.LEGACY, Set.of(1));

        await(() -> index.of(ALICE).isPresent());

        assertThat(index.of(ALICE).orElseThrow().devices()).isEqualTo(Map.of(Family.OMEMO_1, List.of(1)));
        assertThat(index.of(ALICE).orElseThrow().isAble(Family.OMEMO_1)).isTrue();
    }

    @Test
    void whatIsUnknownIsLookedForWithoutWaiting() throws Exception {
        free.drainPermits();

        assertThat(index.of(ALICE)).isEmpty();
        begun.await();
        assertThat(index.of(ALICE)).isEmpty();
        free.release();

        await(() -> index.of(ALICE).isPresent());
        assertThat(index.of(ALICE).orElseThrow().in(Set.of(Family.OMEMO_1))).isEqualTo(State.NO_DEVICE);
        assertThat(readings).hasValue(1);
    }

    @Test
    void aChangeIsForgottenAtOnceAndLookedForAnew() throws Exception {
        await(() -> index.of(ALICE).isPresent());

        directory.change(ALICE, () -> stored = ABLE).get();

        assertThat(index.of(ALICE)).isEmpty();
        await(() -> index.of(ALICE).isPresent());
        assertThat(index.of(ALICE).orElseThrow().isAble(Family.OMEMO_1)).isTrue();
    }

    @Test
    void whatWasReadBeforeAChangeIsNotRemembered() throws Exception {
        free.drainPermits();
        index.of(ALICE);
        begun.await();

        directory.forget(ALICE);
        stored = ABLE;
        free.release(10);

        await(() -> index.of(ALICE).isPresent());
        assertThat(index.of(ALICE).orElseThrow().isAble(Family.OMEMO_1)).isTrue();
    }

    @Test
    void allIsForgottenWhenAllMayHaveChanged() {
        await(() -> index.of(ALICE).isPresent());
        stored = ABLE;

        directory.forgetAll();

        assertThat(index.of(ALICE)).isEmpty();
        await(() -> index.of(ALICE).map(found -> found.isAble(Family.OMEMO_1)).orElse(false));
    }

    @Test
    void whatCannotBeReadIsNotTriedAtEachQuestion() throws Exception {
        stored = null;
        index.of(ALICE);
        await(() -> readings.get() == 1);
        Thread.sleep(100);

        for (int i = 0; i < 100; i++) {
            assertThat(index.of(ALICE)).isEmpty();
        }
        Thread.sleep(50);
        assertThat(readings).hasValue(1);
    }

    @Test
    void moreQuestionsThanCanWaitAreAnsweredAllTheSame() {
        free.drainPermits();

        for (int i = 0; i < 60_000; i++) {
            assertThat(index.of(BareJid.of("user" + i + "@example.org").orElseThrow())).isEmpty();
        }
    }

    private static void await(BooleanSupplier condition) {
        while (!condition.getAsBoolean()) {
            Thread.onSpinWait();
        }
    }
}

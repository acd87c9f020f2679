package org.igniterealtime.openfire.plugin.omemo.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.igniterealtime.openfire.plugin.omemo.keys.HousekeepingTally;
import org.igniterealtime.openfire.plugin.omemo.keys.RepairOptions;
import org.igniterealtime.openfire.plugin.omemo.protocol.BareJid;
import org.igniterealtime.openfire.plugin.omemo.server.HousekeepingRun.State;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class KeyHousekeepingTest {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final RepairOrder ALL = order(null);

    private final List<BareJid> accounts = new ArrayList<>();
    private final List<BareJid> done = Collections.synchronizedList(new ArrayList<>());
    /** How many accounts may be done before somebody has to wait. */
    private final Semaphore allowed = new Semaphore(0);
    private final Semaphore begun = new Semaphore(0);
    private volatile boolean isEndless;
    private final KeyHousekeeping housekeeping = new KeyHousekeeping(this::page, this::carryOut);

    @AfterEach
    void close() {
        allowed.release(10_000);
        housekeeping.close();
    }

    @Test
    void everyAccountIsDoneOnce() {
        accounts(250);
        allowed.release(250);

        HousekeepingRun run = housekeeping.begin(ALL).orElseThrow();
        run.await(PATIENCE);

        assertThat(run.state()).isEqualTo(State.DONE);
        assertThat(run.report().accounts()).isEqualTo(250);
        assertThat(done).isEqualTo(accounts);
    }

    @Test
    void anOrderForOneAccountLeavesTheOthersAlone() {
        accounts(10);
        allowed.release(1);
        BareJid one = BareJid.of("somebody@example.org").orElseThrow();

        housekeeping.begin(order(one)).orElseThrow().await(PATIENCE);

        assertThat(done).containsExactly(one);
    }

    @Test
    void whoAsksWhileItIsUnderWayIsToldHowFarItIs() throws Exception {
        accounts(250);
        allowed.release(3);
        HousekeepingRun run = housekeeping.begin(ALL).orElseThrow();
        begun.acquire(4);

        run.await(Duration.ofMillis(10));

        assertThat(run.state()).isEqualTo(State.RUNNING);
        assertThat(run.report().accounts()).isEqualTo(3);
        assertThat(housekeeping.begin(ALL)).isEmpty();
        assertThat(housekeeping.last()).containsSame(run);
    }

    @Test
    void itCanBeStopped() throws Exception {
        accounts(250);
        allowed.release(3);
        HousekeepingRun run = housekeeping.begin(ALL).orElseThrow();
        begun.acquire(4);

        run.cancel();
        allowed.release(1_000);
        run.await(PATIENCE);

        assertThat(run.state()).isEqualTo(State.CANCELLED);
        assertThat(done).hasSize(4);
        assertThat(housekeeping.begin(ALL)).isPresent();
    }

    @Test
    void aFailureEndsItAndTheNextOneMayBegin() {
        accounts.add(null);
        accounts(1);
        allowed.release(2);

        HousekeepingRun run = housekeeping.begin(ALL).orElseThrow();
        run.await(PATIENCE);

        assertThat(run.state()).isEqualTo(State.FAILED);
        assertThat(housekeeping.begin(ALL)).isPresent();
    }

    @Test
    void whatIsUnderWayEndsWithThePluginAndNothingMoreBegins() throws Exception {
        accounts(100);
        isEndless = true;
        allowed.release(1 << 30);
        HousekeepingRun run = housekeeping.begin(ALL).orElseThrow();
        begun.acquire(200);

        housekeeping.close();

        assertThat(run.state()).isEqualTo(State.CANCELLED);
        assertThat(housekeeping.begin(ALL)).isEmpty();
    }

    private void accounts(int count) {
        for (int i = 0; i < count; i++) {
            accounts.add(BareJid.of(String.format("user%04d@example.org", i)).orElseThrow());
        }
    }

    private List<BareJid> page(BareJid after, int most) {
        int from = isEndless || after == null ? 0 : accounts.indexOf(after) + 1;
        return accounts.subList(from, Math.min(accounts.size(), from + most));
    }

    private void carryOut(RepairOrder order, BareJid owner, HousekeepingTally tally) {
        begun.release();
        allowed.acquireUninterruptibly();
        if (owner == null) {
            throw new IllegalStateException("The database is gone");
        }
        done.add(owner);
        tally.found(owner, List.of());
    }

    private static RepairOrder order(BareJid account) {
        return new RepairOrder(Optional.ofNullable(account), true, new RepairOptions(false, false), "admin@example.org");
    }
}

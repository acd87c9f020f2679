package org.igniterealtime.openfire.plugin.omemo.server;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.igniterealtime.openfire.plugin.omemo.keys.HousekeepingReport;
import org.igniterealtime.openfire.plugin.omemo.keys.HousekeepingTally;
import org.igniterealtime.openfire.plugin.omemo.protocol.BareJid;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One order being carried out, account by account, so that the server has never more than one to do of it. */
final class HousekeepingRun implements Runnable {

    /** How far it has come. */
    enum State { RUNNING, DONE, CANCELLED, FAILED }

    private static final Logger LOG = LoggerFactory.getLogger(HousekeepingRun.class);
    private static final int PAGE = 100;

    /** The accounts that have something published. */
    @FunctionalInterface
    interface Owners {

        /**
         * @param after where to go on; null to begin at the first
         * @param most  how many at most; fewer are the last ones
         */
        List<BareJid> page(BareJid after, int most);
    }

    /** What is done with one of them. */
    @FunctionalInterface
    interface Task {

        void carryOut(RepairOrder order, BareJid owner, HousekeepingTally tally);
    }

    private final RepairOrder order;
    private final Owners owners;
    private final Task task;
    private final HousekeepingTally tally = new HousekeepingTally();
    private final CountDownLatch end = new CountDownLatch(1);
    private volatile State state = State.RUNNING;
    private volatile boolean cancelled;

    HousekeepingRun(RepairOrder order, Owners owners, Task task) {
        this.order = order;
        this.owners = owners;
        this.task = task;
    }

    @Override
    public void run() {
        State last = State.FAILED;
        try {
            order.account().ifPresentOrElse(this::carryOut, this::carryOutForAll);
            last = cancelled ? State.CANCELLED : State.DONE;
        } catch (RuntimeException e) {
            LOG.warn("The housekeeping of stored keys came to an end: {}", e.toString());
        } finally {
            state = last;
            end.countDown();
            HousekeepingReport report = tally.report();
            LOG.info("Housekeeping of stored keys ({}, {}): {} accounts, {} findings, {} steps, {} accounts failed",
                order.dry() ? "dry" : "repair", last, report.accounts(), report.found(), report.steps(), report.failed());
        }
    }

    private void carryOutForAll() {
        BareJid after = null;
        List<BareJid> page;
        do {
            page = owners.page(after, PAGE);
            for (BareJid owner : page) {
                if (cancelled) {
                    return;
                }
                carryOut(owner);
                after = owner;
            }
        } while (page.size() == PAGE);
    }

    private void carryOut(BareJid owner) {
        task.carryOut(order, owner, tally);
    }

    /** Ends it behind the account that it is at. */
    void cancel() {
        cancelled = true;
    }

    /** Waits for the end, but not longer than this. */
    void await(Duration most) {
        try {
            end.await(most.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    RepairOrder order() {
        return order;
    }

    State state() {
        return state;
    }

    /** What was found and done so far. */
    HousekeepingReport report() {
        return tally.report();
    }
}

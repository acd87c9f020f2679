package org.igniterealtime.openfire.plugin.omemo.server;

import java.time.Duration;
import java.util.Optional;

/** Carries out what admins order, one order at a time, on a thread of its own. What the last one found is kept. */
final class KeyHousekeeping implements AutoCloseable {

    private static final Duration LONGEST_END = Duration.ofSeconds(5);

    private final HousekeepingRun.Owners owners;
    private final HousekeepingRun.Task task;
    private HousekeepingRun last;
    private boolean closed;

    KeyHousekeeping(HousekeepingRun.Owners owners, HousekeepingRun.Task task) {
        this.owners = owners;
        this.task = task;
    }

    /**
     * Begins to carry out an order.
     *
     * @return empty if another one is being carried out
     */
    synchronized Optional<HousekeepingRun> begin(RepairOrder order) {
        if (closed || last != null && last.state() == HousekeepingRun.State.RUNNING) {
            return Optional.empty();
        }
        last = new HousekeepingRun(order, owners, task);
        Thread thread = new Thread(last, "omemo-housekeeping");
        thread.setDaemon(true);
        thread.start();
        return Optional.of(last);
    }

    /** The one that began last, whether it has come to an end or not. */
    synchronized Optional<HousekeepingRun> last() {
        return Optional.ofNullable(last);
    }

    /** Begins nothing more, and ends what is under way behind the account that it is at. */
    @Override
    public void close() {
        Optional<HousekeepingRun> running;
        synchronized (this) {
            closed = true;
            running = last();
        }
        running.ifPresent(run -> {
            run.cancel();
            run.await(LONGEST_END);
        });
    }
}

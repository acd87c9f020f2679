package org.igniterealtime.openfire.plugin.omemo.keys;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.igniterealtime.openfire.plugin.omemo.protocol.BareJid;

/**
 * A few threads on which everything that may have to wait for the database is done. An account always gets the same
 * thread, so that what concerns it is done one by one, in the order in which it came in.
 */
final class Lanes {

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final ThreadPoolExecutor[] lanes;

    /**
     * @param count   how many threads
     * @param waiting how many tasks may wait for each of them
     */
    Lanes(int count, int waiting) {
        lanes = new ThreadPoolExecutor[count];
        for (int i = 0; i < count; i++) {
            String name = "omemo-keys-" + (i + 1);
            lanes[i] = new ThreadPoolExecutor(1, 1, 30, TimeUnit.SECONDS, new ArrayBlockingQueue<>(waiting), task -> {
                Thread thread = new Thread(task, name);
                thread.setDaemon(true);
                return thread;
            });
            lanes[i].allowCoreThreadTimeOut(true);
        }
    }

    /**
     * @throws RejectedExecutionException when too many tasks wait already, or after {@link #close()}; nothing was done
     */
    void execute(BareJid account, Runnable task) {
        lanes[Math.floorMod(account.hashCode(), lanes.length)].execute(task);
    }

    /**
     * Takes nothing more. What waits is done, unless it takes too long.
     *
     * @return what was not begun
     */
    List<Runnable> close() {
        long begin = System.nanoTime();
        for (ThreadPoolExecutor lane : lanes) {
            lane.shutdown();
        }
        List<Runnable> left = new ArrayList<>();
        for (ThreadPoolExecutor lane : lanes) {
            try {
                lane.awaitTermination(PATIENCE.toNanos() - (System.nanoTime() - begin), TimeUnit.NANOSECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            left.addAll(lane.shutdownNow());
        }
        return left;
    }
}

package org.igniterealtime.openfire.plugin.omemo.bot;

import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** A timer that is five times as fast as it should be, so that tests need not wait as long as people would. */
final class FastTimer extends ScheduledThreadPoolExecutor {

    static final int TIMES = 5;

    FastTimer() {
        super(1, task -> {
            Thread thread = new Thread(task, "fast-timer");
            thread.setDaemon(true);
            return thread;
        });
    }

    @Override
    public ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
        return super.schedule(task, Math.max(1, unit.toMillis(delay) / TIMES), TimeUnit.MILLISECONDS);
    }
}

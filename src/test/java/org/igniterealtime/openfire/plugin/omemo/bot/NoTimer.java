package org.igniterealtime.openfire.plugin.omemo.bot;

import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** A timer for tests in which no time passes. */
final class NoTimer extends ScheduledThreadPoolExecutor {

    NoTimer() {
        super(1);
    }

    @Override
    public ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
        return null;
    }
}

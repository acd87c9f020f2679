package org.igniterealtime.openfire.plugin.omemo.server;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Threads for what must not keep the server's own ones waiting. */
final class Workers {

    private static final int IDLE_SECONDS = 30;

    private Workers() {
    }

    /** One thread that does what is due, until it is shut down. */
    static ScheduledExecutorService clock(String name) {
        return Executors.newSingleThreadScheduledExecutor(daemon(name));
    }

    /**
     * Threads that go when there is nothing to do.
     *
     * @param waiting how many tasks may wait; more are rejected
     */
    static ThreadPoolExecutor of(String name, int threads, int waiting) {
        ThreadPoolExecutor workers = new ThreadPoolExecutor(threads, threads, IDLE_SECONDS, TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(waiting), daemon(name));
        workers.allowCoreThreadTimeOut(true);
        return workers;
    }

    private static ThreadFactory daemon(String name) {
        return task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        };
    }
}

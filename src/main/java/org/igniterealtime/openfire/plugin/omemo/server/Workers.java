package org.igniterealtime.openfire.plugin.omemo.server;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Threads for what must not keep the server's own ones waiting. They go when there is nothing to do. */
final class Workers {

    private static final int IDLE_SECONDS = 30;

    private Workers() {
    }

    /**
     * @param waiting how many tasks may wait; more are rejected
     */
    static ThreadPoolExecutor of(String name, int threads, int waiting) {
        ThreadPoolExecutor workers = new ThreadPoolExecutor(threads, threads, IDLE_SECONDS, TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(waiting), task -> {
                Thread thread = new Thread(task, name);
                thread.setDaemon(true);
                return thread;
            });
        workers.allowCoreThreadTimeOut(true);
        return workers;
    }
}

package org.igniterealtime.openfire.plugin.omemo.server;

import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The parts of the plugin that run, in the order in which they were started. One thread, the one that loads plugins. */
public final class StartedParts {

    private static final Logger LOG = LoggerFactory.getLogger(StartedParts.class);

    private final Deque<Runnable> ends = new ArrayDeque<>();

    /**
     * Starts a part. One that fails half-way is stopped as well.
     *
     * @param stop may be called although the part has not started in full
     */
    public void start(Runnable start, Runnable stop) {
        ends.push(stop);
        start.run();
    }

    /** Stops those that were started last until so many are left. One that cannot be stopped does not keep the others running. */
    public void stopAllBut(int left) {
        while (ends.size() > left) {
            try {
                ends.pop().run();
            } catch (RuntimeException | LinkageError e) {
                LOG.error("A part of the plugin cannot be stopped", e);
            }
        }
    }
}

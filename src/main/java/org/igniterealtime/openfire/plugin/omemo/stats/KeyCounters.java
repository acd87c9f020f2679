package org.igniterealtime.openfire.plugin.omemo.stats;

import java.util.concurrent.atomic.LongAdder;

/** What became of published keys and of the questions for them, since the plugin was loaded. */
public final class KeyCounters {

    private final LongAdder answeredFromMemory = new LongAdder();
    private final LongAdder faulty = new LongAdder();
    private final LongAdder refused = new LongAdder();
    private final LongAdder repaired = new LongAdder();
    private final LongAdder overwritten = new LongAdder();
    private final LongAdder failures = new LongAdder();

    /** Questions that were answered without asking the server's store. */
    public LongAdder answeredFromMemory() {
        return answeredFromMemory;
    }

    /** Publications with faults that were stored all the same. */
    public LongAdder faulty() {
        return faulty;
    }

    /** Publications that were refused. */
    public LongAdder refused() {
        return refused;
    }

    /** Nodes that were made or set right when their owner published. */
    public LongAdder repaired() {
        return repaired;
    }

    /** Devices that were dropped from a list by another device while they were connected. */
    public LongAdder overwritten() {
        return overwritten;
    }

    /** Questions and publications that could not be dealt with. */
    public LongAdder failures() {
        return failures;
    }
}

package org.igniterealtime.openfire.plugin.omemo.stats;

import java.util.concurrent.atomic.LongAdder;

/** What became of the stanzas that fell under a policy, since the plugin was loaded. Counts only, nothing of persons. */
public final class Counters {

    private final LongAdder passed = new LongAdder();
    private final LongAdder rewritten = new LongAdder();
    private final LongAdder refused = new LongAdder();
    private final LongAdder violations = new LongAdder();
    private final LongAdder failures = new LongAdder();
    private final LongAdder silentRefusals = new LongAdder();

    /** Stanzas that were in order. */
    public LongAdder passed() {
        return passed;
    }

    /** Stanzas that passed after something had been taken out or replaced. */
    public LongAdder rewritten() {
        return rewritten;
    }

    /** Stanzas that were kept out of an enforced room. */
    public LongAdder refused() {
        return refused;
    }

    /** Stanzas that were let through because the room is only observed or warned, and would be refused otherwise. */
    public LongAdder violations() {
        return violations;
    }

    /** Stanzas that could not be judged: refused where the policy is enforced, let through elsewhere. */
    public LongAdder failures() {
        return failures;
    }

    /** Refusals of which the sender was not told, having been told too often in one second. */
    public LongAdder silentRefusals() {
        return silentRefusals;
    }
}

package org.igniterealtime.openfire.plugin.omemo.stats;

import java.util.Locale;

/** What became of a message that fell under a policy. */
public enum Outcome {

    /** It was in order, or its sender is exempt. */
    PASSED,
    /** It was let into the room after something had been taken out or replaced. */
    REWRITTEN,
    /** It was kept out of the room. */
    REFUSED,
    /** It would have been refused, were encryption enforced. */
    LET_THROUGH;

    /** As it is called in the database and in exports, such as {@code let-through}. */
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}

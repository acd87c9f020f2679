package org.igniterealtime.openfire.plugin.omemo.stats;

import java.util.List;
import java.util.Optional;

/**
 * A part of a long list.
 *
 * @param next where the next page begins; empty on the last one
 */
public record Page<T>(List<T> rows, Optional<String> next) {

    /** Rows of a page at most. */
    public static final int MOST_ROWS = 1_000;

    public Page {
        rows = List.copyOf(rows);
    }
}

package org.igniterealtime.openfire.plugin.omemo.admin;

import java.util.List;

/**
 * What the page of violations shows.
 *
 * @param next where the next page begins; empty on the last one
 * @param first whether this is the first page
 * @param readable whether the database could be read
 */
public record ViolationsModel(ViolationSearch search, List<ViolationEntry> rows, String next, boolean first,
    boolean readable) {

    /** Whether the page follows what happens: the first one of a search that can be made. */
    public boolean live() {
        return first && readable && search.problems().isEmpty();
    }

    /** Rows of an export at most. */
    public String most() {
        return Written.number(ViolationExport.MOST_ROWS);
    }
}

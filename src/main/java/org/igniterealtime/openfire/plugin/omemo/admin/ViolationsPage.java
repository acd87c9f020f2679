package org.igniterealtime.openfire.plugin.omemo.admin;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.igniterealtime.openfire.plugin.omemo.stats.ViolationFilter;
import org.igniterealtime.openfire.plugin.omemo.stats.ViolationRow;

/** The violations of policies, to be followed, searched and taken away. */
public abstract class ViolationsPage extends Page {

    private static final int ROWS = 50;

    @Override
    protected ViolationsModel show(Visit visit) {
        return look(visit, Optional.of(visit.text("after")).filter(text -> !text.isEmpty()));
    }

    /** @param after where the page begins, from the page before; empty for the first */
    static ViolationsModel look(Visit visit, Optional<String> after) {
        ViolationSearch search = ViolationSearch.of(visit);
        if (!search.problems().isEmpty()) {
            return new ViolationsModel(search, List.of(), "", true, true);
        }
        var found = visit.reading().of("violations",
            new org.igniterealtime.openfire.plugin.omemo.stats.Page<ViolationRow>(List.of(), Optional.empty()),
            () -> page(search.filter(), after));
        return new ViolationsModel(search, found.rows().stream().map(ViolationEntry::of).toList(), found.next().orElse(""),
            after.isEmpty(), visit.reading().isComplete());
    }

    /** An address that leads nowhere leads to the first page. */
    private static org.igniterealtime.openfire.plugin.omemo.stats.Page<ViolationRow> page(ViolationFilter filter,
        Optional<String> after) throws IOException {
        try {
            return Console.running().violations().page(filter, after, ROWS);
        } catch (IllegalArgumentException e) {
            return Console.running().violations().page(filter, Optional.empty(), ROWS);
        }
    }
}

package org.igniterealtime.openfire.plugin.omemo.store;

import java.util.ArrayList;
import java.util.List;

/** What rows must be like, with the parameters in their order. */
final class Conditions {

    private final List<String> conditions = new ArrayList<>();
    private final List<Object> parameters = new ArrayList<>();

    /** @param condition never made of what comes from outside */
    void add(String condition, Object... values) {
        conditions.add(condition);
        parameters.addAll(List.of(values));
    }

    /** The clause; empty for all rows. */
    String where() {
        return conditions.isEmpty() ? "" : " WHERE " + all();
    }

    /** All of them together. */
    String all() {
        return String.join(" AND ", conditions);
    }

    Object[] parameters() {
        return parameters.toArray();
    }
}

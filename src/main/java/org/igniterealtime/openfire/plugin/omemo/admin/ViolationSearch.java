package org.igniterealtime.openfire.plugin.omemo.admin;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.igniterealtime.openfire.plugin.omemo.policy.FindingCode;
import org.igniterealtime.openfire.plugin.omemo.protocol.BareJid;
import org.igniterealtime.openfire.plugin.omemo.stats.Violation;
import org.igniterealtime.openfire.plugin.omemo.stats.ViolationFilter;
import org.jivesoftware.util.JiveGlobals;

/**
 * Which violations are looked for, as typed; empty means any.
 *
 * @param finding its code
 * @param from a local time of the console's time zone, such as {@code 2026-11-25T08:30}
 * @param until the same
 * @param problems what is wrong, by field
 */
public record ViolationSearch(String room, String sender, String finding, String action, String from, String until,
    Map<String, Problem> problems) {

    /** A year that no database of ours has trouble with. */
    private static final int LAST_YEAR = 9_999;

    static ViolationSearch of(Visit visit) {
        ViolationSearch search = new ViolationSearch(visit.text("room"), visit.text("sender"), visit.text("finding"),
            visit.text("action"), visit.text("from"), visit.text("until"), new HashMap<>());
        search.judge();
        return search;
    }

    private void judge() {
        for (String field : List.of("room", "sender")) {
            String typed = field.equals("room") ? room : sender;
            if (!typed.isEmpty() && BareJid.of(typed).isEmpty()) {
                problems.put(field, Problem.of("address"));
            }
        }
        for (String field : List.of("from", "until")) {
            String typed = field.equals("from") ? from : until;
            if (!typed.isEmpty() && time(typed).isEmpty()) {
                problems.put(field, Problem.of("time"));
            }
        }
    }

    ViolationFilter filter() {
        return new ViolationFilter(time(from), time(until), BareJid.of(room).map(BareJid::toString),
            BareJid.of(sender).map(BareJid::toString),
            Arrays.stream(FindingCode.values()).filter(value -> value.code().equals(finding))
                .mapToInt(FindingCode::number).findFirst(),
            Arrays.stream(Violation.Action.values()).filter(value -> value.code().equals(action)).findFirst());
    }

    private static Optional<Instant> time(String typed) {
        try {
            LocalDateTime local = LocalDateTime.parse(typed);
            return local.getYear() < 1 || local.getYear() > LAST_YEAR ? Optional.empty()
                : Optional.of(local.atZone(JiveGlobals.getTimeZone().toZoneId()).toInstant());
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    /** Those to choose from. */
    public List<String> findings() {
        return Arrays.stream(FindingCode.values()).map(FindingCode::code).toList();
    }

    /** Those to choose from. */
    public List<String> actions() {
        return Arrays.stream(Violation.Action.values()).map(Violation.Action::code).toList();
    }
}

package org.igniterealtime.openfire.plugin.omemo.store;

import org.igniterealtime.openfire.plugin.omemo.stats.MessageCounts;
import org.igniterealtime.openfire.plugin.omemo.stats.ViolationCount;
import org.igniterealtime.openfire.plugin.omemo.stats.Violations;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * Writes what was counted. What cannot be written waits, within bounds, for a database that can be used again. One thread.
 *
 * <p>When a database does not say whether it has committed, what it was given is given to it again: a failure can make it
 * count once too often, and never too little.
 */
public final class StatisticsWriter {

    /** Hours of counts that wait: six weeks. */
    static final int MOST_HOURS = 1_000;

    private static final int ROWS_AT_ONCE = 200;
    private static final int MOST_UNWANTED = 20;

    private final CountTable countTable;
    private final ViolationTable violationTable;
    private final MessageCounts counts;
    private final Violations violations;
    private final SortedMap<Integer, Map<String, Long>> waiting = new TreeMap<>();
    private final LongAdder lost = new LongAdder();

    public StatisticsWriter(ConnectionSource source, MessageCounts counts, Violations violations) {
        this.counts = counts;
        this.violations = violations;
        countTable = new CountTable(source);
        violationTable = new ViolationTable(source);
    }

    /**
     * Writes everything that waits.
     *
     * @param now     milliseconds since 1970
     * @param watched whether rooms and users are watched
     * @throws SQLException if the database cannot be used; what is not written waits
     */
    public void write(long now, boolean watched) throws SQLException {
        Map<String, Long> drained = new HashMap<>(counts.drain());
        if (watched) {
            drained.put(MessageCounts.WATCHED, 1L);
        }
        if (!drained.isEmpty()) {
            Map<String, Long> hour = waiting.computeIfAbsent(Violations.hour(now), key -> new HashMap<>());
            drained.forEach((name, amount) -> hour.merge(name, amount, Long::sum));
        }
        while (waiting.size() > MOST_HOURS) {
            lost.add(waiting.remove(waiting.firstKey()).size());
        }
        for (Iterator<Map.Entry<Integer, Map<String, Long>>> hours = waiting.entrySet().iterator(); hours.hasNext(); ) {
            Map.Entry<Integer, Map<String, Long>> next = hours.next();
            countTable.add(next.getKey(), next.getValue());
            hours.remove();
        }
        writeViolations(violations.drain(now));
    }

    /** How many counts were given up since the beginning. */
    public long lost() {
        return lost.sum();
    }

    private void writeViolations(List<ViolationCount> drained) throws SQLException {
        List<ViolationCount> left = new ArrayList<>(drained);
        try {
            while (!left.isEmpty()) {
                List<ViolationCount> some = left.subList(0, Math.min(ROWS_AT_ONCE, left.size()));
                try {
                    violationTable.add(some);
                } catch (SQLException e) {
                    writeOneByOne(some, e);
                }
                some.clear();
            }
        } finally {
            violations.giveBack(left);
        }
    }

    /** One that the database does not want, whatever it is, must not keep the others from it. */
    private void writeOneByOne(List<ViolationCount> some, SQLException failure) throws SQLException {
        List<ViolationCount> unwanted = new ArrayList<>();
        int written = 0;
        for (Iterator<ViolationCount> each = some.iterator(); each.hasNext(); ) {
            ViolationCount count = each.next();
            try {
                violationTable.add(List.of(count));
                each.remove();
                written++;
            } catch (SQLException e) {
                unwanted.add(count);
            }
            if (unwanted.size() > MOST_UNWANTED) {
                throw failure;
            }
        }
        if (written == 0) {
            // The database wants none at all, so it is not them.
            throw failure;
        }
        unwanted.forEach(count -> lost.add(count.amount()));
    }
}

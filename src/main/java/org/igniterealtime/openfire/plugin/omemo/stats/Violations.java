package org.igniterealtime.openfire.plugin.omemo.stats;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/**
 * Violations as they wait for being written, one line for sender, room, finding, action and hour. Lines are kept until
 * their hour is over, so that their number is the number of rows that an hour can make: whoever would make more is counted
 * in a line without room and sender.
 */
public final class Violations {

    /** Lines in memory, and so rows of an hour. */
    public static final int MOST = 10_000;

    /** Lines of one sender in memory. */
    public static final int MOST_OF_A_SENDER = 100;

    /** So late may one be noted whose hour is over. */
    private static final int LATEST_MILLIS = 60_000;
    private static final int MILLIS_OF_AN_HOUR = 3_600_000;

    /** What was counted, and what of it is not written. Guarded by itself. */
    private static final class Line {
        private ViolationCount waiting;
        private long last;

        private synchronized void add(ViolationCount count) {
            waiting = waiting == null ? count : waiting.plus(count);
            last = Math.max(last, count.last());
        }

        private synchronized long last() {
            return last;
        }

        private synchronized ViolationCount take() {
            ViolationCount taken = waiting;
            waiting = null;
            return taken;
        }
    }

    private final ConcurrentHashMap<Violation, Line> lines = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<String, Integer> linesOfSenders = new ConcurrentHashMap<>();
    private final AtomicInteger size = new AtomicInteger();
    private final LongAdder unnamed = new LongAdder();

    /**
     * Notes one. Any thread.
     *
     * @param millis when, since 1970
     */
    public void note(String room, String sender, int finding, Violation.Action action, long millis) {
        add(new ViolationCount(new Violation(hour(millis), room, sender, finding, action), 1, millis, millis));
    }

    /**
     * When a violation occurred last in each room, as far as it is in memory: those of this hour, whether written or not, and
     * older ones that could not be written.
     *
     * @return milliseconds since 1970, by the rooms' bare JIDs
     */
    public Map<String, Long> latest() {
        Map<String, Long> latest = new HashMap<>();
        lines.forEach((violation, line) -> {
            if (!violation.room().isEmpty()) {
                latest.merge(violation.room(), line.last(), Math::max);
            }
        });
        return latest;
    }

    /** How many have lost room and sender since the beginning, for want of a line. */
    public long unnamed() {
        return unnamed.sum();
    }

    /** The hour of a moment, in hours since 1970. */
    public static int hour(long millis) {
        return (int) Math.floorDiv(millis, MILLIS_OF_AN_HOUR);
    }

    private void add(ViolationCount count) {
        Violation violation = count.violation();
        Line line = lines.get(violation);
        if (line == null) {
            line = lines.computeIfAbsent(violation, key -> mayBegin(key) ? new Line() : null);
        }
        if (line == null) {
            unnamed.add(count.amount());
            Violation other = violation.other();
            count = count.of(other);
            line = lines.computeIfAbsent(other, key -> new Line());
        }
        line.add(count);
    }

    private boolean mayBegin(Violation violation) {
        if (violation.room().isEmpty()) {
            return true;
        }
        if (size.incrementAndGet() > MOST) {
            size.decrementAndGet();
            return false;
        }
        if (violation.sender().isEmpty()) {
            return true;
        }
        if (linesOfSenders.merge(violation.sender(), 1, Integer::sum) > MOST_OF_A_SENDER) {
            end(violation);
            return false;
        }
        return true;
    }

    /** What was noted since this was asked last. One thread at a time. */
    public List<ViolationCount> drain(long now) {
        List<ViolationCount> drained = new ArrayList<>();
        for (var entry : lines.entrySet()) {
            if (entry.getKey().hour() < hour(now - LATEST_MILLIS) && lines.remove(entry.getKey(), entry.getValue())) {
                end(entry.getKey());
            }
            ViolationCount count = entry.getValue().take();
            if (count != null) {
                drained.add(count);
            }
        }
        return drained;
    }

    /** What could not be written waits for the next time. */
    public void giveBack(List<ViolationCount> counts) {
        counts.forEach(this::add);
    }

    private void end(Violation violation) {
        if (violation.room().isEmpty()) {
            return;
        }
        size.decrementAndGet();
        linesOfSenders.computeIfPresent(violation.sender(), (sender, count) -> count == 1 ? null : count - 1);
    }
}

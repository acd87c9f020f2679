package org.igniterealtime.openfire.plugin.omemo.keys;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The last messages to rooms, as far as it was looked at whom they leave out: of each device the latest, of a room so many
 * devices. It is kept in memory alone, and bounded over all rooms by their members.
 */
public final class CoverageLog {

    /** Messages of one room. */
    public static final int MOST_MESSAGES = 8;

    /** Members of all messages together; each takes some 150 bytes. */
    private static final int MOST_MEMBERS = 200_000;
    private static final Duration LONGEST = Duration.ofDays(7);

    private final Cache<String, List<Entry>> rooms = Caffeine.newBuilder().maximumWeight(MOST_MEMBERS)
        .weigher((String room, List<Entry> entries) -> 1 + entries.stream().mapToInt(Entry::weight).sum())
        .expireAfterWrite(LONGEST).executor(Runnable::run).build();

    /** A message. */
    public record Entry(Instant time, Coverage coverage) {

        private int weight() {
            return coverage.members().size() + coverage.leftOut().size();
        }

        private boolean isOfSameDevice(Coverage other) {
            return coverage.sender().equals(other.sender()) && coverage.sids().equals(other.sids());
        }
    }

    /** Notes a message, which need not be the latest. Any thread. */
    public void note(String room, Instant time, Coverage coverage) {
        rooms.asMap().compute(room, (key, before) -> {
            List<Entry> after = new ArrayList<>(before == null ? List.of() : before);
            if (after.stream().anyMatch(entry -> entry.isOfSameDevice(coverage) && entry.time.isAfter(time))) {
                return before;
            }
            after.removeIf(entry -> entry.isOfSameDevice(coverage));
            after.add(0, new Entry(time, coverage));
            after.sort(Comparator.comparing(Entry::time).reversed());
            return List.copyOf(after.subList(0, Math.min(MOST_MESSAGES, after.size())));
        });
    }

    /** Those to a room, the latest first. */
    public List<Entry> of(String room) {
        List<Entry> entries = rooms.getIfPresent(room);
        return entries == null ? List.of() : entries;
    }

    /** Forgets all. */
    public void clear() {
        rooms.invalidateAll();
    }
}

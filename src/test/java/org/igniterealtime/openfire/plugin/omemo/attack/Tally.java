package org.igniterealtime.openfire.plugin.omemo.attack;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.igniterealtime.openfire.plugin.omemo.attack.Shot.Answer;
import org.igniterealtime.openfire.plugin.omemo.attack.Shot.Kind;

/** What became of the stanzas, counted. */
final class Tally {

    /** What the sender saw. */
    enum End {
        REFLECTED, BOUNCED, ANSWERED_BY_ROOM, SILENT, STREAM_CLOSED, STREAM_SURVIVED
    }

    private final Map<Kind, Map<End, Integer>> ends = new EnumMap<>(Kind.class);
    private static final int MOST_CLOSERS = 5;

    private final List<Shot> closers = new ArrayList<>();
    private int bounces;
    private int silentToRoom;
    private int silentToWitness;
    private int silentErrors;

    synchronized void bounced() {
        bounces++;
    }

    synchronized void settled(Shot shot, boolean reflected, boolean bounced, boolean answered) {
        if (shot == null) {
            return;
        }
        End end = reflected ? End.REFLECTED : bounced ? End.BOUNCED : answered ? End.ANSWERED_BY_ROOM : End.SILENT;
        count(shot.kind(), end);
        if (end == End.SILENT) {
            silentToRoom += shot.expects() == Answer.SENDER ? 1 : 0;
            silentToWitness += shot.expects() == Answer.SENDER_OR_WITNESS ? 1 : 0;
            silentErrors += shot.expects() == Answer.NOBODY ? 1 : 0;
        }
    }

    /** A stanza has closed its stream although it was not meant to. */
    synchronized void closed(Shot shot) {
        count(shot.kind(), End.STREAM_CLOSED);
        if (closers.size() < MOST_CLOSERS) {
            closers.add(shot);
        }
    }

    synchronized List<Shot> closers() {
        return List.copyOf(closers);
    }

    synchronized void count(Kind kind, End end) {
        ends.computeIfAbsent(kind, key -> new EnumMap<>(End.class)).merge(end, 1, Integer::sum);
    }

    synchronized int of(End end) {
        return ends.values().stream().mapToInt(counts -> counts.getOrDefault(end, 0)).sum();
    }

    synchronized int bounces() {
        return bounces;
    }

    /** Stanzas that should have come back, and did not. */
    synchronized int silentToRoom() {
        return silentToRoom;
    }

    /** Stanzas of which the sender heard nothing, since they may be with the witness. */
    synchronized int silentToWitness() {
        return silentToWitness;
    }

    /** Stanzas of which nobody has to hear. */
    synchronized int silentOthers() {
        return silentErrors;
    }

    @Override
    public synchronized String toString() {
        StringBuilder table = new StringBuilder(String.format("%-14s", "kind"));
        for (End end : End.values()) {
            table.append(String.format("%18s", end.name().toLowerCase()));
        }
        ends.forEach((kind, counts) -> {
            table.append(String.format("%n%-14s", kind.name().toLowerCase()));
            for (End end : End.values()) {
                table.append(String.format("%,18d", counts.getOrDefault(end, 0)));
            }
        });
        return table.append(System.lineSeparator()).toString();
    }
}

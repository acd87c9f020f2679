package org.igniterealtime.openfire.plugin.omemo.load;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** The figures of all rounds at one kind of server, and their medians as a table. */
final class Table {

    private final String title;
    private final Map<String, List<Figure>> rows = new LinkedHashMap<>();

    Table(String title) {
        this.title = title;
    }

    void add(Map<String, Figure> round) {
        round.forEach((name, figure) -> rows.computeIfAbsent(name, key -> new ArrayList<>()).add(figure));
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(String.format("%n%-36s %10s %8s %17s %18s %22s%n", title, "requests/s",
            "of ping", "least to most", "by processor time", "µs/request: server client"));
        rows.forEach((name, figures) -> text.append(String.format("%-36s %,10.0f %8.3f %8.3f %8.3f %18.3f %18.1f %6.1f%n",
            name, median(figures, figure -> figure.rate().perSecond()), median(figures, Figure::ofPing),
            figures.stream().mapToDouble(Figure::ofPing).min().orElseThrow(),
            figures.stream().mapToDouble(Figure::ofPing).max().orElseThrow(),
            median(figures, Figure::ofPingByProcessor), median(figures, figure -> figure.rate().serverMicros()),
            median(figures, figure -> figure.rate().clientMicros()))));
        if (!rows.containsKey(Round.ROOM_AT_ONCE)) {
            text.append(String.format("%-36s %s%n", Round.ROOM_AT_ONCE, "not offered"));
        }
        return text.toString();
    }

    private static double median(List<Figure> figures, ToDoubleFunction<Figure> value) {
        double[] sorted = figures.stream().mapToDouble(value).sorted().toArray();
        return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
    }
}

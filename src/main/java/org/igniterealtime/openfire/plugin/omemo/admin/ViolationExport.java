package org.igniterealtime.openfire.plugin.omemo.admin;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.servlet.http.HttpServletResponse;
import org.igniterealtime.openfire.plugin.omemo.stats.Page;
import org.igniterealtime.openfire.plugin.omemo.stats.ViolationFilter;
import org.igniterealtime.openfire.plugin.omemo.stats.ViolationRow;

/**
 * What was found among the violations as a file, CSV or JSON, those that occurred last first; times are of UTC. All is read
 * before anything is written, so that a file is never the beginning of one.
 */
public final class ViolationExport extends Download {

    /** Rows at most; the name of a file with fewer than were found says so. */
    static final int MOST_ROWS = 10_000;

    private static final String LINE_END = "\r\n";

    @Override
    void answer(Visit visit, HttpServletResponse response) throws IOException {
        ViolationSearch search = ViolationSearch.of(visit);
        boolean csv = visit.text("format").equals("csv");
        if (!search.problems().isEmpty() || !csv && !visit.text("format").equals("json")) {
            response.setStatus(HttpServletResponse.SC_BAD_REQUEST);
            return;
        }
        Found found = visit.reading().of("violations", null, () -> read(search.filter()));
        if (found == null) {
            response.setStatus(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
            return;
        }
        response.setContentType((csv ? "text/csv" : "application/json") + "; charset=UTF-8");
        response.setHeader("Content-Disposition", "attachment; filename=\"omemo-violations"
            + (found.complete ? "" : "-last-" + MOST_ROWS) + (csv ? ".csv" : ".json") + "\"");
        response.getWriter().write(csv ? csv(found.rows) : json(found));
    }

    private record Found(List<ViolationRow> rows, boolean complete) {
    }

    private static Found read(ViolationFilter filter) throws IOException {
        List<ViolationRow> rows = new ArrayList<>();
        Optional<String> next = Optional.empty();
        do {
            Page<ViolationRow> page = Console.running().violations().page(filter, next, Page.MOST_ROWS);
            rows.addAll(page.rows());
            next = page.next();
        } while (next.isPresent() && rows.size() < MOST_ROWS);
        return new Found(rows, next.isEmpty());
    }

    private static String csv(List<ViolationRow> rows) {
        StringBuilder csv = new StringBuilder("room,sender,finding,code,action,amount,first,last").append(LINE_END);
        for (ViolationRow row : rows) {
            csv.append(String.join(",", CsvText.of(row.room().orElse("")), CsvText.of(row.sender().orElse("")),
                Integer.toString(row.finding()), CsvText.of(ViolationEntry.code(row.finding()).orElse("")),
                CsvText.of(row.action().code()), Long.toString(row.amount()), row.first().toString(), row.last().toString()))
                .append(LINE_END);
        }
        return csv.toString();
    }

    private static String json(Found found) {
        return "{\"complete\":" + found.complete + ",\"violations\":"
            + found.rows.stream().map(ViolationExport::json).collect(Collectors.joining(",\n", "[\n", "]}\n"));
    }

    private static String json(ViolationRow row) {
        return "{\"room\":" + text(row.room()) + ",\"sender\":" + text(row.sender()) + ",\"finding\":" + row.finding()
            + ",\"code\":" + text(ViolationEntry.code(row.finding())) + ",\"action\":" + JsonText.of(row.action().code())
            + ",\"amount\":" + row.amount() + ",\"first\":" + JsonText.of(row.first().toString())
            + ",\"last\":" + JsonText.of(row.last().toString()) + "}";
    }

    private static String text(Optional<String> text) {
        return text.map(JsonText::of).orElse("null");
    }
}

package org.igniterealtime.openfire.plugin.omemo.admin;

import java.io.IOException;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.servlet.http.HttpServletResponse;

/** The first page of a search among violations, as JSON for the script of the page. */
public final class LiveViolations extends Download {

    @Override
    void answer(Visit visit, HttpServletResponse response) throws IOException {
        ViolationsModel model = ViolationsPage.look(visit, Optional.empty());
        if (!model.live()) {
            response.setStatus(model.readable() ? HttpServletResponse.SC_BAD_REQUEST
                : HttpServletResponse.SC_SERVICE_UNAVAILABLE);
            return;
        }
        response.setContentType("application/json; charset=UTF-8");
        response.getWriter().write(model.rows().stream().map(LiveViolations::json).collect(Collectors.joining(",", "[", "]")));
    }

    private static String json(ViolationEntry row) {
        return "{\"room\":" + JsonText.of(row.room()) + ",\"sender\":" + JsonText.of(row.sender())
            + ",\"finding\":" + row.finding() + ",\"code\":" + JsonText.of(row.code())
            + ",\"about\":" + JsonText.of(row.about()) + ",\"action\":" + JsonText.of(row.action())
            + ",\"done\":" + JsonText.of(row.done()) + ",\"amount\":" + JsonText.of(row.amount())
            + ",\"first\":" + JsonText.of(row.first()) + ",\"last\":" + JsonText.of(row.last()) + "}";
    }
}

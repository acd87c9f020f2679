package org.igniterealtime.openfire.plugin.omemo.admin;

import java.io.IOException;
import javax.servlet.http.HttpServlet;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;

/** Something behind the console's login that is no page: read only, bounded, kept by no cache. */
abstract class Download extends HttpServlet {

    /** Writes what is asked for. */
    abstract void answer(Visit visit, HttpServletResponse response) throws IOException;

    @Override
    protected final void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        request.setCharacterEncoding("UTF-8");
        response.setHeader("Cache-Control", "no-store");
        response.setHeader("X-Content-Type-Options", "nosniff");
        if (!Visit.isBounded(request)) {
            response.setStatus(HttpServletResponse.SC_BAD_REQUEST);
            return;
        }
        answer(new Visit(request), response);
    }
}

package org.igniterealtime.openfire.plugin.omemo.admin;

import java.io.IOException;
import javax.servlet.ServletException;
import javax.servlet.ServletRequest;
import javax.servlet.ServletResponse;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;
import org.apache.jasper.runtime.HttpJspBase;
import org.jivesoftware.openfire.XMPPServer;
import org.jivesoftware.openfire.cluster.ClusterManager;

/**
 * A page of the admin console: what all have in common, so that none can forget it. Each JSP extends one. GET shows, and
 * changes nothing; POST changes, after the token that only our own forms know was seen, leaves an entry in the server's
 * security audit log, and leads back to GET. Who is not logged in does not get here: Openfire sees to that.
 */
public abstract class Page extends HttpJspBase {

    /** Under this name the JSP finds what {@link #show} has returned. */
    static final String MODEL = "model";
    /** Under this name it finds a {@link Frame}. */
    static final String FRAME = "frame";

    /** What there is to be seen: an object with public methods, for the JSP. */
    protected abstract Object show(Visit visit);

    /** Does what a form asks for. */
    protected Answer change(Visit visit) {
        return new Answer.NotAllowed();
    }

    @Override
    public final void service(ServletRequest request, ServletResponse response) throws ServletException, IOException {
        HttpServletRequest asked = (HttpServletRequest) request;
        HttpServletResponse answer = (HttpServletResponse) response;
        asked.setCharacterEncoding("UTF-8");
        answer.setHeader("Cache-Control", "no-store");
        if (!Visit.isBounded(asked)) {
            answer.setStatus(HttpServletResponse.SC_BAD_REQUEST);
            return;
        }
        if (!Console.isRunning()) {
            answer.sendError(HttpServletResponse.SC_SERVICE_UNAVAILABLE, Written.text("console.not-running"));
            return;
        }
        Visit visit = new Visit(asked);
        switch (asked.getMethod()) {
            case "GET", "HEAD" -> render(asked, answer, visit, show(visit), Notice.take(asked));
            case "POST" -> post(asked, answer, visit);
            default -> answer.setStatus(HttpServletResponse.SC_METHOD_NOT_ALLOWED);
        }
    }

    private void post(HttpServletRequest request, HttpServletResponse response, Visit visit)
        throws ServletException, IOException {
        if (!FormToken.isIn(request)) {
            // Another page of the console may have replaced the token: nothing is done, and nothing lost that was typed.
            response.setStatus(HttpServletResponse.SC_FORBIDDEN);
            render(request, response, visit, retry(visit), Notice.failure("console.token"));
            return;
        }
        // Openfire does not say that a setting could not be stored: it would hold until the next restart, without a trace.
        if (!visit.reading().of("change", false, Console.running()::isStorageThere)) {
            response.setStatus(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
            render(request, response, visit, retry(visit), Notice.failure("console.no-database"));
            return;
        }
        // Before anything is changed: nothing may be, of which the audit log could not say by whom.
        String admin = visit.admin();
        Answer answer = change(visit);
        if (answer instanceof Answer.Done done) {
            done.change().ifPresent(change -> change.leaveTrace(admin));
            done.notice().keep(request);
            response.sendRedirect(done.location());
        } else if (answer instanceof Answer.Refused refused) {
            render(request, response, visit, refused.model(), Notice.failure("console.refused"));
        } else if (answer instanceof Answer.Shown shown) {
            render(request, response, visit, shown.model(), null);
        } else {
            response.setStatus(HttpServletResponse.SC_METHOD_NOT_ALLOWED);
        }
    }

    /** The page with what was typed into its forms, when nothing may be done. */
    protected Object retry(Visit visit) {
        return show(visit);
    }

    /** Whether something on the page is known to one node of a cluster alone. */
    protected boolean isOfOneNode() {
        return false;
    }

    private String node() {
        return isOfOneNode() && ClusterManager.isClusteringStarted() ? XMPPServer.getInstance().getServerInfo().getHostname() : "";
    }

    private void render(HttpServletRequest request, HttpServletResponse response, Visit visit, Object model, Notice notice)
        throws ServletException, IOException {
        request.setAttribute(MODEL, model);
        request.setAttribute(FRAME, new Frame(FormToken.of(request, response), notice,
            visit.reading().missing().orElse(null), node()));
        super.service(request, response);
    }
}

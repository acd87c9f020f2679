package org.igniterealtime.openfire.plugin.omemo.embedded;

import java.io.IOException;
import javax.servlet.http.HttpServlet;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;
import org.jivesoftware.openfire.admin.AdminManager;
import org.jivesoftware.openfire.auth.AuthFactory;
import org.jivesoftware.util.StringUtils;

/**
 * The login page of the embedded console: leaves the token in the session for which Openfire's own filter looks, and
 * goes on to the page that was asked for.
 */
public final class ConsoleLogin extends HttpServlet {

    private static final long serialVersionUID = 1L;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setContentType("text/html; charset=UTF-8");
        response.getWriter().printf("""
            <!DOCTYPE html><html><head><title>Login</title><link rel="icon" href="data:,"></head><body>
            <form method="post" action="login.jsp"><input type="hidden" name="url" value="%s">
            <label>Name <input name="username"></label> <label>Password <input type="password" name="password"></label>
            <button>Login</button></form></body></html>
            """, StringUtils.escapeForXML(page(request)));
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String name = request.getParameter("username");
        try {
            if (name == null || !AdminManager.getInstance().isUserAdmin(name, true)) {
                throw new IllegalArgumentException("No admin");
            }
            request.getSession().setAttribute("jive.admin.authToken",
                AuthFactory.authenticate(name, request.getParameter("password")));
            response.sendRedirect(page(request));
        } catch (Exception e) {
            response.setStatus(HttpServletResponse.SC_UNAUTHORIZED);
            doGet(request, response);
        }
    }

    /** On this server only. */
    private static String page(HttpServletRequest request) {
        String url = request.getParameter("url");
        return url != null && url.matches("/[^/\\\\].*") ? url : "/plugins/omemo/omemo-settings.jsp";
    }
}

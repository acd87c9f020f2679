package org.igniterealtime.openfire.plugin.omemo.admin;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import javax.servlet.http.HttpServletRequest;
import org.jivesoftware.util.WebManager;

/** A request for a page: who asks, and the parameters, bounded in number and length. */
public final class Visit {

    private static final int MOST_PARAMETERS = 1_000;
    /** Of one value, in characters. */
    private static final int LONGEST_VALUE = 10_000;
    private static final int MOST_DIGITS = 7;

    private final HttpServletRequest request;
    private final Reading reading = Console.reading();

    Visit(HttpServletRequest request) {
        this.request = request;
    }

    /** Whether it can be read, and there is no more in it than any of our forms sends. */
    static boolean isBounded(HttpServletRequest request) {
        Map<String, String[]> parameters;
        try {
            parameters = request.getParameterMap();
        } catch (RuntimeException e) {
            // What Jetty throws for a form that is too long, or for what is no UTF-8, differs from release to release.
            return false;
        }
        return parameters.size() <= MOST_PARAMETERS && parameters.values().stream()
            .allMatch(values -> values.length <= MOST_PARAMETERS && List.of(values).stream()
                .allMatch(value -> value.length() <= LONGEST_VALUE));
    }

    /** Where all goes through that this page reads from the database. */
    Reading reading() {
        return reading;
    }

    /** The account of the admin who asks. */
    String admin() {
        WebManager manager = new WebManager();
        manager.init(request, null, request.getSession(), request.getServletContext());
        return manager.getUser().getUsername();
    }

    /** The value of a parameter without space around it; empty if there is none. */
    String text(String name) {
        String value = request.getParameter(name);
        return value == null ? "" : value.strip();
    }

    /** All values of a parameter, as of boxes with one name. */
    List<String> texts(String name) {
        String[] values = request.getParameterValues(name);
        return values == null ? List.of() : Arrays.stream(values).map(String::strip).distinct().toList();
    }

    /** Whether it was in the form, as a box is that was checked. */
    boolean has(String name) {
        return request.getParameter(name) != null;
    }

    /** A number from 1 on, such as that of a page; 1 if it is none. */
    int number(String name) {
        String value = text(name);
        return value.matches("[0-9]{1," + MOST_DIGITS + "}") ? Math.max(1, Integer.parseInt(value)) : 1;
    }
}

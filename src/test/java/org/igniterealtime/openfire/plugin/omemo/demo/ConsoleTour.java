package org.igniterealtime.openfire.plugin.omemo.demo;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.igniterealtime.openfire.plugin.omemo.embedded.ConsoleClient;
import org.igniterealtime.openfire.plugin.omemo.embedded.EmbeddedOpenfire;

/** Looks at every page of the console after {@link Population}: whether there is something on it. */
final class ConsoleTour {

    private static final String PAGES = "/plugins/omemo/";
    private static final long PATIENCE_SECONDS = 30;

    private ConsoleTour() {
    }

    /** The steps, and pages that a person finds ready: those who belong to rooms have been looked at. */
    static List<Step> take(EmbeddedOpenfire server) throws InterruptedException {
        ConsoleClient admin = new ConsoleClient(server).login();
        // What has to be on each page, in the order in which it is there; violations come as they occurred.
        Map<String, String> pages = new LinkedHashMap<>();
        pages.put("omemo-overview.jsp", "class=\"concerns\".*omemo-violations\\.jsp\\?room=.*data-value=\"[1-9].*data-value=\"[1-9]");
        pages.put("omemo-rooms.jsp", "attic@.*lounge@.*market@.*news@.*vault@");
        pages.put("omemo-room.jsp?room=vault@" + server.mucDomain(), "dora@.*emil@.*gerd@.*hanna@.*frida@");
        pages.put("omemo-devices.jsp", "class=\"alarm\".*frida@.*<tbody>.*dora@.*frida@.*Laptop.*Phone.*gerd@.*Tablet");
        pages.put("omemo-user.jsp?account=frida@" + server.domain(), "class=\"alarm\".*403.*Laptop.*Phone.*id=\"log\".*403");
        pages.put("omemo-violations.jsp", "<tbody>(?=.*vault@)(?=.*news@).*lounge@");
        pages.put("omemo-selftest.jsp", "verdict passed.*clerk.*watch.*id=\"waiting\".*frida@");
        pages.put("omemo-settings.jsp", "attic@.*lounge@.*market@.*news@.*vault@.*clerk.*watch");
        List<Step> steps = new ArrayList<>();
        for (var page : pages.entrySet()) {
            steps.add(new Step("console: " + page.getKey(), "rows", seen(admin, page.getKey(), page.getValue())));
        }
        return steps;
    }

    /** Readiness is looked for in the background; a person would load the page again. */
    private static String seen(ConsoleClient admin, String page, String expected) throws InterruptedException {
        Pattern rows = Pattern.compile("(?s)" + expected);
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (true) {
            HttpResponse<String> answer = admin.get(PAGES + page);
            if (answer.statusCode() != 200) {
                return "status " + answer.statusCode();
            }
            if (rows.matcher(answer.body()).find()) {
                return "rows";
            }
            if (System.nanoTime() > end) {
                return "not what was expected";
            }
            TimeUnit.MILLISECONDS.sleep(100);
        }
    }
}

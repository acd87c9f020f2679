package org.igniterealtime.openfire.plugin.omemo.load;

import com.sun.management.OperatingSystemMXBean;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.igniterealtime.openfire.plugin.omemo.embedded.ConsoleClient;
import org.igniterealtime.openfire.plugin.omemo.embedded.EmbeddedOpenfire;

/**
 * Looks at every page of the console as an admin does, and prints how long each took, from the request until all of the answer
 * was there: the first time, and the median and the 95th percentile of the times after that; and the processor time that the
 * whole process took meanwhile, the median again, which does not depend on what else the machine does. The argument is the
 * server's home.
 */
public final class ConsoleTimes {

    private static final int ROUNDS = 20;
    private static final int MOST_PAGES = 100;
    private static final int GOAL_MILLIS = 300;
    private static final Pattern NEXT = Pattern.compile("href=\"(omemo-(?:devices|violations)\\.jsp\\?[^\"]*after=[^\"]+)\"");
    private static final String PAGES = "/plugins/omemo/";

    private static final OperatingSystemMXBean PROCESS = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    private final ConsoleClient admin;
    private final PrintStream out;
    private int slow;

    private ConsoleTimes(ConsoleClient admin, PrintStream out) {
        this.admin = admin;
        this.out = out;
    }

    public static void main(String[] args) throws Exception {
        // The server takes System.out for itself.
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true);
        try (EmbeddedOpenfire server = EmbeddedOpenfire.builder().home(Path.of(args[0])).start()) {
            server.plugins().ensureInstalled(Path.of(System.getProperty("plugin.jar")));
            ConsoleTimes times = new ConsoleTimes(new ConsoleClient(server).login(), out);
            out.printf("%-62s %8s %8s %8s %10s %9s%n", "milliseconds for a page", "first", "median", "p95",
                "processor", "characters");
            times.measureAll(server.mucDomain(), server.domain());
            out.println(times.slow == 0 ? "All within " + GOAL_MILLIS + " ms, the first time too."
                : times.slow + " over " + GOAL_MILLIS + " ms");
            server.stackTraces().forEach(out::println);
        }
    }

    private void measureAll(String rooms, String accounts) {
        for (String span : new String[] {"hour", "day", "month"}) {
            measure("overview, by " + span, "omemo-overview.jsp?by=" + span);
        }
        measureRooms("@" + rooms);
        measureDevices("@" + accounts);
        measureViolations("@" + rooms, "@" + accounts);
        measure("self-test and bots", "omemo-selftest.jsp");
        measure("settings", "omemo-settings.jsp");
        measure("settings, last page", "omemo-settings.jsp?page=10000");
    }

    private void measureRooms(String domain) {
        measure("rooms", "omemo-rooms.jsp");
        measure("rooms, last page", "omemo-rooms.jsp?page=10000");
        measure("rooms, by mode", "omemo-rooms.jsp?sort=mode");
        measure("rooms, enforced ones", "omemo-rooms.jsp?mode=enforce");
        measure("rooms, searched", "omemo-rooms.jsp?text=room49");
        measure("rooms, searched in vain", "omemo-rooms.jsp?text=nowhere");
        measure("room of 20", "omemo-room.jsp?room=room1" + domain);
        measure("room of 1,000", "omemo-room.jsp?room=room0" + domain);
        measure("room of 1,000, last page", "omemo-room.jsp?page=10000&room=room0" + domain);
    }

    private void measureDevices(String domain) {
        measure("devices", "omemo-devices.jsp");
        measure("devices, " + MOST_PAGES + " pages on", onward("omemo-devices.jsp"));
        Map<String, String> searches = new LinkedHashMap<>();
        searches.put("of an account", "account=user4711" + domain);
        searches.put("of accounts that begin so", "account=user9");
        searches.put("of no account", "account=zacharias");
        searches.put("by id", "device=1012345");
        searches.put("by an id that is none", "device=77");
        searches.put("by label", "label=phone+10277");
        searches.put("by a label that is none", "label=fridge");
        searches.put("of a family", "family=0.8%2B");
        for (String state : new String[] {"active", "inactive", "dead", "unknown", "removed"}) {
            searches.put("that are " + state, "state=" + state);
        }
        searches.put("of a family that are unknown", "family=legacy&state=unknown");
        searches.put("by label, of a family, removed", "label=phone+10277&family=0.4&state=removed");
        searches.forEach((name, query) -> measure("devices " + name, "omemo-devices.jsp?" + query));
        measure("user", "omemo-user.jsp?account=user4711" + domain);
        measure("user with an alarm", "omemo-user.jsp?account=user20" + domain);
        measure("user, what a repair would do", "omemo-user.jsp?look=repair&remove-dead=true&account=user4712" + domain);
        measure("user that is none", "omemo-user.jsp?account=nobody" + domain);
    }

    private void measureViolations(String rooms, String accounts) {
        measure("violations", "omemo-violations.jsp");
        measure("violations, " + MOST_PAGES + " pages on", onward("omemo-violations.jsp"));
        String rare = "finding=" + findings()[0];
        String day = "from=" + LocalDateTime.now().minusDays(80).withNano(0) + "&until=" + LocalDateTime.now().minusDays(79).withNano(0);
        Map<String, String> searches = new LinkedHashMap<>();
        searches.put("in a busy room", "room=room0" + rooms);
        searches.put("in a quiet room", "room=room4999" + rooms);
        searches.put("in no room", "room=nowhere" + rooms);
        searches.put("by a busy sender", "sender=user0" + accounts);
        searches.put("by nobody", "sender=nobody" + accounts);
        searches.put("by somebody in a busy room", "room=room0" + rooms + "&sender=user9999" + accounts);
        searches.put("with a finding", rare);
        searches.put("with an action", "action=removed");
        searches.put("on a day 80 days ago", day);
        searches.put("in a busy room, that day, with finding and action", "room=room0" + rooms + "&action=removed&" + rare + "&" + day);
        searches.forEach((name, query) -> measure("violations " + name, "omemo-violations.jsp?" + query));
        measure("violations, live (JSON)", "violations-live");
        measure("violations, live, in a busy room (JSON)", "violations-live?room=room0" + rooms);
        measure("violations, 10,000 as CSV", "violations-export?format=csv");
        measure("violations, 10,000 as JSON", "violations-export?format=json");
        measure("violations, in a quiet room as CSV", "violations-export?format=csv&room=room4999" + rooms);
        measure("violations, in a busy room as CSV", "violations-export?format=csv&room=room0" + rooms);
    }

    /** Codes of findings, the one found last in the page's list first. */
    private String[] findings() {
        Matcher select = Pattern.compile("(?s)name=\"finding\".*?</select>").matcher(get("omemo-violations.jsp").body());
        select.find();
        return Pattern.compile("value=\"([^\"]+)\"").matcher(select.group()).results().map(found -> found.group(1))
            .sorted(Comparator.reverseOrder()).toArray(String[]::new);
    }

    private String onward(String page) {
        String address = page;
        for (int i = 0; i < MOST_PAGES; i++) {
            Matcher next = NEXT.matcher(get(address).body());
            if (!next.find()) {
                throw new IllegalStateException("There is no page after " + address);
            }
            address = next.group(1).replace("&amp;", "&");
        }
        return address;
    }

    private HttpResponse<String> get(String address) {
        HttpResponse<String> answer = admin.get(PAGES + address);
        if (answer.statusCode() != 200) {
            throw new IllegalStateException(address + ": " + answer.statusCode());
        }
        return answer;
    }

    private void measure(String name, String address) {
        long characters = 0;
        double first = 0;
        double[] times = new double[ROUNDS];
        double[] processor = new double[ROUNDS];
        for (int round = -1; round < ROUNDS; round++) {
            long begin = System.nanoTime();
            long spent = PROCESS.getProcessCpuTime();
            characters = get(address).body().length();
            double millis = (System.nanoTime() - begin) / 1e6;
            if (round < 0) {
                first = millis;
            } else {
                times[round] = millis;
                processor[round] = (PROCESS.getProcessCpuTime() - spent) / 1e6;
            }
        }
        Arrays.sort(times);
        Arrays.sort(processor);
        double late = times[ROUNDS * 95 / 100 - 1];
        boolean isSlow = Math.max(first, late) > GOAL_MILLIS;
        slow += isSlow ? 1 : 0;
        out.printf("%-62s %8.0f %8.0f %8.0f %10.0f %,10d%s%n", name, first, times[ROUNDS / 2], late, processor[ROUNDS / 2],
            characters, isSlow ? " !" : "");
    }
}

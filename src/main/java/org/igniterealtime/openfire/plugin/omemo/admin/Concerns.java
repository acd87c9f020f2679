package org.igniterealtime.openfire.plugin.omemo.admin;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import org.igniterealtime.openfire.plugin.omemo.stats.IdentityRow;
import org.igniterealtime.openfire.plugin.omemo.stats.Violation;
import org.igniterealtime.openfire.plugin.omemo.stats.ViolationFilter;
import org.igniterealtime.openfire.plugin.omemo.stats.ViolationRow;

/** Looks for what needs attention. */
final class Concerns {

    private static final Duration LATELY = Duration.ofDays(7);

    /** Rooms and names of bots that are told one by one. */
    private static final int MOST = 10;

    private static final int MOST_ROWS = org.igniterealtime.openfire.plugin.omemo.stats.Page.MOST_ROWS;

    private Concerns() {
    }

    /** @param tests the newest first */
    static List<Concern> all(List<SelfTestRow> tests, Instant now, Reading reading) {
        List<Concern> concerns = new ArrayList<>();
        identities(reading, concerns);
        if (reading.isComplete() || !tests.isEmpty()) {
            selfTest(tests).ifPresent(concerns::add);
        }
        long unreadable = PolicyRow.all().stream().map(PolicyRow::problem).filter(Objects::nonNull).count();
        if (unreadable > 0) {
            concerns.add(Concern.of("policies", "omemo-settings.jsp#policies", unreadable));
        }
        bots().ifPresent(concerns::add);
        reading.of("violations", Map.<String, Instant>of(), () -> openRooms(now)).forEach((room, last) -> concerns.add(
            Concern.of("room", "omemo-violations.jsp?room=" + encoded(room), room, Written.time(last))));
        return concerns;
    }

    /** Accounts of which identity keys have changed, and nobody has acknowledged that: those of late, and how many more. */
    private static void identities(Reading reading, List<Concern> concerns) {
        Map<String, List<IdentityRow>> accounts = reading.of("alarms", List.<IdentityRow>of(),
                () -> Console.running().keys().identities().alarms(MOST_ROWS)).stream()
            .collect(Collectors.groupingBy(IdentityRow::account, LinkedHashMap::new, Collectors.toList()));
        accounts.entrySet().stream().limit(MOST).forEach(account -> concerns.add(Concern.of("identity",
            "omemo-user.jsp?account=" + encoded(account.getKey()) + "#alarms", account.getKey(), account.getValue().size(),
            account.getValue().get(0).alarm().map(Written::time).orElse(""))));
        if (accounts.size() > MOST) {
            concerns.add(Concern.of("identities", "omemo-devices.jsp#alarms", accounts.size() - MOST));
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static Optional<Concern> selfTest(List<SelfTestRow> tests) {
        if (tests.isEmpty()) {
            return Optional.of(Concern.of("selftest-none", "omemo-selftest.jsp"));
        }
        SelfTestRow last = tests.get(0);
        return switch (last.state()) {
            case "failed", "broken" -> Optional.of(Concern.of("selftest-" + last.state(), "omemo-selftest.jsp", last.began()));
            default -> Optional.empty();
        };
    }

    private static Optional<Concern> bots() {
        List<String> broken = LivingBot.all(LivingBot.states(Console.running().bots())).stream()
            .filter(bot -> bot.form() == null || bot.status().equals("broken")).map(LivingBot::name).toList();
        return broken.isEmpty() ? Optional.empty() : Optional.of(Concern.of("bots", "omemo-selftest.jsp#bots",
            broken.size(), broken.stream().limit(MOST).collect(Collectors.joining(", "))));
    }

    /** Rooms in which something readable was delivered lately, and when last. */
    private static Map<String, Instant> openRooms(Instant now) throws IOException {
        Map<String, Instant> rooms = new LinkedHashMap<>();
        for (Violation.Action action : List.of(Violation.Action.OBSERVED, Violation.Action.WARNED)) {
            ViolationFilter filter = new ViolationFilter(Optional.of(now.minus(LATELY)), Optional.empty(), Optional.empty(),
                Optional.empty(), OptionalInt.empty(), Optional.of(action));
            for (ViolationRow row : Console.running().violations().page(filter, Optional.empty(), MOST_ROWS).rows()) {
                row.room().filter(room -> rooms.size() < MOST || rooms.containsKey(room))
                    .ifPresent(room -> rooms.merge(room, row.last(), (one, other) -> one.isAfter(other) ? one : other));
            }
        }
        return rooms;
    }
}

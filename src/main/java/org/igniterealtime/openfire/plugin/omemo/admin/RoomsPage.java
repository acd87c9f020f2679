package org.igniterealtime.openfire.plugin.omemo.admin;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.igniterealtime.openfire.plugin.omemo.policy.Mode;
import org.igniterealtime.openfire.plugin.omemo.policy.PolicyBook;
import org.igniterealtime.openfire.plugin.omemo.policy.PolicyText;
import org.igniterealtime.openfire.plugin.omemo.server.RoomDirectory;

/** All rooms, and the modes of many at a time. Only those rooms are looked at that one page shows. */
public abstract class RoomsPage extends Page {

    private static final String LOCATION = "omemo-rooms.jsp";

    @Override
    protected RoomsModel show(Visit visit) {
        RoomDirectory rooms = Console.running().rooms();
        RoomQuery query = RoomQuery.of(visit);
        Reading reading = visit.reading();
        SortedSet<String> addresses = addresses(reading);
        PolicyBook policies = rooms.policies();
        // Of all rooms only when they are sorted by it.
        Map<String, Instant> last = query.isByViolation() ? LastViolations.of(addresses, reading) : Map.of();
        Excerpt<RoomEntry> found = Excerpt.of(query.answer(
            addresses.stream().map(address -> RoomEntry.of(address, policies)), last), visit.number("page"));
        Map<String, Instant> shown = query.isByViolation() ? last
            : LastViolations.of(found.rows().stream().map(RoomEntry::address).toList(), reading);
        return new RoomsModel(query, found.map(entry -> RoomRow.of(entry, rooms, reading, shown)), addresses.size(), Set.of(),
            "", null);
    }

    /** Of those without a policy of their own nothing is known without a database. */
    static SortedSet<String> addresses(Reading reading) {
        Console console = Console.running();
        return reading.of("rooms", new TreeSet<>(console.rooms().policies().rooms().keySet()), console::roomAddresses);
    }

    @Override
    protected boolean isOfOneNode() {
        return true;
    }

    @Override
    protected RoomsModel retry(Visit visit) {
        return show(visit).with(new HashSet<>(visit.texts("room")), visit.text("change"), null);
    }

    @Override
    protected Answer change(Visit visit) {
        List<String> chosen = visit.texts("room");
        RoomPolicies stored = RoomPolicies.stored();
        Problem problem = problem(visit, chosen, stored);
        if (problem != null) {
            return new Answer.Refused(retry(visit).with(new HashSet<>(chosen), visit.text("change"), problem));
        }
        RoomDirectory rooms = Console.running().rooms();
        Mode mode = Mode.valueOf(visit.text("change").toUpperCase(Locale.ROOT));
        List<String> changes = new ArrayList<>();
        for (String address : chosen) {
            RoomEntry entry = RoomEntry.of(address, rooms.policies());
            changes.addAll(stored.set(address, PolicyText.format(entry.policy().withMode(mode))));
        }
        String location = LOCATION + "?" + RoomQuery.of(visit).link() + "page=" + visit.number("page");
        return changes.isEmpty()
            ? new Answer.Done(Optional.empty(), Notice.success("console.settings.unchanged"), location)
            : new Answer.Done(Optional.of(new Change("set the mode of " + chosen.size() + " rooms to " + Words.of(mode),
                String.join("\n", changes))), Notice.success("console.rooms.saved", Integer.toString(chosen.size())), location);
    }

    private static Problem problem(Visit visit, List<String> chosen, RoomPolicies stored) {
        RoomDirectory rooms = Console.running().rooms();
        if (chosen.isEmpty()) {
            return Problem.of("rooms.none");
        }
        if (!RoomQuery.MODES.contains(visit.text("change"))) {
            return Problem.of("choice");
        }
        for (String address : chosen) {
            if (!rooms.address(address).equals(Optional.of(address))) {
                return Problem.of("rooms.unknown", address);
            }
            if (!stored.canHold(address)) {
                return Problem.of("rooms.long", address);
            }
        }
        return null;
    }
}

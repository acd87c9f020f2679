package org.igniterealtime.openfire.plugin.omemo.admin;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.igniterealtime.openfire.plugin.omemo.policy.Mode;
import org.igniterealtime.openfire.plugin.omemo.policy.Policy;
import org.igniterealtime.openfire.plugin.omemo.policy.PolicyBook;
import org.igniterealtime.openfire.plugin.omemo.policy.PolicyText;
import org.igniterealtime.openfire.plugin.omemo.server.RoomDirectory;
import org.igniterealtime.openfire.plugin.omemo.server.RoomFacts;

/**
 * One room: its policy, with a preview of what another one would do, and who in it would be able to speak. A preview
 * changes nothing.
 */
public abstract class RoomPage extends Page {

    private static final String LOCATION = "omemo-room.jsp?room=";

    @Override
    protected RoomModel show(Visit visit) {
        return model(visit, false);
    }

    @Override
    protected RoomModel retry(Visit visit) {
        return model(visit, visit.has("mode"));
    }

    private static RoomModel model(Visit visit, boolean isTyped) {
        RoomDirectory rooms = Console.running().rooms();
        String address = rooms.address(visit.text("room")).orElse(null);
        if (address == null) {
            return RoomModel.without(visit.text("room"));
        }
        PolicyBook policies = rooms.policies();
        RoomEntry entry = RoomEntry.of(address, policies);
        RoomForm stored = RoomForm.of(entry.policy());
        RoomForm form = isTyped ? RoomForm.typed(visit) : stored;
        Policy policy = form.policy() == null ? entry.policy() : form.policy();
        Reading reading = visit.reading();
        // First: Openfire does not say when it cannot read a room.
        Map<String, Instant> last = LastViolations.of(List.of(address), reading);
        RoomRow row = RoomRow.of(entry, rooms, reading, last);
        Optional<RoomFacts> facts = RoomRow.Look.at(address, rooms, reading).facts();
        RoomReadiness readiness = facts.map(found -> RoomReadiness.of(found, policy.families(), rooms)).orElse(null);
        return new RoomModel(address, row.state(), row, policies.rooms().containsKey(address),
            PolicyText.format(policies.inherited(address, entry.service())), form, isTyped,
            form.policy() == null ? List.of() : RoomModel.changes(stored, RoomForm.of(form.policy())), readiness,
            Excerpt.of(readiness == null ? List.of() : readiness.members(), visit.number("page")),
            facts.map(found -> CoverageMatrix.of(address, entry.policy().mode() != Mode.OFF, found.people(), rooms,
                visit.number("devices"))).orElse(null));
    }

    /** Whom messages left out is known to the node through which they came. */
    @Override
    protected boolean isOfOneNode() {
        return true;
    }

    @Override
    protected Answer change(Visit visit) {
        String address = Console.running().rooms().address(visit.text("room")).orElse(null);
        if (address == null) {
            return new Answer.Refused(show(visit));
        }
        return switch (visit.text("action")) {
            case "preview" -> preview(visit);
            case "set-policy" -> set(visit, address);
            case "delete-policy" -> delete(address);
            default -> new Answer.Refused(show(visit));
        };
    }

    private Answer preview(Visit visit) {
        RoomModel shown = model(visit, true);
        return shown.form().policy() == null ? new Answer.Refused(shown) : new Answer.Shown(shown);
    }

    private Answer set(Visit visit, String address) {
        RoomForm form = RoomForm.typed(visit);
        RoomPolicies stored = RoomPolicies.stored();
        if (form.policy() != null && !stored.canHold(address)) {
            form.problems().put("policy", Problem.of("rooms.long", address));
        }
        if (form.policy() == null || !form.problems().isEmpty()) {
            RoomModel shown = retry(visit);
            return new Answer.Refused(new RoomModel(shown.address(), shown.state(), shown.row(), shown.own(),
                shown.inherited(), form, true, List.of(), shown.readiness(), shown.members(),
                shown.coverage()));
        }
        List<String> changes = stored.set(address, PolicyText.format(form.policy()));
        return done(address, "set a policy", changes, "console.room.saved");
    }

    private static Answer delete(String address) {
        return done(address, "deleted a policy", RoomPolicies.stored().delete(address), "console.room.deleted");
    }

    private static Answer done(String address, String summary, List<String> changes, String notice) {
        String location = LOCATION + URLEncoder.encode(address, StandardCharsets.UTF_8);
        return changes.isEmpty()
            ? new Answer.Done(Optional.empty(), Notice.success("console.settings.unchanged"), location)
            : new Answer.Done(Optional.of(new Change(summary, String.join("\n", changes))),
                Notice.success(notice, address), location);
    }
}

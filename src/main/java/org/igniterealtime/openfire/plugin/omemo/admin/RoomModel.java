package org.igniterealtime.openfire.plugin.omemo.admin;

import java.util.ArrayList;
import java.util.List;

/**
 * What the page of a room shows.
 *
 * @param address of the room; what was asked for if it is none
 * @param state {@code none} if no room was asked for, {@code wrong}, {@code there}, {@code absent} or {@code unknown}
 * @param row the room as it stands; null if there is none to be shown
 * @param own whether it has a policy of its own
 * @param inherited the policy that it would have otherwise, as it is written
 * @param form the policy to be edited
 * @param isPreview whether the form is not saved yet
 * @param changes what would change
 * @param readiness under the policy of the form; null if it is unknown
 * @param members a page of those of the readiness
 * @param coverage whom the last messages leave out; null if there is no such room
 */
public record RoomModel(String address, String state, RoomRow row, boolean own, String inherited, RoomForm form,
    boolean isPreview, List<RuleChange> changes, RoomReadiness readiness, Excerpt<MemberRow> members,
    CoverageMatrix coverage) {

    /** A rule that would change. @param before as it is written */
    public record RuleChange(String rule, String before, String after) {
    }

    static RoomModel without(String asked) {
        return new RoomModel(asked, asked.isEmpty() ? "none" : "wrong", null, false, "", null, false, List.of(), null, null,
            null);
    }

    static List<RuleChange> changes(RoomForm before, RoomForm after) {
        List<RuleChange> changes = new ArrayList<>();
        note(changes, "mode", before.mode(), after.mode());
        note(changes, "families", String.join(", ", before.families()), String.join(", ", after.families()));
        for (int i = 0; i < before.rules().size(); i++) {
            note(changes, before.rules().get(i).id(), before.rules().get(i).value(), after.rules().get(i).value());
        }
        return changes;
    }

    private static void note(List<RuleChange> changes, String rule, String before, String after) {
        if (!before.equals(after)) {
            changes.add(new RuleChange(rule, before.isEmpty() ? "\u2013" : before, after.isEmpty() ? "\u2013" : after));
        }
    }

    public List<String> modes() {
        return RoomQuery.MODES;
    }

    /** The families that there are, by their labels. */
    public List<String> labels() {
        return RoomForm.labels();
    }
}

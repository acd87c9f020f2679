package org.igniterealtime.openfire.plugin.omemo.admin;

import java.util.List;
import java.util.Set;

/**
 * What the page of rooms shows.
 *
 * @param query which of them
 * @param all how many there are, whatever was asked for
 * @param selected addresses that are checked
 * @param change the mode that was chosen for them
 * @param problem what is wrong with the change, or null
 */
public record RoomsModel(
    RoomQuery query, Excerpt<RoomRow> rooms, int all, Set<String> selected, String change, Problem problem) {

    public List<String> modes() {
        return RoomQuery.MODES;
    }

    RoomsModel with(Set<String> checked, String mode, Problem wrong) {
        return new RoomsModel(query, rooms, all, checked, mode, wrong);
    }
}

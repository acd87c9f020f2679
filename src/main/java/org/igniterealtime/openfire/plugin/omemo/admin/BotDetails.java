package org.igniterealtime.openfire.plugin.omemo.admin;

import java.util.List;
import java.util.Map;
import org.igniterealtime.openfire.plugin.omemo.bot.BotState;

/**
 * One bot in full, but for what is too much of it.
 *
 * @param report what its behaviour has to tell, in English
 * @param more how many rooms, lines and problems there are besides
 */
public record BotDetails(String name, List<Room> rooms, List<String> report, List<Trouble> problems, int more) {

    private static final int MOST = 200;

    public record Room(String address, boolean inside) {
    }

    /** What went wrong, in English. */
    public record Trouble(String text, String times, String first, String last) {
    }

    static BotDetails of(BotState state) {
        List<Room> rooms = state.rooms().entrySet().stream().sorted(Map.Entry.comparingByKey()).limit(MOST)
            .map(room -> new Room(room.getKey().toString(), room.getValue())).toList();
        List<String> report = state.report().stream().limit(MOST).toList();
        List<Trouble> problems = state.problems().stream()
            .sorted((one, other) -> other.last().compareTo(one.last())).limit(MOST)
            .map(problem -> new Trouble(problem.text(), Written.number(problem.times()), Written.time(problem.first()),
                Written.time(problem.last()))).toList();
        return new BotDetails(state.name(), rooms, report, problems, state.rooms().size() + state.report().size()
            + state.problems().size() - rooms.size() - report.size() - problems.size());
    }
}

package org.igniterealtime.openfire.plugin.omemo.admin;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.igniterealtime.openfire.plugin.omemo.bot.BotState;
import org.igniterealtime.openfire.plugin.omemo.server.BotService;

/**
 * A bot that is wanted, and how it is.
 *
 * @param setting as it is written
 * @param form what the setting says; null if it cannot be understood
 * @param status {@code running}, {@code paused}, {@code broken}, or {@code absent} if it does not live here
 * @param detail why it does not run, in English; may be empty
 * @param inside in how many rooms it is
 * @param rooms in how many it is or tries to be
 */
public record LivingBot(String name, String setting, BotForm form, String status, String detail, long inside, int rooms,
    String read, String unread, String dropped, String waiting, String problems) {

    /** All that are wanted, by their names. */
    static List<LivingBot> all(List<BotState> states) {
        Map<String, BotState> byName = states.stream().collect(Collectors.toMap(BotState::name, Function.identity()));
        return BotRow.all().stream().map(row -> of(row, Optional.ofNullable(byName.get(row.name())))).toList();
    }

    /** How those are that live here. */
    static List<BotState> states(BotService bots) {
        return bots.host().map(host -> host.states()).orElse(List.of());
    }

    private static LivingBot of(BotRow row, Optional<BotState> found) {
        return found.map(state -> new LivingBot(row.name(), row.setting(), row.form(),
            state.status().name().toLowerCase(Locale.ROOT), state.status() == BotState.Status.PAUSED ? "" : state.detail(),
            state.rooms().values().stream().filter(inside -> inside).count(), state.rooms().size(),
            Written.number(state.read()), Written.number(state.unread()), Written.number(state.dropped()),
            Written.number(state.undecided().size()), Written.number(state.problems().size())))
            .orElseGet(() -> new LivingBot(row.name(), row.setting(), row.form(), "absent", "", 0, 0, "0", "0", "0", "0", "0"));
    }
}

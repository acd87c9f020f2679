package org.igniterealtime.openfire.plugin.omemo.admin;

import java.util.Comparator;
import java.util.List;
import org.igniterealtime.openfire.plugin.omemo.bot.BotState;

/**
 * A key that a bot has met, and that waits for an admin's decision.
 *
 * @param fingerprint eight groups of eight hexadecimal digits
 */
public record WaitingKey(String bot, String account, String device, String fingerprint) {

    /** Those of all bots. */
    static List<WaitingKey> all(List<BotState> states) {
        return states.stream().flatMap(state -> state.undecided().entrySet().stream()
                .map(key -> new WaitingKey(state.name(), key.getKey().jid().toString(), Integer.toString(key.getKey().deviceId()),
                    key.getValue().toString())))
            .sorted(Comparator.comparing(WaitingKey::bot).thenComparing(WaitingKey::account)
                .thenComparing(WaitingKey::device)).toList();
    }
}

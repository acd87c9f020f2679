package org.igniterealtime.openfire.plugin.omemo.admin;

import java.util.List;
import java.util.Optional;
import org.igniterealtime.openfire.plugin.omemo.bot.BotSettings;
import org.igniterealtime.openfire.plugin.omemo.server.BotProperties;
import org.jivesoftware.util.JiveGlobals;

/**
 * A bot that is wanted.
 *
 * @param setting as it is written
 * @param form what the setting says; null if it cannot be understood
 */
public record BotRow(String name, String setting, BotForm form) {

    /** All, by their names. */
    static List<BotRow> all() {
        List<String> names = JiveGlobals.getPropertyNames();
        return names.stream().filter(property -> property.startsWith(BotProperties.BOT))
            .map(property -> of(property.substring(BotProperties.BOT.length()))).flatMap(Optional::stream)
            .sorted((one, other) -> one.name.compareTo(other.name)).toList();
    }

    /** The one of this name, if it is wanted. */
    static Optional<BotRow> of(String name) {
        return name.isEmpty() ? Optional.empty() : Optional.ofNullable(JiveGlobals.getProperty(BotProperties.BOT + name))
            .map(setting -> new BotRow(name, setting, form(name, setting)));
    }

    private static BotForm form(String name, String setting) {
        try {
            return BotForm.of(name, BotSettings.parse(setting));
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}

package org.igniterealtime.openfire.plugin.omemo.admin;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.igniterealtime.openfire.plugin.omemo.bot.BotHost;
import org.igniterealtime.openfire.plugin.omemo.bot.BotKind;
import org.igniterealtime.openfire.plugin.omemo.bot.BotSettings;
import org.igniterealtime.openfire.plugin.omemo.protocol.Family;
import org.igniterealtime.openfire.plugin.omemo.server.BotProperties;
import org.jivesoftware.util.JiveGlobals;

/**
 * The form in which a bot is added or changed.
 *
 * @param bot the one to be changed; empty for a new one
 * @param families which it speaks, by their labels
 * @param every minutes between the calls of a canary, as typed
 * @param problems what is wrong, by field
 */
public record BotForm(String bot, String name, String kind, List<String> families, boolean blindTrust, String every,
    boolean paused, Map<String, Problem> problems) {

    /** For a new bot. */
    static BotForm empty() {
        BotSettings usual = BotSettings.parse(BotKind.ECHO.word());
        return of("", usual);
    }

    /** For one whose setting can be read. */
    static BotForm of(String bot, BotSettings settings) {
        return new BotForm(bot, bot, settings.kind().word(), settings.families().stream().map(Family::label).toList(),
            settings.blindTrust(), Long.toString(settings.every().toMinutes()), settings.paused(), Map.of());
    }

    /** What was typed, and what is wrong with it. */
    static BotForm typed(Visit visit) {
        String bot = BotRow.of(visit.text("bot")).map(BotRow::name).orElse("");
        List<String> families = spoken().stream().filter(label -> visit.has("family-" + label)).toList();
        BotForm form = new BotForm(bot, bot.isEmpty() ? visit.text("name") : bot, visit.text("bot-kind"), families,
            visit.has("blind"), visit.text("every"), visit.has("paused"), new HashMap<>());
        form.judge();
        return form;
    }

    private void judge() {
        if (!BotHost.isName(name) && bot.isEmpty()) {
            problems.put("name", Problem.of("bot.name"));
        } else if (bot.isEmpty() && JiveGlobals.getProperty(property()) != null) {
            problems.put("name", Problem.of("bot.taken"));
        } else if (bot.isEmpty() && BotRow.all().size() >= BotHost.MOST_BOTS) {
            problems.put("name", Problem.of("bot.most", BotHost.MOST_BOTS));
        }
        if (families.isEmpty()) {
            problems.put("families", Problem.of("bot.families"));
        }
        if (!kinds().contains(kind)) {
            problems.put("bot-kind", Problem.of("choice"));
        }
        // Nothing may be smuggled into a text that is put together of such parts.
        if (every.contains(";") || !isReadable("echo; every=" + every)) {
            problems.put("every", Problem.of("number", 1, BotSettings.MOST_MINUTES));
        }
    }

    private static boolean isReadable(String setting) {
        try {
            BotSettings.parse(setting);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    static List<String> kinds() {
        return Arrays.stream(BotKind.values()).map(BotKind::word).toList();
    }

    /** The families that bots speak, by their labels. */
    static List<String> spoken() {
        return BotSettings.parse(BotKind.ECHO.word()).families().stream().map(Family::label).sorted().toList();
    }

    BotForm withPaused(boolean wanted) {
        return new BotForm(bot, name, kind, families, blindTrust, every, wanted, problems);
    }

    /** To be set. */
    String property() {
        return BotProperties.BOT + name;
    }

    /** Of the property to be set. */
    String value() {
        return kind + "; families=" + String.join(",", families) + "; trust="
            + (blindTrust ? "blind" : "decide") + "; every=" + every + "; paused=" + (paused ? "yes" : "no");
    }
}

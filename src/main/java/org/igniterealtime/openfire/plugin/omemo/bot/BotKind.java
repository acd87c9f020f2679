package org.igniterealtime.openfire.plugin.omemo.bot;

import java.util.Arrays;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The kinds of bots. */
public enum BotKind {

    /** Answers with what it read. */
    ECHO(settings -> new Echo()),
    /** Exchanges messages with other canaries, and measures how long that takes. */
    CANARY(settings -> new Canary(settings.every())),
    /** Says nothing, and counts what it could read. */
    WITNESS(settings -> new Witness());

    private final Function<BotSettings, Behaviour> behaviour;

    BotKind(Function<BotSettings, Behaviour> behaviour) {
        this.behaviour = behaviour;
    }

    static BotKind of(String word) {
        return Arrays.stream(values()).filter(kind -> kind.word().equals(word)).findFirst()
            .orElseThrow(() -> new IllegalArgumentException("'" + word + "' is no kind of bot, which are "
                + Arrays.stream(values()).map(BotKind::word).collect(Collectors.joining(", "))));
    }

    /** As it is written in settings. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    Behaviour behaviour(BotSettings settings) {
        return behaviour.apply(settings);
    }
}

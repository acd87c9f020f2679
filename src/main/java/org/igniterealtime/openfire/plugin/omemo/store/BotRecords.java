package org.igniterealtime.openfire.plugin.omemo.store;

import java.security.SecureRandom;
import java.util.regex.Pattern;
import org.igniterealtime.openfire.plugin.omemo.core.crypto.SealingKey;
import org.igniterealtime.openfire.plugin.omemo.core.store.Records;

/** A claim to a bot, and what it keeps. Any thread. */
public final class BotRecords {

    private static final Pattern PART = Pattern.compile("[a-z0-9][a-z0-9.+-]{0,19}");

    private final ConnectionSource source;
    private final SealingKey key;
    private final SecureRandom random;
    private final String bot;
    private final String claim;
    private volatile boolean lost;

    BotRecords(ConnectionSource source, SealingKey key, SecureRandom random, String bot, String claim) {
        this.source = source;
        this.key = key;
        this.random = random;
        this.bot = bot;
        this.claim = claim;
    }

    /** The bot's name. */
    public String bot() {
        return bot;
    }

    /**
     * Records that are kept apart from those of other parts. They are sealed; a single one may have some hundred KB.
     * Reading them throws {@link BotStateException} if any of them cannot be used. Writing them throws
     * {@link BotClaimLostException} if somebody else has claimed the bot.
     *
     * @param part 1 to 20 of a-z, 0-9, and after the first {@code . + -}
     */
    public Records part(String part) {
        if (!PART.matcher(part).matches()) {
            throw new IllegalArgumentException("not the name of a part");
        }
        return new BotPart(this, source, new RecordSeal(key, random, bot, part), part);
    }

    String claim() {
        return claim;
    }

    /** @throws BotClaimLostException if that is known */
    void checkNotLost() {
        if (lost) {
            throw new BotClaimLostException(bot, null);
        }
    }

    /** Nothing is written with this claim any more. */
    BotClaimLostException lose(Throwable cause) {
        lost = true;
        return new BotClaimLostException(bot, cause);
    }
}

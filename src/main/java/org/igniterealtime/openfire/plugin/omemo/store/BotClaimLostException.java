package org.igniterealtime.openfire.plugin.omemo.store;

/**
 * Whoever writes for a bot has not, or no longer, claimed it, so nothing was written: somebody else has claimed the bot,
 * or it was deleted. So, too, when the database did not say whether it has written; then this claim is given up, and the
 * next one reads what has lasted.
 */
public final class BotClaimLostException extends IllegalStateException {

    private static final long serialVersionUID = 1;

    BotClaimLostException(String bot, Throwable cause) {
        super("The claim to the bot " + bot + " is lost", cause);
    }
}

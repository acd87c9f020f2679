package org.igniterealtime.openfire.plugin.omemo.bot;

import java.time.Instant;

/**
 * Something that went wrong for a bot.
 *
 * @param text what, and with whom
 * @param times how often
 */
public record Problem(String text, long times, Instant first, Instant last) {

    Problem again(Instant now) {
        return new Problem(text, times + 1, first, now);
    }
}

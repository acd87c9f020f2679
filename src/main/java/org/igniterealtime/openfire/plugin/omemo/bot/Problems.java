package org.igniterealtime.openfire.plugin.omemo.bot;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** What goes wrong for a bot. Each thing is said once, and counted from then on. Any thread. */
final class Problems {

    /** So many are told apart, and so many new ones are said in an hour; the one that came up first makes room. */
    static final int MOST = 200;

    /** Longer ones are cut off: an address has up to 3,071 bytes, and a condition that somebody makes up any number. */
    static final int LONGEST = 500;

    private final InstantSource clock;
    private final Consumer<String> say;
    private final Map<String, Problem> known = new LinkedHashMap<>();
    private Instant hour = Instant.MIN;
    private int saidInHour;

    /** @param say told each problem the first time that it comes up, within the memory of this */
    Problems(InstantSource clock, Consumer<String> say) {
        this.clock = clock;
        this.say = say;
    }

    /** Notes a problem; the text has addresses and names of faults, never contents. */
    void note(String text) {
        String noted = text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "\u2026";
        if (isToBeSaid(noted)) {
            say.accept(noted);
        }
    }

    private synchronized boolean isToBeSaid(String text) {
        Instant now = clock.instant();
        Problem before = known.get(text);
        if (before != null) {
            known.put(text, before.again(now));
            return false;
        }
        if (known.size() == MOST) {
            known.remove(known.keySet().iterator().next());
        }
        known.put(text, new Problem(text, 1, now, now));
        if (hour.isBefore(now.minus(Duration.ofHours(1)))) {
            hour = now;
            saidInHour = 0;
        }
        return ++saidInHour <= MOST;
    }

    /** Those that are remembered. */
    synchronized List<Problem> list() {
        return new ArrayList<>(known.values());
    }
}

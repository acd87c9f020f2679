package org.igniterealtime.openfire.plugin.omemo.attack;

import java.util.List;
import java.util.Map;

/**
 * How an attack went.
 *
 * @param seen       stanzas that witnesses looked at
 * @param channels   how many stanzas brought their secret through, by the place in which it stood
 * @param objections what must not be
 */
record AttackReport(long seed, int size, double seconds, long refused, long silent, long rewritten, int seen, String table,
                    Map<String, Integer> channels, List<String> objections) {

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(String.format("%,d stanzas of seed %d in %.1f s, %,.0f a second; refused %,d,"
            + " %,d of them without a bounce; rewritten %,d; witnesses looked at %,d stanzas%n%n%s%nchannels by nature:%n",
            size, seed, seconds, size / seconds, refused, silent, rewritten, seen, table));
        channels.forEach((place, times) -> text.append(String.format("%,10d  %s%n", times, place)));
        text.append(String.format("%n%d objections%n", objections.size()));
        objections.forEach(objection -> text.append(objection).append(System.lineSeparator()));
        return text.toString();
    }
}

package org.igniterealtime.openfire.plugin.omemo.admin;

import java.util.Arrays;
import java.util.List;
import org.igniterealtime.openfire.plugin.omemo.protocol.Family;
import org.igniterealtime.openfire.plugin.omemo.stats.CountPoint;

/**
 * What was counted in an hour, a day or a month, for a line of a table and the points of a chart.
 *
 * @param seconds its beginning, since 1970
 * @param label its beginning, for people
 * @param messages encrypted, plaintext, refused
 * @param shares of each family in encrypted messages, in percent
 */
public record CountRow(long seconds, String label, List<Value> messages, List<Value> shares) {

    private static final int PERCENT = 100;

    /**
     * A number in a table.
     *
     * @param plain for the script; empty if there is none
     */
    public record Value(String plain, String written) {
    }

    static CountRow of(CountPoint point, String label) {
        return new CountRow(point.from().getEpochSecond(), label,
            List.of(number(point.encrypted()), number(point.plaintext()), number(point.refused())),
            Arrays.stream(Family.values()).map(family -> share(point.of(family), point.encrypted())).toList());
    }

    private static Value number(long number) {
        return new Value(Long.toString(number), Written.number(number));
    }

    private static Value share(long part, long whole) {
        if (whole == 0) {
            return new Value("", "\u2013");
        }
        long percent = Math.round((double) PERCENT * part / whole);
        return new Value(Long.toString(percent), percent + "\u00A0%");
    }
}

package org.igniterealtime.openfire.plugin.omemo.stats;

/**
 * How often a violation occurred.
 *
 * @param amount at least 1
 * @param first  milliseconds since 1970
 * @param last   the same
 */
public record ViolationCount(Violation violation, long amount, long first, long last) {

    ViolationCount plus(ViolationCount that) {
        return new ViolationCount(violation, amount + that.amount, Math.min(first, that.first), Math.max(last, that.last));
    }

    ViolationCount of(Violation other) {
        return new ViolationCount(other, amount, first, last);
    }
}

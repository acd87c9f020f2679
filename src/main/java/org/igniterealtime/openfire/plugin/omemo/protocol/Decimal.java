package org.igniterealtime.openfire.plugin.omemo.protocol;

/** Whole numbers as OMEMO writes them: ASCII digits, no sign, no leading zero, at most 2^31-1. */
final class Decimal {

    /** {@link #parse} met something else than a plain number. */
    static final int MALFORMED = -1;

    /** {@link #parse} met a number above 2^31-1. */
    static final int TOO_LARGE = -2;

    private Decimal() {
    }

    /** The number, or {@link #MALFORMED}, or {@link #TOO_LARGE}. */
    static int parse(String text) {
        int length = text.length();
        if (length == 0 || text.charAt(0) == '0' && length > 1) {
            return MALFORMED;
        }
        long value = 0;
        for (int i = 0; i < length; i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return MALFORMED;
            }
            if (value <= Integer.MAX_VALUE) {
                value = value * 10 + digit;
            }
        }
        return value > Integer.MAX_VALUE ? TOO_LARGE : (int) value;
    }
}

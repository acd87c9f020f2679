package org.igniterealtime.openfire.plugin.omemo.protocol;

import java.util.OptionalInt;

/**
 * An element of OMEMO's that breaks its rules. It tells kind, place and numbers of the first flaw and never quotes what
 * the element says: no attribute's value, no text, no name that is not OMEMO's own. Hence it may be logged and shown.
 *
 * <p>It has no stack trace: it describes an element, not a fault of the program, and anybody can cause one.
 */
public final class MalformedElementException extends Exception {

    private static final long serialVersionUID = 1;
    private static final int NONE = -1;

    private final Flaw flaw;
    private final String where;
    private final int value;
    private final int limit;

    MalformedElementException(Flaw flaw, String where) {
        this(flaw, where, NONE, NONE);
    }

    MalformedElementException(Flaw flaw, String where, int value, int limit) {
        super(null, null, false, false);
        this.flaw = flaw;
        this.where = where;
        this.value = value;
        this.limit = limit;
    }

    /** What is wrong. */
    public Flaw flaw() {
        return flaw;
    }

    /**
     * The place, as a path of names and positions, for instance {@code encrypted/header/keys[2]/key[17]@rid}. Positions
     * count from 1: {@code *[3]} is the third child element, {@code @*[2]} the second attribute. {@code text()} is text
     * between elements, {@code node()} a comment or the like.
     */
    public String where() {
        return where;
    }

    /** The count or the length in bytes (for labels and reasons: in code points) that is at fault. */
    public OptionalInt value() {
        return optional(value);
    }

    /** The bound that {@link #value()} misses. */
    public OptionalInt limit() {
        return optional(limit);
    }

    @Override
    public String getMessage() {
        String message = where + ": " + flaw.phrase();
        return value == NONE ? message : message + " (" + value + ", limit " + limit + ")";
    }

    private static OptionalInt optional(int number) {
        return number == NONE ? OptionalInt.empty() : OptionalInt.of(number);
    }
}

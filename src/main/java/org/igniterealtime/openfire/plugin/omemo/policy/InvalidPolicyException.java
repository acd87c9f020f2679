package org.igniterealtime.openfire.plugin.omemo.policy;

import java.util.List;

/** A line that is not a policy; the message says in English which part of it, {@link #fault} and {@link #words} for pages. */
public final class InvalidPolicyException extends Exception {

    /** What can be wrong. */
    public enum Fault {
        UNKNOWN_VALUE("'%s' is no value of '%s'"),
        NO_RULE("'%s' is not of the form rule=value"),
        SAID_TWICE("'%s' is said twice"),
        UNKNOWN_RULE("there is no rule '%s'"),
        UNKNOWN_FAMILY("'%s' is no family"),
        NO_NUMBER_OF_KEYS("'%s' is not a number from 1 to %s"),
        NO_TOLERANCE("'%s' is not of the form '<number> members' or '<number> devices'"),
        NO_DAY("'%s' is no day such as 2027-01-31"),
        NOTHING_LEFT("no family is left when the legacy one is no longer taken"),
        NOBODY_TO_EXEMPT("'%s' names nobody to exempt"),
        NO_PATTERN("it is not of the form '<pattern> <policy>'"),
        TOO_LONG("it is longer than %s characters");

        private final String english;

        Fault(String english) {
            this.english = english;
        }
    }

    private final Fault fault;
    private final List<Object> words;

    /** @param words what the fault is about, as its message names it */
    public InvalidPolicyException(Fault fault, Object... words) {
        super(fault.english.formatted(words));
        this.fault = fault;
        this.words = List.of(words);
    }

    public Fault fault() {
        return fault;
    }

    /** Texts and numbers. */
    public List<Object> words() {
        return words;
    }
}

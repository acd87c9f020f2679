package org.igniterealtime.openfire.plugin.omemo.bot;

/** A step of the self-test has not come to its end. The message says what was seen. */
final class StepException extends Exception {

    private static final long serialVersionUID = 1;

    private final boolean failed;

    private StepException(String seen, boolean failed) {
        super(seen, null, false, false);
        this.failed = failed;
    }

    /** It failed. */
    static StepException failed(String seen) {
        return new StepException(seen, true);
    }

    /** It cannot be tested. */
    static StepException notTested(String why) {
        return new StepException(why, false);
    }

    boolean isFailure() {
        return failed;
    }
}

package org.igniterealtime.openfire.plugin.omemo.bot;

/** Waits for several answers, until somebody gives up waiting. Used on one lane only. */
final class Gathering {

    private final Runnable then;
    private int missing = 1;
    private boolean over;

    /** @param then done once: when all have come and no more will be waited for, or when the time is over */
    Gathering(Runnable then) {
        this.then = then;
    }

    /** One more is to be waited for. */
    void expect() {
        missing++;
    }

    /** One has come. */
    void arrive() {
        if (--missing == 0) {
            end();
        }
    }

    /** All that is to come has been asked for. */
    void close() {
        arrive();
    }

    boolean isOver() {
        return over;
    }

    /** Goes on with what there is. */
    void end() {
        if (!over) {
            over = true;
            then.run();
        }
    }
}

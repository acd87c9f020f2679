package org.igniterealtime.openfire.plugin.omemo.bot;

/** Waits for several answers. Used on one lane only. */
final class Gathering {

    private final Runnable then;
    private int missing = 1;

    /** @param then done when all have come and no more will be waited for */
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
            then.run();
        }
    }

    /** All that is to come has been asked for. */
    void close() {
        arrive();
    }
}

package org.igniterealtime.openfire.plugin.omemo.bot;

import java.util.Optional;

/**
 * What came of asking an account for something that it may have published.
 *
 * @param value if it was found
 * @param why what is wrong, if something is
 */
record Fetched<T>(State state, Optional<T> value, String why) {

    enum State {
        /** Here it is. */
        FOUND,
        /** It has published nothing of the kind, says it or its server. */
        NOTHING,
        /** What it has published is of no use. */
        BROKEN,
        /** No answer, or one that says that there may be one later. */
        UNKNOWN
    }

    static <T> Fetched<T> found(T value) {
        return new Fetched<>(State.FOUND, Optional.of(value), "");
    }

    static <T> Fetched<T> nothing() {
        return new Fetched<>(State.NOTHING, Optional.empty(), "nothing there");
    }

    static <T> Fetched<T> broken(String why) {
        return new Fetched<>(State.BROKEN, Optional.empty(), why);
    }

    static <T> Fetched<T> unknown(String why) {
        return new Fetched<>(State.UNKNOWN, Optional.empty(), why);
    }
}

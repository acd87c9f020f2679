package org.igniterealtime.openfire.plugin.omemo.store;

import java.io.IOException;

/** What is stored of a bot cannot be used. It was not changed. Shows nothing of what is stored. */
public final class BotStateException extends IOException {

    private static final long serialVersionUID = 1;

    /** Why not. */
    public enum Reason {
        /** A row was altered, was moved from elsewhere, or is none of ours. */
        TORN("is torn"),
        /** A later version of the plugin wrote it. */
        NEWER_VERSION("was written by a newer version of the plugin"),
        /** It was sealed under another key. */
        WRONG_KEY("was sealed under another key");

        private final String phrase;

        Reason(String phrase) {
            this.phrase = phrase;
        }
    }

    private final Reason reason;

    BotStateException(String bot, Reason reason) {
        super("What is stored of the bot " + bot + " " + reason.phrase);
        this.reason = reason;
    }

    /** Why it cannot be used. */
    public Reason reason() {
        return reason;
    }
}

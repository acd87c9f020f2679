package org.igniterealtime.openfire.plugin.omemo.core.store.file;

import java.io.IOException;

/** A file that cannot be used as a store. It was not changed. */
public final class StoreFileException extends IOException {

    private static final long serialVersionUID = 1;

    /** Why not. */
    public enum Reason {
        /** It is none of ours, was cut off, or was altered. */
        CORRUPT("is not a complete OMEMO store"),
        /** A later version of this library wrote it. */
        NEWER_VERSION("was written by a newer version"),
        /** Another store, here or in another process, has it open. */
        IN_USE("is in use");

        private final String phrase;

        Reason(String phrase) {
            this.phrase = phrase;
        }
    }

    private final Reason reason;

    StoreFileException(Reason reason) {
        super("The file " + reason.phrase);
        this.reason = reason;
    }

    /** Why it cannot be used. */
    public Reason reason() {
        return reason;
    }
}

package org.igniterealtime.openfire.plugin.omemo.admin;

import java.util.Optional;

/** What has become of a form. */
public sealed interface Answer {

    /**
     * It was done.
     *
     * @param change what was changed, for the audit log; empty if all was as wanted before
     * @param location the page to go on with, relative to this one
     */
    record Done(Optional<Change> change, Notice notice, String location) implements Answer {
    }

    /** It was not done. @param model what to show, with what was typed and what is wrong with it */
    record Refused(Object model) implements Answer {
    }

    /** Nothing was to be done but to look. @param model what to show */
    record Shown(Object model) implements Answer {
    }

    /** The page has nothing to change. */
    record NotAllowed() implements Answer {
    }
}

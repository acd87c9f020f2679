package org.igniterealtime.openfire.plugin.omemo.api;

import java.util.Optional;

/** The rule that protected members are for subclasses alone; Openfire's packages hold no class of ours. */
final class Protected {

    private Protected() {
    }

    static Optional<String> fault(String from, TypeHierarchy.Declared used, TypeHierarchy release) {
        boolean denied = used.member().isProtected()
            && ApiRecording.covers(used.in().name())
            && !release.descendsFrom(from, used.in());
        return denied ? Optional.of("it is protected here (IllegalAccessError)") : Optional.empty();
    }
}

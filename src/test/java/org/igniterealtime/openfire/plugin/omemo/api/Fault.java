package org.igniterealtime.openfire.plugin.omemo.api;

/** A reference of ours that an Openfire release does not satisfy. */
record Fault(String release, Reference reference, String why) {

    @Override
    public String toString() {
        return "Openfire " + release + ": " + ApiType.readable(reference.from()) + " needs " + reference + ": " + why;
    }
}

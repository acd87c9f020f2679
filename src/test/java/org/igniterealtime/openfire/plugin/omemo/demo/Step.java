package org.igniterealtime.openfire.plugin.omemo.demo;

/** One step of the main job: what was done, what should come of it, what came of it. */
record Step(String what, String expected, String seen) {

    boolean passed() {
        return expected.equals(seen);
    }
}

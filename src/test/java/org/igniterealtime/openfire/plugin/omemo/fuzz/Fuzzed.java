package org.igniterealtime.openfire.plugin.omemo.fuzz;

/** What Jazzer calls: the target that the system property {@value #TARGET} names. */
public final class Fuzzed {

    static final String TARGET = "fuzz.target";

    private static final FuzzTarget CHOSEN = FuzzTargets.named(System.getProperty(TARGET));

    private Fuzzed() {
    }

    public static void fuzzerTestOneInput(byte[] input) {
        CHOSEN.accepts(input);
    }
}

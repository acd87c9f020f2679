package org.igniterealtime.openfire.plugin.omemo.fuzz;

import java.util.List;
import java.util.stream.Stream;

/**
 * A decoder of untrusted bytes, and what must hold whatever they are. Its name is that of its class, and that of the
 * folder of its saved corpus in {@code src/test/resources/fuzz}.
 */
public interface FuzzTarget {

    /** Valid inputs, from which the fuzzer starts. */
    Stream<byte[]> seeds();

    /** Words that the fuzzer may put in. */
    default List<String> words() {
        return List.of();
    }

    /**
     * Hands these bytes to the decoder. Whatever is thrown is a finding: what a decoder declares is caught here.
     *
     * @return whether they were valid
     */
    boolean accepts(byte[] input);

    /** What it is called. */
    default String name() {
        return getClass().getSimpleName();
    }
}

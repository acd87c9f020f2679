package org.igniterealtime.openfire.plugin.omemo.core.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;

/** Bytes that are kept under names, for one store alone. */
public interface Records {

    /**
     * All that is kept.
     *
     * @throws IOException if it cannot be read
     */
    Map<String, byte[]> read() throws IOException;

    /**
     * Changes what is kept: all of this, or none of it.
     *
     * @param changes new bytes by name; empty where nothing is to be kept any longer
     * @throws UncheckedIOException if that failed: everything is as it was
     * @throws IllegalStateException if whoever asks may write no longer: what is kept has to be read anew
     */
    void write(Map<String, Optional<byte[]>> changes);
}

package org.igniterealtime.openfire.plugin.omemo.core.vectors;

import java.security.SecureRandom;
import java.util.Random;

/** Randomness that repeats itself. */
public final class SeededRandom extends SecureRandom {

    private static final long serialVersionUID = 1;

    private final Random random;

    public SeededRandom(long seed) {
        this.random = new Random(seed);
    }

    @Override
    public void nextBytes(byte[] bytes) {
        random.nextBytes(bytes);
    }
}

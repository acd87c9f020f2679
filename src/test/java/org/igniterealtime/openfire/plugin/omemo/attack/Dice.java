package org.igniterealtime.openfire.plugin.omemo.attack;

import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/** Chance that is the same every time: it depends on the seed of a run and the number of a stanza, and nothing else. */
final class Dice {

    private final RandomGenerator random;

    Dice(long seed, int number) {
        random = new SplittableRandom(new SplittableRandom(seed).nextLong() ^ 0x9E3779B97F4A7C15L * number);
    }

    /** From 0 to {@code bound - 1}. */
    int below(int bound) {
        return random.nextInt(bound);
    }

    /** From {@code least} to {@code most}, both included. */
    int between(int least, int most) {
        return random.nextInt(least, most + 1);
    }

    /** True once in so many times. */
    boolean oneIn(int times) {
        return random.nextInt(times) == 0;
    }

    @SafeVarargs
    final <T> T pick(T... choices) {
        return choices[random.nextInt(choices.length)];
    }

    @SafeVarargs
    final <T> T choose(Supplier<T>... choices) {
        return choices[random.nextInt(choices.length)].get();
    }

    byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }
}

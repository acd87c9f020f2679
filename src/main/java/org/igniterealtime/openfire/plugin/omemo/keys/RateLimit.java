package org.igniterealtime.openfire.plugin.omemo.keys;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;

/**
 * How often each of many may ask: a bucket of tokens that fills again at a steady pace.
 *
 * @param <K> who asks: an account, or an address
 */
public final class RateLimit<K> {

    private static final int MOST_ASKING = 10_000;
    private static final double NANOS = 1e9;

    /** What was left in a bucket, and when. */
    private record Bucket(double tokens, long nanoTime) {
    }

    private final int burst;
    private final int perSecond;
    private final Ticker clock;
    private final Cache<K, Bucket> buckets;

    /**
     * @param burst     how often one may ask at once
     * @param perSecond how often in the long run
     */
    public RateLimit(int burst, int perSecond) {
        this(burst, perSecond, Ticker.systemTicker());
    }

    RateLimit(int burst, int perSecond, Ticker clock) {
        this.burst = burst;
        this.perSecond = perSecond;
        this.clock = clock;
        // A bucket that nobody used for so long is full.
        buckets = Caffeine.newBuilder().maximumSize(MOST_ASKING).ticker(clock).executor(Runnable::run)
            .expireAfterWrite(Duration.ofSeconds(1 + burst / perSecond)).build();
    }

    /** Whether it may ask now; if so, it has. */
    public boolean allows(K asking) {
        boolean[] allowed = new boolean[1];
        buckets.asMap().compute(asking, (key, before) -> {
            long now = clock.read();
            double tokens = before == null ? burst
                : Math.min(burst, before.tokens + (now - before.nanoTime) / NANOS * perSecond);
            allowed[0] = tokens >= 1;
            return new Bucket(allowed[0] ? tokens - 1 : tokens, now);
        });
        return allowed[0];
    }
}
